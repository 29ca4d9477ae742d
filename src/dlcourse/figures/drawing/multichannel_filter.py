"""A filter that reads two feature maps: a slice for each, and one sum."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from dlcourse import argument_checks
from dlcourse.argument_checks import Floats
from dlcourse.errors import InputError
from dlcourse.figures.alt_text import described
from dlcourse.figures.drawing._shapes import TIMES, arrow, frame, grid, label, sheet
from dlcourse.figures.style import BLUE, ORANGE, PAPER, TEAL, TINT, WIDE, styled
from dlcourse.figures.wording import listing, spoken, with_minus_sign

_CELL = 0.37  # a cell's side


@styled
def deep_filter(maps: ArrayLike, weights: ArrayLike, *, bias: float = 0) -> Axes:
    """Draw a filter of two slices on two feature maps: eighteen products, one number.

    `maps` has shape (2, 4, 4), and `weights`, a slice for each map, (2, 3, 3). The `bias` is added
    to the sum, before ReLU.

    >>> import numpy as np
    >>> axes = deep_filter(np.ones((2, 4, 4)), np.ones((2, 3, 3)), bias=-8)
    >>> [text.get_text() for text in axes.texts][-1]
    '9 + 9 − 8 = 10'
    """
    read = argument_checks.array(maps, "maps", "n rows columns")
    slices = argument_checks.array(weights, "weights", "n rows columns")
    if read.shape != (2, 4, 4) or slices.shape != (2, 3, 3):
        raise InputError(
            f"`maps` must be (2, 4, 4) and `weights` (2, 3, 3): got {read.shape} and "
            f"{slices.shape}."
        )
    bias = argument_checks.number(bias, "bias")
    windows = np.lib.stride_tricks.sliding_window_view(read, (3, 3), axis=(1, 2))
    sums = np.einsum("mrcuv,muv->mrc", windows, slices)  # (maps, rows, columns)
    answers = np.maximum(0, sums.sum(axis=0) + bias)
    axes = sheet(WIDE, 3.85)
    for i, (one, part, total) in enumerate(zip(read, slices, sums[:, 0, 0], strict=True)):
        top = 3.58 - 1.92 * i
        _one_map(axes, top, i + 1, one, part)
        label(axes, (3.1, top - 0.55), with_minus_sign(f"sum {total:g}"), ha="left")
        arrow(axes, (3.62, top - 0.75), (4.1, 2.05 - 0.35 * i))
    grid(axes, (4.3, 2.24), answers, 0.47, lambda r, c: PAPER if r or c else TINT[TEAL], size=13)
    frame(axes, (4.3, 2.24), 0.47, 0.47, TEAL)
    label(axes, (4.77, 1.16), "one new map\n(after ReLU)", va="top")
    terms = [*sums[:, 0, 0], bias]
    text = " + ".join(f"{term:g}" for term in terms).replace("+ -", "- ")
    label(axes, (5.32, 2.5), with_minus_sign(f"{text} = {sum(terms):g}"), bold=True, ha="right")
    return described(
        axes,
        "Two maps of 4 by 4 numbers, each under its own 3 by 3 slice of one filter, in the upper "
        f"left corner of both. Their products add up to {_listed(sums[:, 0, 0])}; with the bias "
        f"of {spoken(bias)} that makes {spoken(sum(terms))}. The filter's new map holds "
        f"{_listed(answers)}, row by row.",
    )


def _one_map(axes: Axes, top: float, n: int, one: Floats, part: Floats) -> None:
    """Draw a map with the window on it, and the slice that lies there."""
    label(axes, (0.1 + 2 * _CELL, top + 0.13), f"map {n}")
    grid(axes, (0.1, top), one, _CELL, lambda r, c: TINT[BLUE] if r < 3 and c < 3 else PAPER)
    frame(axes, (0.1, top), 3 * _CELL, 3 * _CELL, ORANGE)
    label(axes, (1.76, top - 1.5 * _CELL), TIMES, size=14)
    label(axes, (1.93 + 1.5 * _CELL, top + 0.13), f"slice {n}")
    grid(axes, (1.93, top), part, _CELL, lambda _r, _c: TINT[ORANGE])
    frame(axes, (1.93, top), 3 * _CELL, 3 * _CELL, ORANGE)


def _listed(values: Floats) -> str:
    return listing(spoken(value) for value in values.ravel())
