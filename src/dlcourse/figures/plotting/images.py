"""Pictures: in a grid, as numbers, side by side.

A figure of several pictures has a panel for each, in ``axes.child_axes``.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from dlcourse import argument_checks
from dlcourse.errors import InputError
from dlcourse.figures.alt_text import described
from dlcourse.figures.arguments import entries, words
from dlcourse.figures.axes_and_panels import canvas, panels, show_picture
from dlcourse.figures.style import DARK, LABEL_SIZE, LIGHT, MUTED, WIDE, styled
from dlcourse.figures.wording import listing, spoken

WIDTH_OF_LETTER = 0.58  # on the average, in parts of the size of the letters


@styled
def image_grid(
    images: ArrayLike, labels: Iterable[object] | None = None, *, columns: int = 6
) -> Axes:
    """Show grey pictures in a grid, `columns` in a row, each with its label above it.

    `images` have shape (n, height, width); all are on one scale, from their darkest to their
    brightest value.

    >>> import numpy as np
    >>> axes = image_grid(np.zeros((3, 28, 28)), [5, 0, 4])
    >>> [panel.get_title() for panel in axes.child_axes]
    ['5', '0', '4']
    """
    stack = argument_checks.array(images, "images", "n height width")
    n, height, width = stack.shape
    titles = [""] * n if labels is None else words(labels, "labels", n=n)
    columns = min(argument_checks.count(columns, "columns"), n)
    rows = -(-n // columns)
    # Two long labels side by side must not run into one another: one that is too wide for its
    # picture goes on in a second line, and a word that is too wide is written smaller.
    room = 72 * WIDE / columns / WIDTH_OF_LETTER
    broken = [_broken(title, max(1, int(room / LABEL_SIZE))) for title in titles]
    longest = max(map(len, "\n".join(broken).split("\n")))
    size = min(LABEL_SIZE, room / max(longest, 1))
    more_lines = [label.count("\n") * 1.2 * size / 72 for label in broken]  # in inches
    first_row, others = max(more_lines[:columns]), max(more_lines[columns:], default=0)
    side = WIDE / columns * height / width
    gap = 0.35 if labels is not None else 0.1
    inches = side * rows * (1 + gap / 2) + first_row + (rows - 1) * others + 0.2
    axes, grid = panels(inches, n, columns=columns, gap=(0.1, gap + others / side))
    limits = (float(stack.min()), float(stack.max()))
    for panel, image, label in zip(grid, stack, broken, strict=True):
        show_picture(panel, image, label, limits=limits, size=size)
    lines = "one row" if rows == 1 else f"{rows} rows"
    details = f" They are labelled {listing(titles)}." if labels is not None else ""
    return described(axes, f"{n} grey pictures of {height} by {width} pixels in {lines}.{details}")


def _broken(title: str, letters: int) -> str:
    """Break each line of a title, but not a formula, into lines of at most so many letters."""
    return "\n".join(
        line if "$" in line else textwrap.fill(line, letters, break_long_words=False)
        for line in title.split("\n")
    )


@styled
def image_numbers(image: ArrayLike) -> Axes:
    """Show a small picture as the grid of numbers that it is.

    `image` has at most 20 by 20 values, which are written as whole numbers.

    >>> axes = image_numbers([[0, 255], [128, 64]])
    >>> [text.get_text() for text in axes.texts]
    ['0', '255', '128', '64']
    """
    pixels = argument_checks.array(image, "image", "height width")
    if max(pixels.shape) > 20:
        raise InputError(
            f"`image` must be at most 20 by 20: got {pixels.shape}. Take a part of it."
        )
    rows, columns = pixels.shape
    axes = canvas(None, WIDE, WIDE * rows / columns)
    show_picture(axes, pixels)
    axes.set_xticks(np.arange(columns + 1) - 0.5, [""] * (columns + 1))
    axes.set_yticks(np.arange(rows + 1) - 0.5, [""] * (rows + 1))
    axes.grid(visible=True, color=MUTED, linewidth=0.5)
    axes.tick_params(length=0)
    axes.set_axisbelow(False)
    middle = (pixels.min() + pixels.max()) / 2
    longest = max(len(f"{value:.0f}") for value in pixels.ravel())
    size = min(16.0, WIDE * 72 / columns / (0.64 * longest + 0.2))
    for (row, column), value in np.ndenumerate(pixels):
        axes.text(
            column,
            row,
            f"{value:.0f}",
            ha="center",
            va="center",
            fontsize=size,
            color=LIGHT if value <= middle else DARK,
        )
    brightest = np.unravel_index(pixels.argmax(), pixels.shape)
    return described(
        axes,
        f"A picture of {rows} by {columns} pixels with the number of each written on it, from "
        f"{spoken(pixels.min())} (darkest) to {spoken(pixels.max())} (brightest, first met in row "
        f"{brightest[0] + 1}, column {brightest[1] + 1}).",
    )


@styled
def image_row(images: Sequence[ArrayLike], names: Sequence[str], *, columns: int = 2) -> Axes:
    """Show pictures side by side, such as before and after a kernel, each on its own grey scale.

    `images` are arrays of shape (height, width), whose sizes may differ, and `names` their titles;
    `columns` of them stand in a row.

    >>> axes = image_row([[[0, 1]], [[1, 0]]], ["before", "after"])
    >>> len(axes.child_axes)
    2
    """
    images = entries(images, "images", of="pictures")
    pictures = [
        argument_checks.array(image, f"images[{i}]", "height width")
        for i, image in enumerate(images)
    ]
    if not pictures:
        raise InputError("`images` must hold at least one picture.")
    n = len(pictures)
    titles = words(names, "names", n=n)
    columns = min(argument_checks.count(columns, "columns"), n)
    rows = -(-n // columns)
    shape = max(p.shape[0] / p.shape[1] for p in pictures)
    inches = rows * (WIDE / columns * shape + 0.25)
    axes, grid = panels(inches, n, columns=columns, gap=(0.05, 0.16))
    for panel, picture, title in zip(grid, pictures, titles, strict=True):
        show_picture(panel, picture, title)
    details = "; ".join(
        (f"{title}: " if title else "")
        + f"{p.shape[0]} by {p.shape[1]} pixels, values from {spoken(p.min())} to "
        f"{spoken(p.max())}, mean {spoken(p.mean())}"
        for title, p in zip(titles, pictures, strict=True)
    )
    layout = "side by side" if rows == 1 else f"in {rows} rows"
    return described(axes, f"{n} pictures {layout}. {details}.")
