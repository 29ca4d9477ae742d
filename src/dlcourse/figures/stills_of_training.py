"""Stills of the interactive figures that train: `line-and-bowl`, `cure`, `trainer`.

A still is what a page shows without scripts. The build calls these through `stills`, with the
options of the figure as arguments.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dlcourse.data import irises
from dlcourse.data.point_sets import point_set
from dlcourse.dense_network import forward, initialise, predict
from dlcourse.errors import InputError
from dlcourse.figures import plotting
from dlcourse.figures.alt_text import described
from dlcourse.figures.axes_and_panels import canvas, panels, styled
from dlcourse.figures.style import BLUE, INK, ORANGE, TEAL
from dlcourse.figures.wording import percent, with_minus_sign
from dlcourse.optimisers import Adam, GradientDescent
from dlcourse.regression import fit_line, fit_line_by_steps
from dlcourse.training import fit

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from dlcourse.argument_checks import Floats, Integers
    from dlcourse.dense_network import Network

_NAMES = ["class 0", "class 1"]


@styled
def line_and_bowl(*, inputs: float = 1, rate: float = 0.03) -> Axes:
    """Draw the loss of a line through the petals over slope and intercept, with a hundred steps.

    Parameters
    ----------
    inputs : float
        1 for the petal's length alone; with 2 the sepal's length is a second input, with a
        weight of its own, and the landscape is drawn for two values of that weight.
    rate : float
        The learning rate of the steps.

    Returns
    -------
    Axes
        Host of the panels, in ``axes.child_axes``.

    Examples
    --------
    >>> len(line_and_bowl().child_axes)
    2
    """
    data = irises.load()
    x, second, t = (data.X[:, i] for i in (2, 0, 3))
    line = fit_line(x, t)
    axes, (first, last) = panels(3.4, 2, columns=2, gap=(0.4, 0))
    if inputs > 1:
        k = float(np.linalg.lstsq(np.column_stack([x, second, np.ones_like(x)]), t)[0][1])
        for panel, weight in ((first, 0.0), (last, k)):
            _landscape(panel, x, t - weight * second)
            panel.set_title(with_minus_sign(f"k = {weight:.3f}"))
        last.set_ylabel("")
        return described(
            axes,
            "The loss over slope m and intercept c, drawn twice as lines of equal height: for two "
            f"values of a third weight, k = 0 and k = {k:.3f}. Both are long valleys, but they lie "
            "in different places: each is one slice through a bowl that has three dimensions.",
        )
    steps = fit_line_by_steps(x, t, learning_rate=rate, n_steps=100)
    plotting.line_fit(
        x,
        t,
        slope=line.slope,
        intercept=line.intercept,
        axes=first,
        x_label="petal length (cm)",
        y_label="petal width (cm)",
    )
    _remove_legend(first)
    least = float(np.mean((line.predict(x) - t) ** 2))
    _landscape(last, x, t)
    last.plot(steps.slopes, steps.intercepts, ".-", color=ORANGE)
    last.plot(line.slope, line.intercept, "x", color=TEAL, markersize=10, markeredgewidth=3)
    return described(
        axes,
        f"Left, 150 petals and the best line, with slope {line.slope:.3f} and intercept "
        f"{line.intercept:.3f}. Right, the loss over slope and intercept as lines of equal height: "
        "a long, narrow valley. A hundred steps begin at 0, 0, drop into the valley at once and "
        f"creep along it towards the cross where the formula points. Their loss is "
        f"{steps.losses[-1]:.3f}, the least possible {least:.3f}.",
    )


def _landscape(axes: Axes, x: np.ndarray, t: np.ndarray) -> None:
    """Draw the mean squared error of m x + c over m and c, as lines of equal height."""
    m, c = np.meshgrid(np.linspace(-0.3, 1.1, 120), np.linspace(-2, 2, 120))
    losses = ((m[..., None] * x + c[..., None] - t) ** 2).mean(axis=-1)
    heights = losses.min() + np.array([0.02, 0.1, 0.3, 0.7, 1.3, 2.2, 3.5, 6, 10, 16])
    axes.contour(m, c, losses, heights, colors=[BLUE], linewidths=1)
    axes.set(xlabel="slope m", ylabel="intercept c")


def _remove_legend(axes: Axes) -> None:
    """Remove a legend that would cover what the panel shows."""
    if legend := axes.get_legend():
        legend.remove()


@styled
def cure() -> Axes:
    """Show the loss w² over the steps, with a rate that is too low, right, and too high.

    It stands for the figure ``cure``, in which sick trainings get other rates and more.

    Examples
    --------
    >>> len(cure().lines)
    3
    """
    axes = canvas(None, 4.4, 2.6)
    steps = np.arange(9)
    for rate, name, line in ((0.03, "too low", ":"), (0.3, "right", "-"), (1.05, "too high", "--")):
        axes.plot(steps, (1 - 2 * rate) ** (2 * steps), linestyle=line, label=f"{name}: {rate}")
    axes.set(xlabel="step", ylabel="loss", ylim=(0, 3))
    axes.legend(title="rate")
    return described(
        axes,
        "Three curves of a loss from 1 on: with the rate 0.03 it falls slowly, with 0.3 it is "
        "near 0 after two steps, with 1.05 it grows with each step.",
    )


@styled
def trainer(*, settings: str = "crescents-100-0.25-0-4-tanh-adam-0.05-10") -> Axes:
    """Train the network that the interactive figure begins with; show its border and hidden space.

    Parameters
    ----------
    settings : str
        Point set, number of points, noise, seed, hidden neurons (such as ``2`` or ``4x4``),
        activation, optimiser (``adam`` or ``sgd``), learning rate and batch size, joined by
        hyphens, as the figure's links have them.

    Returns
    -------
    Axes
        Host of the panels, in ``axes.child_axes``.

    Raises
    ------
    InputError
        If there are not nine settings, or one of them is unknown.

    Examples
    --------
    >>> trainer(settings="xor-40-0.25-1-2-tanh-adam-0.05-10").child_axes[1].get_title()
    'hidden space'
    """
    parts = str(settings).split("-")
    if len(parts) != 9:
        raise InputError(f"`settings` must be nine words joined by hyphens: got {len(parts)}.")
    name, n, noise, seed, hidden, activation, optimiser, rate, batch = parts
    rng = np.random.default_rng(int(seed))
    X, y = point_set(name, int(n), noise=float(noise), rng=rng)
    X_new, y_new = point_set(name, 400, noise=float(noise), rng=rng)
    sizes = [int(size) for size in hidden.split("x")]
    start = initialise([2, *sizes, 2], activations=[activation] * len(sizes) + ["softmax"], rng=rng)
    steps = Adam(float(rate)) if optimiser == "adam" else GradientDescent(float(rate))
    network = fit(
        start,
        X,
        y,
        loss="cross_entropy",
        optimiser=steps,
        epochs=100,
        batch_size=int(batch),
        rng=rng,
    ).network
    axes, (plane, space) = panels(3.6, 2, columns=2, gap=(0.4, 0))
    plotting.decision_regions(
        X,
        y,
        predict=lambda points: predict(network, points).argmax(axis=1),
        names=_NAMES,
        x_label="$x_1$",
        y_label="$x_2$",
        axes=plane,
    )
    plane.set_title("points and border")
    _remove_legend(plane)
    _hidden_space(space, network, X, y)
    right = np.mean(predict(network, X_new).argmax(axis=1) == y_new)
    return described(
        axes,
        f"Left, {n} points of two classes ({name}) and the border of a network with {hidden} "
        f"hidden neurons after 100 epochs; it is right on {percent(float(right))} of 400 new "
        "points. Right, the same points as the last hidden layer sees them: there the border is "
        "a straight line.",
    )


def _hidden_space(axes: Axes, network: Network, X: Floats, y: Integers) -> None:
    """Plot the last hidden layer's outputs: across, what the output weighs; up, what differs most.

    Two neurons are shown as they are.
    """
    output = network.layers[-1]
    hidden = forward(network, X).a[-2]
    weights, bias = output.W[:, 1] - output.W[:, 0], output.b[1] - output.b[0]
    if len(weights) == 2:
        across, up = hidden.T
        labels = "hidden neuron 1", "hidden neuron 2"
    else:
        direction = weights / np.linalg.norm(weights)
        across = hidden @ direction
        rest = hidden - np.outer(across, direction)
        up = (rest - rest.mean(axis=0)) @ np.linalg.svd(rest - rest.mean(axis=0))[2][0]
        weights = np.array([np.linalg.norm(weights), 0.0])
        labels = "what the output weighs", "what differs most besides"
    plotting.scatter(
        np.column_stack([across, up]),
        y,
        names=_NAMES,
        x_label=labels[0],
        y_label=labels[1],
        axes=axes,
    )
    _remove_legend(axes)
    foot = -bias * weights / (weights @ weights)
    limits = {"xlim": axes.get_xlim(), "ylim": axes.get_ylim()}
    axes.axline(foot, foot + np.array([-weights[1], weights[0]]), color=INK, linewidth=2)
    axes.set(title="hidden space", **limits)
