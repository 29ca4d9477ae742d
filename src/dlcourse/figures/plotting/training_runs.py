"""How training runs went: learning curves, and the spread over seeds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator
from numpy.typing import ArrayLike

from dlcourse.argument_checks import array, same_length
from dlcourse.figures.alt_text import described
from dlcourse.figures.arguments import by_name
from dlcourse.figures.axes_and_panels import canvas
from dlcourse.figures.style import BLUE, INK, MARKERS, ORANGE, PALETTE, WIDE, styled
from dlcourse.figures.wording import percent, spoken


@styled
def learning_curves(
    training: Sequence[float] | ArrayLike,
    validation: Sequence[float] | ArrayLike | None = None,
    *,
    quantity: str = "loss",
    axes: Axes | None = None,
) -> Axes:
    """Plot a quantity epoch by epoch on the training and the validation set.

    Both sets have one value an epoch. The quantity "accuracy" gets an axis in per cent.

    >>> axes = learning_curves([1.0, 0.5, 0.3], [1.1, 0.7, 0.8])
    >>> axes.get_ylabel()
    'loss'
    """
    curves = {"training": array(training, "training", "epochs")}
    if validation is not None:
        curves["validation"] = array(validation, "validation", "epochs")
        same_length(curves["training"], "training", curves["validation"], "validation")
    axes = canvas(axes, WIDE, 3.3)
    courses = []
    for (name, values), colour, line, marker in zip(
        curves.items(), (BLUE, ORANGE), ("-", "--"), MARKERS, strict=False
    ):
        epochs = np.arange(1, len(values) + 1)
        every = max(1, len(values) // 10)
        axes.plot(
            epochs, values, label=name, color=colour, linestyle=line, marker=marker, markevery=every
        )
        best = int(values.argmax() if "accuracy" in quantity else values.argmin())
        text = percent if quantity == "accuracy" else spoken
        courses.append(
            f"{name} goes from {text(values[0])} to {text(values[-1])}, "
            f"best at epoch {best + 1} with {text(values[best])}"
        )
    axes.set(xlabel="epoch", ylabel=quantity)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=8, integer=True))
    if quantity == "accuracy":
        axes.yaxis.set_major_formatter(lambda share, _: f"{100 * share:g} %")
    axes.grid(visible=True, axis="y")
    axes.legend()
    n = len(curves["training"])
    return described(
        axes, f"Learning curves: {quantity} over {n} epochs. On the sets: {'; '.join(courses)}."
    )


@styled
def spread_over_seeds(values: Mapping[str, ArrayLike], *, quantity: str = "test accuracy") -> Axes:
    """Plot one dot for each seed, and the mean, for each way of doing it.

    `values` maps the name of each way to its results, shape (n_seeds,). A quantity with "accuracy"
    in its name gets an axis in per cent.

    >>> axes = spread_over_seeds({"plain": [0.92, 0.97], "augmented": [0.95, 0.97]})
    >>> [label.get_text() for label in axes.get_yticklabels()]
    ['plain', 'augmented']
    """
    values = by_name(values, "values", of="results")
    rows = {name: array(v, f"values[{name!r}]", "n_seeds") for name, v in values.items()}
    axes = canvas(None, WIDE, 0.85 + 0.42 * len(rows))
    text = percent if "accuracy" in quantity else spoken
    details = []
    for row, (name, results) in enumerate(rows.items()):
        ordered = np.sort(results)
        offset = 0.13 * ((np.arange(len(ordered)) % 3) - 1)  # equal results stay apart
        axes.plot(
            ordered,
            row + offset,
            linestyle="none",
            marker=MARKERS[row % len(MARKERS)],
            color=PALETTE[row % len(PALETTE)],
            alpha=0.85,
        )
        axes.plot([results.mean()] * 2, [row - 0.33, row + 0.33], color=INK, linestyle="-")
        details.append(
            f"{name} lies between {text(results.min())} and {text(results.max())} "
            f"with mean {text(results.mean())} over {len(results)} seeds"
        )
    axes.set_yticks(range(len(rows)), list(rows))
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_xlabel(f"{quantity} (one mark per seed; bar: mean)")
    if "accuracy" in quantity:
        axes.xaxis.set_major_formatter(lambda share, _: f"{100 * share:g} %")
    axes.locator_params(axis="x", nbins=5)
    axes.grid(visible=True, axis="x")
    return described(axes, f"Strip plot of {quantity}: {'; '.join(details)}.")
