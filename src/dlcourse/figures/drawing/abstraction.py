"""Layers of abstraction: edges, an eye, a person."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Circle, Ellipse, Polygon, Rectangle

from dlcourse.figures.alt_text import described
from dlcourse.figures.drawing._shapes import arrow, label, sheet
from dlcourse.figures.style import BLUE, DARK, INK, MUTED, ORANGE, PANEL, TINT, WIDE, styled


@styled
def layers_of_abstraction() -> Axes:
    """Draw what early, middle and late layers answer to: edges, an eye, a person."""
    axes = sheet(WIDE, 2.65, low=0.35)
    for i, (name, layer) in enumerate(
        (("edges", "first layers"), ("an eye", "middle layers"), ("a person", "last layers"))
    ):
        x = 0.05 + 1.9 * i
        axes.add_patch(Rectangle((x, 0.75), 1.5, 1.5, facecolor=PANEL, edgecolor=INK, zorder=1))
        label(axes, (x + 0.75, 2.45), name, bold=True)
        label(axes, (x + 0.75, 0.5), layer, colour=MUTED)
        if i:
            arrow(axes, (x - 0.36, 1.5), (x - 0.06, 1.5))
    _draw_edges(axes)
    _draw_eye(axes)
    _draw_person(axes)
    return described(
        axes,
        "Layers of abstraction, three pictures joined by arrows: the first layers answer to edges "
        "in several directions, the middle layers to an eye, the last layers to a person.",
    )


def _draw_edges(axes: Axes) -> None:
    """Draw four edges in four directions."""
    for k in range(4):
        row, column = divmod(k, 2)
        centre = np.array([0.43 + 0.74 * column, 1.87 - 0.74 * row])
        way = 0.26 * np.array([np.cos(k * np.pi / 4), np.sin(k * np.pi / 4)])
        ends = np.array([centre - way, centre + way])
        axes.plot(*ends.T, color=BLUE, linewidth=5)


def _draw_eye(axes: Axes) -> None:
    eye = (2.7, 1.5)
    lid = np.linspace(-0.6, 0.6, 40)
    for sign in (1, -1):
        axes.plot(eye[0] + lid, eye[1] + sign * 0.36 * np.cos(lid / 0.6 * np.pi / 2))
    axes.add_patch(Circle(eye, 0.25, facecolor=BLUE, edgecolor=INK, zorder=3))
    axes.add_patch(Circle(eye, 0.11, facecolor=DARK, zorder=4))


def _draw_person(axes: Axes) -> None:
    face = (4.6, 1.62)
    shoulders = [(4.05, 0.76), (4.25, 1.12), (4.95, 1.12), (5.15, 0.76)]
    axes.add_patch(Polygon(shoulders, facecolor=BLUE, edgecolor=INK, zorder=2))
    axes.add_patch(
        Ellipse(face, 0.72, 0.92, facecolor=TINT[ORANGE], edgecolor=INK, linewidth=1.2, zorder=3)
    )
    for side in (-0.16, 0.16):
        axes.add_patch(
            Ellipse((face[0] + side, face[1] + 0.08), 0.13, 0.08, facecolor=INK, zorder=4)
        )
    axes.plot([4.6, 4.57, 4.63], [1.66, 1.5, 1.5], linewidth=1.3, zorder=4)
    smile = np.linspace(-0.16, 0.16, 20)
    axes.plot(4.6 + smile, 1.33 + 2.2 * smile**2, color=ORANGE, linewidth=2.2, zorder=4)
    hair = np.linspace(0.08 * np.pi, 0.92 * np.pi, 30)
    axes.fill(4.6 + 0.38 * np.cos(hair), 1.68 + 0.43 * np.sin(hair), color=MUTED, zorder=4)
