"""An iris flower: what sepals and petals are."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from dlcourse.figures.alt_text import described
from dlcourse.figures.drawing._shapes import label, sheet
from dlcourse.figures.style import INK, MEDIUM, MUTED, ORANGE, PURPLE, TEAL, TINT, styled


@styled
def iris_flower() -> Axes:
    """Draw an iris with its sepals and petals named and measured."""
    axes = sheet(MEDIUM, 4.0)
    heart = (2.3, 2.0)
    axes.plot([2.3, 2.35, 2.3], [2.0, 1.0, 0.0], color=TEAL, linewidth=7)
    for angle in (205, -25, 270):
        _leaf(axes, heart, angle, 1.6, 1.0, facecolor=PURPLE, alpha=0.85)
        _leaf(axes, heart, angle, 0.75, 0.26, facecolor=ORANGE, alpha=0.9)
    for angle in (125, 55, 90):
        _leaf(axes, heart, angle, 1.5, 0.55, facecolor=TINT[PURPLE], alpha=1.0)
    label(axes, (1.0, 3.55), "petal", bold=True, size=13)
    label(axes, (0.75, 2.45), "sepal", bold=True, size=13)
    axes.plot([1.25, 1.6], [3.5, 3.1], color=MUTED, linewidth=1)
    axes.plot([0.85, 1.05], [2.3, 1.75], color=MUTED, linewidth=1)
    _measure(axes, heart, 55, 1.5, 0.55)
    _measure(axes, heart, -25, 1.6, 1.0)
    return described(
        axes,
        "Drawing of an iris flower. Three narrow pale petals stand upright; three broad purple "
        "sepals with an orange stripe hang outwards below them. Length is measured from the heart "
        "of the flower to the tip, width across the broadest place, for petal and sepal alike.",
    )


def _turn(points: np.ndarray, angle: float, at: tuple[float, float]) -> np.ndarray:
    c, s = np.cos(np.deg2rad(angle)), np.sin(np.deg2rad(angle))
    return np.asarray(points @ np.array([[c, s], [-s, c]]) + at)


def _leaf(
    axes: Axes, at: tuple[float, float], angle: float, length: float, width: float, **look: Any
) -> None:
    """Draw a drop-shaped leaf from `at` outwards."""
    half = width * 2 / 3  # a cubic's bulge is three quarters of its handles
    outline = np.array([[0, 0], [0.35, 1], [1, 1], [1, 0], [1, -1], [0.35, -1], [0, 0]])
    codes = [Path.MOVETO] + [Path.CURVE4] * 6
    path = Path(_turn(outline * [length, half], angle, at), codes)
    axes.add_patch(PathPatch(path, edgecolor=INK, linewidth=1, zorder=3, **look))


def _measure(
    axes: Axes, at: tuple[float, float], angle: float, length: float, width: float
) -> None:
    """Draw measuring arrows along and across a leaf, with their names at the ends."""
    style = {"arrowstyle": "<->", "color": INK, "linewidth": 1.4, "shrinkA": 0, "shrinkB": 0}
    place = 0.68 * length
    for ends in ([[0, 0], [length, 0]], [[place, -width / 2], [place, width / 2]]):
        start, end = _turn(np.array(ends), angle, at)
        axes.annotate("", tuple(start), tuple(end), arrowprops=style, zorder=6)
    tip, side = _turn(np.array([[length + 0.08, 0], [place, -width / 2 - 0.08]]), angle, at)
    label(axes, (tip[0], tip[1]), "length", ha="left", va="center")
    label(axes, (side[0], side[1]), "width", ha="left", va="top")
