"""MNIST's form: the ink fitted into 20 by 20 pixels, its centre of mass in the middle of 28 by 28.

Every one of MNIST's 70,000 digits was brought to this form, so this is the only form in which
a network trained on it has ever met a digit.

Source: Y. LeCun, L. Bottou, Y. Bengio and P. Haffner, "Gradient-based learning applied to document
recognition", 1998, section III.A.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dlcourse import argument_checks
from dlcourse.errors import InputError

SIZE = 28  #: pixels of a picture's side
BOX = 20  #: pixels of the ink's longer side
FAINTEST_INK = 0.1  #: what is fainter counts as paper
#: Row and column of the pixel, counted from 0, on which MNIST's digits have their centre of mass.
#: It is half a pixel below and to the right of the middle of 28 pixels, 13.5.
MIDDLE = 14


def crop(ink: ArrayLike) -> NDArray[np.float32]:
    """Cut away the empty rows and columns around the ink; 0 is paper, 1 full ink."""
    picture = _ink(ink, "ink")
    rows, columns = np.nonzero(picture > FAINTEST_INK)
    if not rows.size:
        raise InputError("`ink` must hold some ink: got a blank picture.")
    return picture[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]


def fit(ink: ArrayLike) -> NDArray[np.float32]:
    """Shrink or enlarge the ink so that its longer side is 20 pixels, its shape kept."""
    from PIL import Image  # noqa: PLC0415

    cut = crop(ink)
    height, width = cut.shape
    scale = BOX / max(height, width)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    smooth = Image.Resampling.BOX if scale < 1 else Image.Resampling.BICUBIC
    return np.asarray(Image.fromarray(cut).resize(size, smooth), dtype=np.float32).clip(0, 1)


def centre(fitted: ArrayLike) -> NDArray[np.float32]:
    """Lay the fitted ink on 28 by 28 pixels, its centre of mass on the pixel where MNIST has it.

    >>> stroke = centre(np.ones((19, 3)))
    >>> stroke.shape, np.argwhere(stroke).mean(axis=0).tolist()
    ((28, 28), [14.0, 14.0])
    """
    small = _ink(fitted, "fitted")
    if max(small.shape) > SIZE or not small.sum() > 0:
        raise InputError(
            f"`fitted` must be ink of at most {SIZE} by {SIZE} pixels: got shape {small.shape}."
        )
    canvas = np.zeros((SIZE, SIZE), np.float32)
    starts = []
    for axis in (0, 1):
        weights = small.sum(axis=1 - axis)
        middle = (weights @ np.arange(len(weights))) / weights.sum()
        starts.append(int(np.clip(round(MIDDLE - middle), 0, SIZE - small.shape[axis])))
    top, left = starts
    canvas[top : top + small.shape[0], left : left + small.shape[1]] = small
    return canvas


def _ink(value: ArrayLike, name: str) -> NDArray[np.float32]:
    pixels = argument_checks.array(value, name, "height width")
    if not -1 <= pixels.min() <= pixels.max() <= 2:  # smoothing may go a little beyond 0 and 1
        raise InputError(
            f"`{name}` must hold values from 0 to 1: got {pixels.min():g} to {pixels.max():g}. "
            "Divide bytes by 255."
        )
    return pixels.astype(np.float32)


def to_mnist_form(ink: ArrayLike) -> NDArray[np.float32]:
    """Bring ink (white on black, any size) to MNIST's form: `crop`, `fit`, `centre`."""
    return centre(fit(ink))


def as_bytes(pictures: Sequence[NDArray[np.float32]]) -> NDArray[np.uint8]:
    """Stack pictures in MNIST's form, ink 1, as bytes of shape (n, 28, 28), ink 255."""
    return np.round(np.clip(np.stack(pictures), 0, 1) * 255).astype(np.uint8)
