"""Axes and panels of a given size for every figure; framed pictures."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from dlcourse import argument_checks
from dlcourse.figures.style import LABEL_SIZE, MUTED, WIDE


def canvas(axes: Axes | None, width: float, height: float) -> Axes:
    """Return `axes`, or those of a new figure of `width` by `height` inches."""
    if axes is None:
        return plt.subplots(figsize=(width, height), layout="constrained")[1]
    return argument_checks.instance(axes, "axes", Axes)


def panels(
    inches: float, n: int, *, columns: int, gap: tuple[float, float]
) -> tuple[Axes, list[Axes]]:
    """Return the bare axes of a new figure of that height, and `n` panels in a grid inside them.

    `gap` is a share of a panel's width, height.
    """
    axes = canvas(None, WIDE, inches)
    axes.set_axis_off()
    rows = -(-n // columns)
    width = 1 / (columns + (columns - 1) * gap[0])
    height = 1 / (rows + (rows - 1) * gap[1])
    corners = [
        ((i % columns) * width * (1 + gap[0]), 1 - height - (i // columns) * height * (1 + gap[1]))
        for i in range(n)
    ]
    return axes, [axes.inset_axes((x, y, width, height)) for x, y in corners]


def bare_frame(panel: Axes) -> None:
    """Frame a picture in a panel thinly, without ticks."""
    panel.set(xticks=[], yticks=[])
    for spine in panel.spines.values():
        spine.set(visible=True, color=MUTED, linewidth=0.8)


def show_picture(
    panel: Axes,
    image: NDArray[np.float64],
    title: str = "",
    *,
    limits: tuple[float, float] | None = None,
    cmap: str = "gray",
    size: float = LABEL_SIZE,
) -> None:
    """Show one picture with a thin frame and a title."""
    low, high = limits or (image.min(), image.max())
    panel.imshow(image, cmap=cmap, vmin=low, vmax=high if high > low else low + 1)
    bare_frame(panel)
    if title:
        panel.set_title(title, fontsize=size, pad=3)
