"""The few shapes that every diagram is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.patches import Circle, FancyArrowPatch, FancyBboxPatch

from dlcourse.figures.common import canvas
from dlcourse.figures.style import INK, PANEL

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Point = tuple[float, float]


def sheet(width: float, height: float) -> Axes:
    """Return a new figure's axes, to draw on in inches from (0, 0) at the lower left."""
    axes = canvas(None, width, height)
    axes.set(xlim=(0, width), ylim=(0, height), aspect="equal")
    axes.set_axis_off()
    return axes


def node(
    axes: Axes, at: Point, radius: float, text: str = "", *, fill: str = PANEL, size: float = 11
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
    size: float = 11,
) -> None:
    """Draw a rounded box with words in it."""
    axes.add_patch(
        FancyBboxPatch(
            corner,
            width,
            height,
            boxstyle="round,pad=0,rounding_size=0.07",
            facecolor=fill,
            edgecolor=INK,
            linewidth=1.2,
            zorder=2,
        )
    )
    if text:
        middle = (corner[0] + width / 2, corner[1] + height / 2)
        axes.text(*middle, text, ha="center", va="center", fontsize=size, zorder=4)


def arrow(
    axes: Axes, start: Point, end: Point, *, colour: str = INK, width: float = 1.3, bend: float = 0
) -> None:
    """Draw an arrow from `start` to `end`."""
    axes.add_patch(
        FancyArrowPatch(
            start,
            end,
            arrowstyle="-|>",
            mutation_scale=11,
            shrinkA=0,
            shrinkB=0,
            color=colour,
            linewidth=width,
            connectionstyle=f"arc3,rad={bend}",
            zorder=2,
        )
    )


def label(
    axes: Axes,
    at: Point,
    text: str,
    *,
    colour: str = INK,
    size: float = 11,
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
