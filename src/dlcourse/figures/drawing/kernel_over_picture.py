"""A kernel laid over a picture: the nine products and their sum."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from dlcourse import argument_checks
from dlcourse.argument_checks import Floats
from dlcourse.errors import InputError
from dlcourse.figures.alt_text import described
from dlcourse.figures.drawing._shapes import TIMES, arrow, frame, grid, label, sheet
from dlcourse.figures.style import BLUE, INK, MUTED, ORANGE, PAPER, RED, TINT, WIDE, styled
from dlcourse.figures.wording import listing, spoken, with_minus_sign


@styled
def kernel_at(image: ArrayLike, kernel: ArrayLike, *, row: int = 0, column: int = 0) -> Axes:
    """Draw a 3 by 3 kernel laid over a small picture: products, sum, and the result so far.

    `image` has 3 to 7 rows and columns of whole numbers of up to three digits. `kernel`, shape (3,
    3), is laid on without being flipped, its middle on the pixel at `row` and `column`. Where it
    hangs over the edge, the missing pixels are drawn as question marks, and there is neither sum
    nor result.

    >>> import numpy as np
    >>> axes = kernel_at(np.ones((4, 4)), np.ones((3, 3)), row=1, column=1)
    >>> axes.texts[-1].get_text()
    'sum = 9'
    """
    pixels = argument_checks.array(image, "image", "rows columns")
    weights = argument_checks.array(kernel, "kernel", "rows columns")
    rows, columns = pixels.shape
    if weights.shape != (3, 3) or not (3 <= rows <= 7 and 3 <= columns <= 7):
        raise InputError(
            f"`kernel` must be (3, 3) and `image` 3 to 7 a side: "
            f"got {weights.shape} and {pixels.shape}."
        )
    row = argument_checks.count(row, "row", at_least=0)
    column = argument_checks.count(column, "column", at_least=0)
    if row >= rows or column >= columns:
        raise InputError(f"`row` and `column` must lie in {pixels.shape}: got {row}, {column}.")
    padded = np.full((rows + 2, columns + 2), np.nan)
    padded[1:-1, 1:-1] = pixels
    under = padded[row : row + 3, column : column + 3]  # (3, 3)
    cell = 0.38
    height = cell * (rows + 2) + 1.7
    axes = sheet(WIDE, height)
    top = height - 0.35
    label(axes, (0.1 + cell * (columns + 2) / 2, height - 0.12), "picture")
    corner = (0.1 + cell, top - cell)
    grid(
        axes,
        corner,
        pixels,
        cell,
        lambda r, c: TINT[BLUE] if abs(r - row) <= 1 and abs(c - column) <= 1 else PAPER,
    )
    for (r, c), value in np.ndenumerate(under):
        if np.isnan(value):
            at = (0.1 + (column + c + 0.5) * cell, top - (row + r + 0.5) * cell)
            label(axes, at, "?", colour=RED, size=13, bold=True)
    frame(axes, (0.1 + column * cell, top - row * cell), 3 * cell, 3 * cell, ORANGE)
    frame(axes, (corner[0] + column * cell, corner[1] - row * cell), cell, cell, BLUE)
    right = WIDE - 3 * cell - 0.15
    label(axes, (right + 1.5 * cell, height - 0.12), "kernel")
    grid(axes, (right, top), weights, cell, lambda _r, _c: TINT[ORANGE])
    frame(axes, (right, top), 3 * cell, 3 * cell, ORANGE)
    filled = ""
    if not np.isnan(under).any():
        filled = " The new picture is filled up to this pixel."
        patches = np.lib.stride_tricks.sliding_window_view(pixels, (3, 3))
        result = (patches * weights).sum(axis=(2, 3))
        _draw_result(axes, result, (row - 1, column - 1), top, cell)
    _write_products(axes, under, weights, top - cell * (rows + 2) - 0.3)
    return described(
        axes,
        f"A picture of {rows} by {columns} numbers with a 3 by 3 kernel laid over it, its middle "
        f"on row {row + 1}, column {column + 1}. {_sum_in_words(under, weights)}{filled}",
    )


def _draw_result(axes: Axes, result: Floats, at: tuple[int, int], top: float, cell: float) -> None:
    """Draw the new picture below the kernel, filled up to this pixel of its own."""
    row, column = at
    result[row, column + 1 :] = result[row + 1 :] = np.nan
    width, height = result.shape[1] * cell, result.shape[0] * cell
    corner = (WIDE - width - 0.15, top - 3.8 * cell)
    label(axes, (corner[0] + width / 2, corner[1] + 0.14), "result")
    frame(axes, corner, width, height, MUTED)
    grid(axes, corner, result, cell, lambda _r, _c: PAPER)
    frame(axes, (corner[0] + column * cell, corner[1] - row * cell), cell, cell, BLUE)


def _write_products(axes: Axes, under: Floats, weights: Floats, top: float) -> None:
    """Write the nine products and their sum; question marks where a pixel is missing."""
    products = under * weights
    label(axes, (0.1, top), f"pixel {TIMES} weight, nine times:", ha="left")
    for (r, c), value in np.ndenumerate(products):
        pixel = "?" if np.isnan(value) else with_minus_sign(f"{under[r, c]:g}")
        text = f"{pixel} {TIMES} {_signed(float(weights[r, c]))}"
        at = (0.55 + c * 0.98, top - 0.29 - 0.28 * r)
        label(axes, at, text, colour=RED if np.isnan(value) else INK)
    total = products.sum()
    text = "sum = ?" if np.isnan(total) else with_minus_sign(f"sum = {total:g}")
    arrow(axes, (3.15, top - 0.57), (3.65, top - 0.57))
    label(axes, (3.75, top - 0.57), text, ha="left", bold=True)


def _sum_in_words(under: Floats, weights: Floats) -> str:
    missing = int(np.isnan(under).sum())
    if missing:
        return f"It hangs over the edge: {missing} of its 9 pixels are missing (question marks)."
    terms = listing(f"{under[i]:g} times {weights[i]:g}" for i in np.ndindex(3, 3) if weights[i])
    total = spoken((under * weights).sum())
    return f"The products that are not zero: {terms}. Their sum is {total}."


def _signed(value: float) -> str:
    return with_minus_sign(f"({value:g})") if value < 0 else f"{value:g}"
