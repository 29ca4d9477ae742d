"""Max pooling of one small picture."""

from __future__ import annotations

from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from dlcourse import argument_checks
from dlcourse.errors import InputError
from dlcourse.figures.alt_text import described
from dlcourse.figures.drawing._shapes import arrow, frame, grid, label, sheet
from dlcourse.figures.style import BLUE, ORANGE, PALETTE, PURPLE, TEAL, TINT, WIDE, styled
from dlcourse.figures.wording import listing


@styled
def max_pooling(image: ArrayLike) -> Axes:
    """Draw 2 by 2 max pooling of a 4 by 4 picture.

    >>> import numpy as np
    >>> [text.get_text() for text in max_pooling(np.arange(16).reshape(4, 4)).texts][-5:-1]
    ['5', '7', '13', '15']
    """
    pixels = argument_checks.array(image, "image", "rows columns")
    if pixels.shape != (4, 4):
        raise InputError(f"`image` must be (4, 4): got {pixels.shape}.")
    largest = pixels.reshape(2, 2, 2, 2).max(axis=(1, 3))  # blocks of 2 × 2
    axes = sheet(WIDE, 2.7)
    tints = ((TINT[BLUE], TINT[ORANGE]), (TINT[TEAL], TINT[PURPLE]))
    grid(axes, (0.2, 2.5), pixels, 0.58, lambda r, c: tints[r // 2][c // 2], size=14)
    for i in range(4):
        row, column = divmod(i, 2)
        frame(axes, (0.2 + 1.16 * column, 2.5 - 1.16 * row), 1.16, 1.16, PALETTE[i])
    arrow(axes, (2.7, 1.34), (3.6, 1.34))
    grid(axes, (3.85, 1.99), largest, 0.65, lambda r, c: tints[r][c], size=15)
    label(axes, (3.15, 1.62), "largest\nof four", va="bottom")
    details = listing(f"{value:g}" for value in largest.ravel())
    return described(
        axes,
        "2 by 2 max pooling: a 4 by 4 picture is divided into four blocks; of each block the "
        f"largest number stays, which gives a 2 by 2 picture of {details}.",
    )
