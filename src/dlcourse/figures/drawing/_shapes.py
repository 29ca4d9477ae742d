"""The few shapes that every diagram is made of. Places and lengths are in inches."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Circle, FancyArrowPatch, FancyBboxPatch, Rectangle

from dlcourse.argument_checks import Floats
from dlcourse.figures.axes_and_panels import canvas
from dlcourse.figures.style import INK, LABEL_SIZE, MUTED, PANEL
from dlcourse.figures.wording import with_minus_sign

TIMES = "\N{MULTIPLICATION SIGN}"
Point = tuple[float, float]


def sheet(width: float, height: float, *, low: float = 0) -> Axes:
    """Return a new figure's axes, in inches, with (0, `low`) at the lower left."""
    axes = canvas(None, width, height - low)
    axes.set(xlim=(0, width), ylim=(low, height), aspect="equal")
    axes.set_prop_cycle(color=[INK])  # solid lines, unlike those of plots
    axes.set_axis_off()
    return axes


def node(
    axes: Axes,
    at: Point,
    radius: float,
    text: str = "",
    *,
    fill: str = PANEL,
    size: float = LABEL_SIZE,
) -> None:
    """Draw a circle with a word in it."""
    axes.add_patch(Circle(at, radius, facecolor=fill, edgecolor=INK, linewidth=1.3, zorder=3))
    if text:
        axes.text(*at, text, ha="center", va="center", fontsize=size, zorder=4)


def box(
    axes: Axes,
    corner: Point,
    width: float,
    height: float,
    text: str = "",
    *,
    fill: str = PANEL,
    size: float = LABEL_SIZE,
) -> None:
    """Draw a rounded box with words in it."""
    patch = FancyBboxPatch(corner, width, height, boxstyle="round,pad=0,rounding_size=0.07")
    patch.set(facecolor=fill, edgecolor=INK, linewidth=1.2, zorder=2)
    axes.add_patch(patch)
    if text:
        middle = (corner[0] + width / 2, corner[1] + height / 2)
        axes.text(*middle, text, ha="center", va="center", fontsize=size, zorder=4)


def arrow(axes: Axes, start: Point, end: Point) -> None:
    """Draw an arrow from `start` to `end`."""
    patch = FancyArrowPatch(start, end, arrowstyle="-|>", mutation_scale=11, shrinkA=0, shrinkB=0)
    patch.set(color=INK, linewidth=1.3, zorder=2)
    axes.add_patch(patch)


def label(
    axes: Axes,
    at: Point,
    text: str,
    *,
    colour: str = INK,
    size: float = LABEL_SIZE,
    ha: str = "center",
    va: str = "center",
    bold: bool = False,
) -> None:
    """Write a word."""
    axes.text(
        *at,
        text,
        color=colour,
        fontsize=size,
        ha=ha,
        va=va,
        fontweight="bold" if bold else "normal",
        zorder=5,
        linespacing=1.15,
    )


def grid(
    axes: Axes,
    corner: Point,
    values: Floats,
    cell: float,
    fill: Callable[[int, int], str],
    *,
    size: float = LABEL_SIZE,
) -> None:
    """Draw numbers in cells; `corner` is the upper left, and where a number is NaN is no cell."""
    for (row, column), value in np.ndenumerate(values):
        if np.isnan(value):
            continue
        x, y = corner[0] + column * cell, corner[1] - (row + 1) * cell
        patch = Rectangle((x, y), cell, cell, edgecolor=MUTED, linewidth=0.8, zorder=2)
        patch.set_facecolor(fill(row, column))
        axes.add_patch(patch)
        label(axes, (x + cell / 2, y + cell / 2), with_minus_sign(f"{value:g}"), size=size)


def frame(axes: Axes, corner: Point, width: float, height: float, colour: str) -> None:
    """Draw a thick frame; `corner` is the upper left."""
    patch = Rectangle((corner[0], corner[1] - height), width, height)
    patch.set(facecolor="none", edgecolor=colour, linewidth=3, zorder=6)
    axes.add_patch(patch)
