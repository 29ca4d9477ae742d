"""Bring a picture of one digit to MNIST's form by three rules: threshold, box, centre of mass.

The rules guess: ink and paper differ in brightness everywhere, and the paper runs off the picture.
A shadow, a frame or a second thing in the picture breaks them. The plain and the inverted network
need it; the robust one does without: see `dlcourse.digits.finder`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dlcourse import argument_checks
from dlcourse.digits.mnist_form import FAINTEST_INK, centre, fit

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Prepared:
    """A picture in MNIST's form, and each step that led there.

    From `grey`, 0 black to 1 white, and the `threshold` between ink and paper come the `ink` alone,
    1 on paper 0, then the same `fitted` into 20 by 20 pixels, its shape kept, and `picture`, 28 by
    28 pixels with the centre of mass in the middle. `dark_ink` says whether the ink is darker than
    the paper.
    """

    grey: Floats
    threshold: float
    ink: Floats
    fitted: Floats
    picture: Floats
    dark_ink: bool


def prepare(picture: ArrayLike) -> Prepared:
    """Bring a picture in grey, shape (height, width), 0 black to 1 white, to MNIST's form.

    A picture of one brightness throughout stays blank.
    """
    grey = argument_checks.brightness(picture, "picture", "height width").astype(np.float32)
    threshold = otsu(grey)
    border = np.concatenate([grey[0], grey[-1], grey[:, 0], grey[:, -1]])
    dark_ink = bool(np.mean(border > threshold) > 0.5)  # most of the border is bright: paper
    beyond = threshold - grey if dark_ink else grey - threshold
    ink = np.maximum(beyond, 0) / max(float(beyond.max()), 1e-6)
    if ink.max() <= FAINTEST_INK:
        blank = np.zeros((28, 28), np.float32)
        return Prepared(grey, threshold, ink, blank[:20, :20], blank, dark_ink)
    fitted = fit(ink)
    return Prepared(grey, threshold, ink, fitted, centre(fitted), dark_ink)


def otsu(values: ArrayLike) -> float:
    """Choose the threshold that splits values into two kinds, each as alike as can be.

    Source: N. Otsu, "A threshold selection method from gray-level histograms", 1979.

    >>> 0.2 < otsu(np.array([0.1, 0.15, 0.2, 0.8, 0.9])) < 0.8
    True
    """
    values = argument_checks.brightness(values, "values").astype(np.float64, copy=False)
    counts, edges = np.histogram(values, bins=256, range=(0, 1))
    middles = (edges[:-1] + edges[1:]) / 2
    below, mass = counts.cumsum(), (counts * middles).cumsum()
    above = counts.sum() - below
    apart = mass / np.maximum(below, 1) - (mass[-1] - mass) / np.maximum(above, 1)
    between = below * above * apart**2
    return float(edges[1:][between >= between.max() * (1 - 1e-9)].mean())
