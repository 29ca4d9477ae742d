"""A fully connected network, with values, gradients and weights if given."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from dlcourse import argument_checks
from dlcourse.argument_checks import Floats
from dlcourse.errors import InputError
from dlcourse.figures.alt_text import described
from dlcourse.figures.arguments import entries, words
from dlcourse.figures.drawing._shapes import label, node, sheet
from dlcourse.figures.style import BLUE, MUTED, ORANGE, PAPER, TEAL, TINT, WIDE, styled
from dlcourse.figures.wording import listing, with_minus_sign

#: Length of an arrow's head, in inches.
HEAD = 0.11
#: A layer with more neurons is drawn with its first ones, its last one, and dots between.
MOST = 6
#: The place of each neuron that is drawn, by its index in the layer.
Spots = dict[int, tuple[float, float]]
_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


@styled
def network(
    sizes: Sequence[int],
    *,
    layer_names: Sequence[str] | None = None,
    inputs: Sequence[str] | None = None,
    outputs: Sequence[str] | None = None,
    values: Sequence[ArrayLike] | None = None,
    gradients: Sequence[ArrayLike] | None = None,
    weights: Sequence[ArrayLike] | None = None,
) -> Axes:
    """Draw a fully connected network of two to six layers, from left to right.

    `sizes` are the neurons in each layer, inputs first. `layer_names` stand below the layers,
    `inputs` and `outputs` next to the first and the last. `values` and `gradients` hold an array
    for each layer, shape (size,): the values stand in the circles, the gradients of the loss by
    them underneath. `weights` hold an array for each gap, shape (n_in, n_out), written on the
    arrows, or, where there are more than four, shown by colour and thickness alone.

    >>> axes = network([2, 3, 1])
    >>> len(axes.patches), len(axes.lines)
    (6, 9)
    """
    given = argument_checks.array(sizes, "sizes", "n_layers").tolist()
    shape = [argument_checks.count(int(n) if n.is_integer() else n, "sizes") for n in given]
    if not 2 <= len(shape) <= 6:
        raise InputError(f"`sizes` must be 2 to 6 numbers: got {len(shape)}.")
    names = None if layer_names is None else words(layer_names, "layer_names", n=len(shape))
    inputs = None if inputs is None else words(inputs, "inputs", n=shape[0])
    outputs = None if outputs is None else words(outputs, "outputs", n=shape[-1])
    layers = [(n,) for n in shape]
    numbers = _arrays("values", values, layers)
    slopes = _arrays("gradients", gradients, layers)
    matrices = _arrays("weights", weights, list(pairwise(shape)))
    tallest = min(max(shape), MOST)
    step = 0.95 if slopes or (matrices and tallest <= 3) else 0.66
    radius = 0.33 if numbers else 0.23
    gap = 0.3 if slopes else 0.1
    lines = 0 if names is None else max(name.count("\n") + 1 for name in names)
    height = step * (tallest - 0.5) + radius + gap + 0.06 + 0.2 * lines
    axes = sheet(WIDE, height)
    left, right = (0.95 if inputs else 0.4), WIDE - (0.95 if outputs else 0.4)
    across = np.linspace(left, right, len(shape))
    middle = height - step * tallest / 2
    places = [_places(x, n, step, middle) for x, n in zip(across, shape, strict=True)]
    foot = middle - step * (tallest - 1) / 2 - radius - gap
    for gap in range(len(shape) - 1):
        matrix = None if matrices is None else matrices[gap]
        _arrows(axes, places[gap], places[gap + 1], matrix, radius)
    for layer, spots in enumerate(places):
        fill = TINT[BLUE] if layer == 0 else TINT[ORANGE] if layer == len(shape) - 1 else TINT[TEAL]
        for index, at in spots.items():
            text = "" if numbers is None else with_minus_sign(f"{numbers[layer][index]:.2f}")
            node(axes, at, radius, text, fill=fill)
            if slopes is not None:
                slope = with_minus_sign(f"{slopes[layer][index]:+.3f}")
                label(axes, (at[0], at[1] - radius - 0.13), slope, colour=ORANGE, bold=True)
        if shape[layer] > MOST:
            *_, above, below = (y for _, y in spots.values())
            label(axes, (across[layer], (above + below) / 2), "⋮", size=15)
        if names:
            label(axes, (across[layer], foot), names[layer], va="top")
    if inputs:
        _beside(axes, places[0], inputs, shift=-radius - 0.08)
    if outputs:
        _beside(axes, places[-1], outputs, shift=radius + 0.08)
    beside = {"Inputs": inputs, "Outputs": outputs}
    written = [W.ravel() for W in matrices or [] if W.size <= 4]
    inside = {"Values": numbers, "Gradients": slopes, "Weights": written}
    return described(axes, _words_for(shape, names, beside, inside))


def _arrays(
    name: str, value: Sequence[ArrayLike] | None, shapes: Sequence[tuple[int, ...]]
) -> list[Floats] | None:
    if value is None:
        return None
    value = entries(value, name, of="arrays")
    arrays = [argument_checks.array(one, f"{name}[{i}]") for i, one in enumerate(value)]
    got = [one.shape for one in arrays]
    if got != shapes:
        raise InputError(f"`{name}` must have shapes {shapes}: got {got}.")
    return arrays


def _places(x: float, n: int, step: float, middle: float) -> Spots:
    """Return the places of a layer's neurons, the middle one at height `middle`."""
    shown = list(range(n)) if n <= MOST else [*range(MOST - 2), n - 1]
    rows = list(range(n)) if n <= MOST else [*range(MOST - 2), MOST - 1]
    top = middle + step * (min(n, MOST) - 1) / 2
    return {index: (x, top - step * row) for index, row in zip(shown, rows, strict=True)}


def _arrows(axes: Axes, starts: Spots, ends: Spots, weights: Floats | None, radius: float) -> None:
    for i, start in starts.items():
        for j, end in ends.items():
            colour, width, line = MUTED, 0.9, "-"
            if weights is not None:
                strength = abs(weights[i, j]) / (np.abs(weights).max() or 1)
                colour, line = (BLUE, "-") if weights[i, j] >= 0 else (ORANGE, "--")
                width = 0.6 + 2 * strength
            away = np.subtract(end, start) / np.hypot(*np.subtract(end, start))
            tip = end - (radius + HEAD / 2) * away  # the middle of the head, which ends at the rim
            axes.plot(*zip(start, tip, strict=True), color=colour, linewidth=width, linestyle=line)
            angle = np.rad2deg(np.arctan2(away[1], away[0])) - 90
            size = (72 * HEAD) ** 2
            axes.scatter(
                tip[0], tip[1], s=size, color=colour, marker=(3, 0, angle), linewidths=0, zorder=2
            )
            if weights is not None and weights.size <= 4:  # then each has room for its number
                share = 0.34  # near the start, where the arrows have parted and not yet crossed
                x, y = (a + share * (b - a) for a, b in zip(start, end, strict=True))
                paper = {"facecolor": PAPER, "edgecolor": "none", "pad": 1}
                text = with_minus_sign(f"{weights[i, j]:.2f}")
                axes.text(x, y, text, ha="center", va="center", bbox=paper, rotation=angle + 90)


def _beside(axes: Axes, spots: Spots, texts: list[str], *, shift: float) -> None:
    for index, (x, y) in spots.items():
        label(axes, (x + shift, y), texts[index], ha="left" if shift > 0 else "right")


def _without_markup(text: str) -> str:
    """Write a label without the marks of a formula: ``$x_1$`` as x₁."""
    bare = text.replace("$", "").replace("{", "").replace("}", "")
    return re.sub(r"_(\d+)", lambda match: match[1].translate(_SUBSCRIPTS), bare)


def _words_for(
    shape: list[int],
    names: list[str] | None,
    beside: dict[str, list[str] | None],
    inside: dict[str, list[Floats] | None],
) -> str:
    roles = ["inputs", *["hidden neurons"] * (len(shape) - 2), "outputs"]
    details = []
    for i, (n, role) in enumerate(zip(shape, roles, strict=True)):
        what = role if n > 1 else role.removesuffix("s")
        name = " ".join(names[i].split()) if names else ""
        details.append(f"{n} {what}" + (f" ({name})" if name and name not in what else ""))
    text = f"A fully connected network drawn from left to right: {listing(details)}. "
    text += "An arrow leads from each circle to each of the next layer."
    for what, texts in beside.items():
        if texts:
            text += f" {what}: {listing(map(_without_markup, texts))}."
    for what, layers in inside.items():
        if layers:
            rows = "; ".join(listing(f"{v:.3g}" for v in layer) for layer in layers)
            text += f" {what} layer by layer: {rows}."
    return text
