"""A neuron of the brain, and the artificial one."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Circle, Ellipse

from dlcourse.figures.alt_text import described
from dlcourse.figures.drawing._shapes import arrow, box, label, node, sheet
from dlcourse.figures.style import BLUE, INK, MUTED, ORANGE, PURPLE, TEAL, TINT, WIDE, styled


@styled
def biological_neuron() -> Axes:
    """Draw a simple neuron of the brain: dendrites, cell body, axon, terminals."""
    axes = sheet(WIDE, 3.25)
    body = np.array([1.55, 1.5])
    for angle in np.deg2rad([75, 115, 150, 180, 212, 250, 290]):
        _branch(axes, body + 0.4 * _direction(angle), angle, 0.55, 3)
    x = np.linspace(1.95, 4.0, 60)
    y = 1.5 + 0.08 * np.sin(3 * (x - 1.95))
    axes.plot(x, y, color=BLUE, linewidth=4, solid_capstyle="round")
    for i in range(4):  # the sheath, in pieces
        at = 2.35 + 0.4 * i
        centre = (at, 1.5 + 0.08 * np.sin(3 * (at - 1.95)))
        axes.add_patch(Ellipse(centre, 0.32, 0.2, facecolor=TINT[TEAL], edgecolor=TEAL, zorder=3))
    for angle in np.deg2rad([50, 18, -16, -48]):
        end = np.array([4.0, y[-1]]) + 0.62 * _direction(angle)
        axes.plot([4.0, end[0]], [y[-1], end[1]], color=BLUE, linewidth=2)
        axes.add_patch(Circle((end[0], end[1]), 0.08, facecolor=ORANGE, edgecolor=INK, zorder=3))
    axes.add_patch(Circle(tuple(body), 0.44, facecolor=TINT[BLUE], edgecolor=BLUE, lw=2, zorder=3))
    axes.add_patch(Circle(tuple(body), 0.15, facecolor=PURPLE, edgecolor=INK, lw=0.8, zorder=4))
    label(axes, (0.5, 3.0), "dendrites\n(inputs)", bold=True)
    label(axes, (2.5, 2.3), "cell body", bold=True)
    axes.plot([2.2, 1.85], [2.2, 1.85], color=MUTED, linewidth=1)
    label(axes, (2.95, 1.05), "axon", bold=True)
    label(axes, (4.5, 0.45), "terminals\n(output to\nother neurons)", bold=True)
    return described(
        axes,
        "Schematic of a neuron of the brain, left to right: branching dendrites bring inputs to a "
        "round cell body with a nucleus; one long axon in a sheath leads away from it and splits "
        "into terminals, which pass the output on to other neurons.",
    )


def _direction(angle: float) -> np.ndarray:
    return np.array([np.cos(angle), np.sin(angle)])


def _branch(axes: Axes, start: np.ndarray, angle: float, length: float, depth: int) -> None:
    """Draw a twig that forks `depth` times."""
    end = start + length * _direction(angle)
    width = 0.9 + 0.8 * depth
    axes.plot(*np.transpose([start, end]), color=BLUE, linewidth=width, solid_capstyle="round")
    if depth > 1:
        for turn in (-0.42, 0.38):
            _branch(axes, end, angle + turn, 0.55 * length, depth - 1)


@styled
def artificial_neuron() -> Axes:
    """Draw an artificial neuron: inputs, weights, sum, bias, activation, output."""
    axes = sheet(WIDE, 2.8)
    total = (2.35, 1.4)
    for i, height in enumerate((2.3, 1.4, 0.5), start=1):
        node(axes, (0.35, height), 0.27, f"$x_{i}$", fill=TINT[BLUE])
        away = np.array([total[0] - 0.35, total[1] - height])
        away /= np.linalg.norm(away)
        start = np.array([0.35, height]) + 0.27 * away
        end = np.array(total) - 0.4 * away
        arrow(axes, tuple(start), tuple(end))
        x_at, y_at = start + 0.42 * (end - start)
        paper = {"fc": "#ffffff", "ec": "none", "pad": 1.5}
        axes.text(x_at, y_at, f"$w_{i}$", ha="center", va="center", zorder=5, bbox=paper)
    node(axes, total, 0.4, "Σ", fill=TINT[ORANGE], size=18)
    node(axes, (2.35, 0.28), 0.25, "b", fill=TINT[PURPLE])
    arrow(axes, (2.35, 0.53), (2.35, 1.0))
    label(axes, (2.68, 0.28), "bias", colour=MUTED, ha="left")
    box(axes, (3.3, 1.1), 1.05, 0.6, "activation", fill=TINT[TEAL])
    arrow(axes, (2.75, 1.4), (3.3, 1.4))
    label(axes, (3.02, 1.58), "z")
    arrow(axes, (4.35, 1.4), (4.72, 1.4))
    node(axes, (5.05, 1.4), 0.32, "a", fill=TINT[BLUE])
    for spot, text in (((0.35, 2.68), "inputs"), ((1.3, 2.68), "weights"), ((2.35, 2.0), "sum")):
        label(axes, spot, text, colour=MUTED)
    label(axes, (5.0, 1.88), "output", colour=MUTED)
    return described(
        axes,
        "An artificial neuron, left to right: 3 inputs, each with an arrow that carries its "
        "weight, meet in a sum; a bias is added from below; the sum z goes through a box, "
        "activation, and comes out as the output a.",
    )
