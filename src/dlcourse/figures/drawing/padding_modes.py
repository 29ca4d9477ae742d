"""What may surround a picture at its edge: nothing, zeros, or its mirror image."""

import numpy as np
from matplotlib.axes import Axes

from dlcourse.figures.alt_text import described
from dlcourse.figures.drawing._shapes import frame, grid, label, sheet
from dlcourse.figures.style import BLUE, ORANGE, TINT, WIDE, styled
from dlcourse.figures.wording import listing


@styled
def padding_modes() -> Axes:
    """Draw what surrounds a picture: nothing, zeros, or its mirror image."""
    pixels = np.arange(1.0, 10.0).reshape(3, 3)
    axes = sheet(WIDE, 2.45)
    cell = 0.335
    modes = (
        ("valid\n(no padding)", np.pad(pixels, 1, constant_values=np.nan)),
        ("zero", np.pad(pixels, 1)),
        ("mirror", np.pad(pixels, 1, mode="symmetric")),
    )
    for i, (name, padded) in enumerate(modes):
        left = 0.05 + 1.82 * i
        grid(axes, (left, 2.4), padded, cell, _tint)
        frame(axes, (left + cell, 2.4 - cell), 3 * cell, 3 * cell, BLUE)
        label(axes, (left + 2.5 * cell, 0.6), name, va="top")
    rim = listing(f"{v:g}" for v in modes[2][1][0])
    return described(
        axes,
        "A 3 by 3 picture with three kinds of edge: valid, where nothing stands around it; zero, "
        "with a rim of zeros; mirror, with a rim that repeats the outer pixels, "
        f"so that its first row reads {rim}.",
    )


def _tint(row: int, column: int) -> str:
    return TINT[BLUE] if 1 <= row <= 3 and 1 <= column <= 3 else TINT[ORANGE]
