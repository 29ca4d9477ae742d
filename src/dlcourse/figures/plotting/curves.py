"""Curves and bars: activations, learning curves, accuracies, times, spread over seeds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.ticker import MaxNLocator

from dlcourse import validation as check
from dlcourse.errors import InputError
from dlcourse.figures.common import (
    array,
    canvas,
    listing,
    mapping,
    named_numbers,
    number,
    percent,
    same_length,
    styled,
)
from dlcourse.figures.style import (
    BLUE,
    INK,
    LINES,
    MARKERS,
    MUTED,
    ORANGE,
    PALETTE,
    WIDE,
    set_alt,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.axes import Axes
    from numpy.typing import ArrayLike


@styled
def activation_curves(
    z: ArrayLike,
    curves: Mapping[str, ArrayLike],
    *,
    y_label: str = "output a",
    axes: Axes | None = None,
) -> Axes:
    """Plot activation functions, or their derivatives, over the weighted sum.

    Parameters
    ----------
    z : array_like, shape (n,)
        Weighted sums, increasing.
    curves : mapping of str to array_like, shape (n,)
        Name and values of each function; at most six.
    y_label : str, default "output a"
        What the values are.
    axes : Axes, optional
        Where to draw.

    Returns
    -------
    Axes

    Raises
    ------
    InputError
        If a curve's length is not that of `z`, or there are none or too many.

    Examples
    --------
    >>> import numpy as np
    >>> z = np.linspace(-4, 4, 81)
    >>> axes = activation_curves(z, {"tanh": np.tanh(z)})
    >>> axes.get_xlabel()
    'weighted sum z'
    """
    z = array("z", z, ndim=1)
    curves = mapping("curves", curves, to="values")
    if len(curves) > len(PALETTE):
        raise InputError(f"`curves` must hold 1 to {len(PALETTE)} functions: got {len(curves)}.")
    y_label = check.text(y_label, "y_label")
    axes = canvas(axes, WIDE, 3.6)
    told = []
    for (name, values), colour, line in zip(curves.items(), PALETTE, LINES, strict=False):
        a = array(f"curves[{name!r}]", values, ndim=1)
        same_length(z=z, **{name: a})
        axes.plot(z, a, label=name, color=colour, linestyle=line)
        told.append(f"{name} {_course(z, a)}")
    axes.axhline(0, color=MUTED, linewidth=0.8)
    axes.axvline(0, color=MUTED, linewidth=0.8)
    axes.set(xlabel="weighted sum z", ylabel=y_label)
    axes.legend(loc="upper left")
    reach = f"from {number(z[0])} to {number(z[-1])}"
    set_alt(axes, f"Curves over the weighted sum z {reach}: {listing(told)}.")
    return axes


def _course(z: np.ndarray, a: np.ndarray) -> str:
    """Say where a curve starts, what it does and where it ends."""
    rises, falls = (np.diff(a) > 0).any(), (np.diff(a) < 0).any()
    if not rises and not falls:
        return f"stays at {number(a[0])}"
    if rises and falls:
        top = int(a.argmax())
        return (
            f"goes from {number(a[0])} to a peak of {number(a[top])} at z = {number(z[top])} "
            f"and back to {number(a[-1])}"
        )
    if np.count_nonzero(np.diff(a)) == 1:
        at = int(np.flatnonzero(np.diff(a))[0]) + 1
        return f"jumps from {number(a[0])} to {number(a[-1])} at z = {number(z[at])}"
    verb = "rises" if rises else "falls"
    return f"{verb} from {number(a[0])} to {number(a[-1])}"


@styled
def learning_curves(
    training: Sequence[float] | ArrayLike,
    validation: Sequence[float] | ArrayLike | None = None,
    *,
    quantity: str = "loss",
    axes: Axes | None = None,
) -> Axes:
    """Plot a quantity epoch by epoch on the training and the validation set.

    Parameters
    ----------
    training, validation : array_like, shape (epochs,)
        One value an epoch.
    quantity : str, default "loss"
        What the values are; "accuracy" gets an axis in per cent.
    axes : Axes, optional
        Where to draw.

    Returns
    -------
    Axes

    Raises
    ------
    InputError
        If the lengths differ.

    Examples
    --------
    >>> axes = learning_curves([1.0, 0.5, 0.3], [1.1, 0.7, 0.8])
    >>> axes.get_ylabel()
    'loss'
    """
    curves = {"training": array("training", training, ndim=1)}
    if validation is not None:
        curves["validation"] = array("validation", validation, ndim=1)
    same_length(**curves)
    quantity = check.text(quantity, "quantity")
    axes = canvas(axes, WIDE, 3.3)
    told = []
    for (name, values), colour, line, marker in zip(
        curves.items(), (BLUE, ORANGE), ("-", "--"), MARKERS, strict=False
    ):
        epochs = np.arange(1, len(values) + 1)
        every = max(1, len(values) // 10)
        axes.plot(
            epochs, values, label=name, color=colour, linestyle=line, marker=marker, markevery=every
        )
        best = int(values.argmin() if quantity == "loss" else values.argmax())
        text = percent if quantity == "accuracy" else number
        told.append(
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
    set_alt(axes, f"Learning curves: {quantity} over {n} epochs. On the sets: {'; '.join(told)}.")
    return axes


@styled
def spread_over_seeds(
    values: Mapping[str, ArrayLike],
    *,
    quantity: str = "test accuracy",
    axes: Axes | None = None,
) -> Axes:
    """Plot one dot for each seed, and the mean, for each way of doing it.

    Parameters
    ----------
    values : mapping of str to array_like, shape (n_seeds,)
        Name of the way, and its results.
    quantity : str, default "test accuracy"
        What they are; with "accuracy" in its name the axis is in per cent.
    axes : Axes, optional
        Where to draw.

    Returns
    -------
    Axes

    Raises
    ------
    InputError
        If there is nothing to plot.

    Examples
    --------
    >>> axes = spread_over_seeds({"plain": [0.92, 0.97], "augmented": [0.95, 0.97]})
    >>> [label.get_text() for label in axes.get_yticklabels()]
    ['plain', 'augmented']
    """
    results_of = mapping("values", values, to="results")
    rows = {name: array(f"values[{name!r}]", v, ndim=1) for name, v in results_of.items()}
    quantity = check.text(quantity, "quantity")
    axes = canvas(axes, WIDE, 1.0 + 0.55 * len(rows))
    text = percent if "accuracy" in quantity else number
    told = []
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
        told.append(
            f"{name} lies between {text(results.min())} and {text(results.max())} "
            f"with mean {text(results.mean())} over {len(results)} seeds"
        )
    axes.set_yticks(range(len(rows)), list(rows))
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_xlabel(f"{quantity} (one mark a seed; bar: mean)")
    if "accuracy" in quantity:
        axes.xaxis.set_major_formatter(lambda share, _: f"{100 * share:g} %")
    axes.locator_params(axis="x", nbins=5)
    axes.grid(visible=True, axis="x")
    set_alt(axes, f"Strip plot of {quantity}: {'; '.join(told)}.")
    return axes


@styled
def accuracy_bars(accuracies: Mapping[str, float], *, axes: Axes | None = None) -> Axes:
    """Compare accuracies as bars from 0 to 100 %.

    Parameters
    ----------
    accuracies : mapping of str to float
        Name and share of right answers, 0 to 1.
    axes : Axes, optional
        Where to draw.

    Returns
    -------
    Axes

    Raises
    ------
    InputError
        If a value is not between 0 and 1.

    Examples
    --------
    >>> axes = accuracy_bars({"clean": 0.98, "inverted": 0.31})
    >>> [text.get_text() for text in axes.texts]
    ['98.0 %', '31.0 %']
    """
    shares = named_numbers("accuracies", accuracies)
    if max(shares.values()) > 1:
        raise InputError(f"`accuracies` must lie between 0 and 1: got {max(shares.values()):g}.")
    axes = _bars(shares, [percent(share) for share in shares.values()], axes)
    axes.set_xlim(0, 1)
    axes.xaxis.set_major_formatter(lambda share, _: f"{100 * share:g} %")
    axes.set_xlabel("accuracy")
    told = listing(f"{name} {percent(share)}" for name, share in shares.items())
    set_alt(axes, f"Bars of accuracy: {told}.")
    return axes


@styled
def timing_bars(seconds: Mapping[str, float], *, unit: str = "s", axes: Axes | None = None) -> Axes:
    """Compare times as bars.

    Parameters
    ----------
    seconds : mapping of str to float
        Name and duration, in `unit`.
    unit : str, default "s"
        The unit of the durations.
    axes : Axes, optional
        Where to draw.

    Returns
    -------
    Axes

    Raises
    ------
    InputError
        If a duration is negative.

    Examples
    --------
    >>> axes = timing_bars({"loop": 1.2, "fast": 0.1})
    >>> axes.get_xlabel()
    'time / s'
    """
    times = named_numbers("seconds", seconds)
    unit = check.text(unit, "unit")
    axes = _bars(times, [f"{number(t)} {unit}" for t in times.values()], axes)
    axes.set_xlabel(f"time / {unit}")
    axes.locator_params(axis="x", nbins=6)  # more would touch on a phone
    told = listing(f"{name} {number(t)} {unit}" for name, t in times.items())
    quickest = min(times, key=lambda name: times[name])
    ending = f" Quickest is {quickest}." if len(times) > 1 else ""
    set_alt(axes, f"Bars of time: {told}.{ending}")
    return axes


def _bars(values: Mapping[str, float], labels: Sequence[str], axes: Axes | None) -> Axes:
    axes = canvas(axes, WIDE, 0.9 + 0.48 * len(values))
    bars = axes.barh(list(values), list(values.values()), color=BLUE, height=0.6)
    axes.invert_yaxis()
    top = max(values.values()) or 1.0
    for bar, label in zip(bars, labels, strict=True):
        inside = bar.get_width() > 0.6 * top
        axes.annotate(
            label,
            (bar.get_width(), bar.get_y() + bar.get_height() / 2),
            xytext=(-5 if inside else 5, 0),
            textcoords="offset points",
            ha="right" if inside else "left",
            va="center",
            color="#010101" if inside else INK,
        )
    return axes
