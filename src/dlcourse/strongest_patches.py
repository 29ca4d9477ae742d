"""What one number in a network sees of the image, and what makes it large.

A number of a feature map depends on a piece of the image only, its receptive field. The
pieces that make a filter's answer largest say what the filter has learned to look for.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dlcourse import argument_checks
from dlcourse.errors import InputError


def strongest_patches(
    images: ArrayLike, maps: ArrayLike, *, size: int, step: int = 1, n: int = 6
) -> NDArray[np.floating[Any]]:
    """Return the pieces of images to which one filter answers most, the strongest first.

    The network saw `images`, shape (n_images, height, width), and one filter's answers to them are
    `maps`, shape (n_images, rows, columns), `step` pixels of the image from one number to the next:
    2 behind one pooling of 2 × 2. Each image gives one piece at most: that around its largest
    answer, of shape (size, size). Beyond an image's edges there are zeros, as the network's own
    padding puts them there.

    >>> image = np.arange(16.0).reshape(1, 4, 4)
    >>> strongest_patches(image, image == 10, size=3, n=1)
    array([[[ 5.,  6.,  7.],
            [ 9., 10., 11.],
            [13., 14., 15.]]])
    """
    pixels = argument_checks.array(images, "images", "n_images height width")
    answers = argument_checks.array(maps, "maps", "n_images rows columns")
    argument_checks.same_length(pixels, "images", answers, "maps")
    size = argument_checks.count(size, "size")
    step = argument_checks.count(step, "step")
    n = argument_checks.count(n, "n")
    if n > len(pixels):
        raise InputError(f"`n` must be at most the number of images, {len(pixels)}: got {n}.")
    rows, columns = (-(-n_pixels // step) for n_pixels in pixels.shape[1:])
    if answers.shape[1] > rows or answers.shape[2] > columns:
        raise InputError(
            f"`maps` must have at most {rows} rows and {columns} columns, one for each {step} "
            f"pixels: got shape {answers.shape}."
        )
    before = max(0, (size - step) // 2)  # pixels of the field above and to the left of its own
    padded = np.pad(pixels, ((0, 0), (before, size), (before, size)))
    strongest = np.argsort(-answers.max(axis=(1, 2)), kind="stable")[:n]
    patches = []
    for i in strongest:
        row, column = np.unravel_index(answers[i].argmax(), answers[i].shape)
        top, left = step * int(row), step * int(column)
        patches.append(padded[i, top : top + size, left : left + size])
    return np.stack(patches)
