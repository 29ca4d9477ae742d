"""Still pictures, which replace interactive figures where there are no scripts.

One function for each interactive figure. The book's build calls it if a page gives no picture.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dlcourse import kernels, validation
from dlcourse.backpropagation import backpropagate
from dlcourse.data import irises, own_digits, photo
from dlcourse.data.worked_example import DOG_OR_CAT
from dlcourse.digits import reader
from dlcourse.errors import InputError
from dlcourse.figures import drawing, plotting
from dlcourse.figures.common import canvas, host, panels, styled
from dlcourse.figures.style import BLUE, INK, MUTED, ORANGE, RED, TEAL, WIDE, set_alt
from dlcourse.network import Dense, Network, forward
from dlcourse.neuron import fire, weighted_sum
from dlcourse.regression import fit_line, fit_line_by_steps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

_REACH = 3  # of the plane of inputs, to each side


@styled
def neuron(
    *,
    inputs: Sequence[float] = (1, 0.5),
    weights: Sequence[float] = (0.8, -1.2),
    bias: float = 0.3,
    activation: str = "sigmoid",
) -> Axes:
    """Draw a neuron's plane: one input, the weights, and the line where the sum is zero.

    Parameters
    ----------
    inputs, weights : sequence of two floats
    bias : float
    activation : str
        As for `dlcourse.neuron.fire`.

    Raises
    ------
    InputError
        If there are not two inputs and two weights.

    Examples
    --------
    >>> neuron().get_xlabel()
    'input $x_1$'
    """
    for name, pair in (("inputs", inputs), ("weights", weights)):
        if len(validation.array(pair, name, "2")) != 2:
            raise InputError(f"`{name}` must be two numbers: got {len(pair)}.")
    bias = validation.number(bias, "bias")
    axes = canvas(None, 4.4, 3.9)
    z = float(weighted_sum(inputs, weights, bias))
    a = float(fire(inputs, weights, bias, activation=activation))
    steps = np.linspace(-_REACH, _REACH, 200)
    u, v = np.meshgrid(steps, steps)
    sums = u * weights[0] + v * weights[1] + bias
    if sums.min() < 0 < sums.max():
        axes.contourf(u, v, sums, [0, sums.max()], colors=[BLUE], alpha=0.18)
        axes.contour(u, v, sums, [0], colors=[INK], linewidths=2)
    axes.annotate(
        "",
        (weights[0], weights[1]),
        (0, 0),
        arrowprops={"arrowstyle": "-|>", "color": ORANGE, "lw": 2.5},
    )
    axes.plot(*inputs, "o", color=BLUE, markersize=11)
    for name, place in (("$x$", inputs), ("$w$", weights)):
        axes.annotate(name, (place[0], place[1]), textcoords="offset points", xytext=(9, 7))
    axes.set(xlim=(-_REACH, _REACH), ylim=(-_REACH, _REACH), aspect="equal")
    axes.set(xlabel="input $x_1$", ylabel="input $x_2$")
    axes.set_title(f"$z$ = {_number(z)},  $a$ = {_number(a)} ({activation})")
    side = "on" if z >= 0 else "off"
    set_alt(
        axes,
        "The plane of a neuron's two inputs. A straight line divides it; the side where the "
        f"weighted sum is positive is shaded. The input ({inputs[0]:g}, {inputs[1]:g}) lies {side} "
        f"the shaded side: its sum is {z:.3f}, the output {a:.3f}. The weights are an arrow from "
        f"the origin to ({weights[0]:g}, {weights[1]:g}), at right angles to the line.",
    )
    return axes


def _number(value: float) -> str:
    return f"{value:.3f}".replace("-", "\N{MINUS SIGN}")


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
    axes = host(WIDE, 3.4)
    first, last = panels(axes, 2, columns=2, gap=(0.3, 0))
    if inputs > 1:
        k = float(np.linalg.lstsq(np.column_stack([x, second, np.ones_like(x)]), t)[0][1])
        for panel, weight in ((first, 0.0), (last, k)):
            _landscape(panel, x, t - weight * second)
            panel.set_title(f"k = {_number(weight)}")
        last.set_ylabel("")
        set_alt(
            axes,
            "The loss over slope m and intercept c, drawn twice as lines of equal height: for two "
            f"values of a third weight, k = 0 and k = {k:.3f}. Both are long valleys, but they lie "
            "in different places: each is one slice through a bowl that has three dimensions.",
        )
        return axes
    steps = fit_line_by_steps(x, t, learning_rate=rate, n_steps=100)
    plotting.line_fit(
        x, t, slope=line.slope, intercept=line.intercept, axes=first,
        x_label="petal length (cm)", y_label="petal width (cm)",
    )  # fmt: skip
    _landscape(last, x, t)
    last.plot(steps.slopes, steps.intercepts, ".-", color=ORANGE)
    last.plot(line.slope, line.intercept, "x", color=TEAL, markersize=10, markeredgewidth=3)
    set_alt(
        axes,
        f"Left, 150 petals and the best line, with slope {line.slope:.3f} and intercept "
        f"{line.intercept:.3f}. Right, the loss over slope and intercept as lines of equal height: "
        "a long, narrow valley. A hundred steps begin at 0, 0, drop into the valley at once and "
        f"creep along it towards the cross where the formula points. Their loss is "
        f"{steps.losses[-1]:.3f}, the least possible {float(np.mean((line.predict(x) - t) ** 2)):.3f}.",
    )
    return axes


def _landscape(axes: Axes, x: np.ndarray, t: np.ndarray) -> None:
    """Draw the mean squared error of m x + c over m and c, as lines of equal height."""
    m, c = np.meshgrid(np.linspace(-0.3, 1.1, 120), np.linspace(-2, 2, 120))
    losses = ((m[..., None] * x + c[..., None] - t) ** 2).mean(axis=-1)
    heights = losses.min() + np.array([0.02, 0.1, 0.3, 0.7, 1.3, 2.2, 3.5, 6, 10, 16])
    axes.contour(m, c, losses, heights, colors=[BLUE], linewidths=1)
    axes.set(xlabel="slope m", ylabel="intercept c")


def backpropagation() -> Axes:
    """Draw the chapter's 2-2-1 network with its values, weights and gradients.

    Examples
    --------
    >>> len(backpropagation().patches)
    5
    """
    example = DOG_OR_CAT
    network = Network(
        (
            Dense(np.array(example.W1), np.array(example.b1), "sigmoid"),
            Dense(np.array(example.W2), np.array(example.b2), "sigmoid"),
        )
    )
    passed = forward(network, np.array([example.x]))
    slopes = backpropagate(network, passed, np.array([[example.t]]), loss="squared_error")
    return drawing.network(
        [2, 2, 1],
        layer_names=["inputs", "hidden neurons", "output"],
        inputs=["$x_1$", "$x_2$"],
        outputs=["dog?"],
        values=[example.x, passed.a[-2][0], passed.output[0]],
        gradients=[da[0] for da in slopes.da],
        weights=[example.W1, example.W2],
    )


def kernel(*, kernel: str = "sharpen") -> Axes:
    """Show the photo before and after a kernel.

    Parameters
    ----------
    kernel : str
        A name in `dlcourse.kernels`.

    Examples
    --------
    >>> len(kernel().child_axes)
    2
    """
    kernel = validation.choice(kernel, "kernel", kernels.KERNELS)
    from dlcourse.convolution import correlate2d  # noqa: PLC0415

    picture = photo.photo()
    result = correlate2d(picture, kernels.kernel(kernel), padding="mirror")
    return plotting.image_row([picture, np.clip(result, 0, 1)], ["before", f"after: {kernel}"])


def flowers() -> Axes:
    """Plot the irises' petals.

    Examples
    --------
    >>> flowers().get_xlabel()
    'petal length in cm'
    """
    data = irises.load()
    return plotting.scatter(
        data.X[:, 2:],
        data.y,
        names=data.species,
        x_label="petal length in cm",
        y_label="petal width in cm",
    )


def cnn() -> Axes:
    """Draw the layers of the network that reads handwriting."""
    return drawing.convolutional_network()


@styled
def digit_pad() -> Axes:
    """Show the ten pictures of our own, and what the robust network reads in each.

    Returns
    -------
    Axes
        Host of one panel a picture, in ``axes.child_axes``.

    Examples
    --------
    >>> len(digit_pad().child_axes)
    10
    """
    axes = host(WIDE, 2.75)
    details = []
    for panel, picture in zip(
        panels(axes, len(own_digits.PICTURES), columns=5, gap=(0.09, 0.36)),
        own_digits.PICTURES,
        strict=True,
    ):
        reading = reader.read(own_digits.path(picture.name))
        right = reading.digit == picture.digit
        article = "an" if reading.digit == 8 else "a"
        verdict = "no digit" if reading.digit is None else f"{article} {reading.digit}"
        panel.imshow(_square(own_digits.load_colour(picture.name)), interpolation="none")
        panel.set(xticks=[], yticks=[])
        for spine in panel.spines.values():
            spine.set(visible=True, color=MUTED)
        panel.set_xlabel(
            f"{'✓' if right else '✗'} {verdict}", color=TEAL if right else RED, weight="bold"
        )
        details.append(f"{picture.description}: {verdict}{'' if right else ', which is wrong'}")
    set_alt(axes, f"Ten pictures, and what a network reads in each. {'; '.join(details)}.")
    return axes


def _square(picture: np.ndarray, side: int = 132) -> np.ndarray:
    """Cut the middle square out of a picture, and shrink it."""
    from PIL import Image, ImageOps  # noqa: PLC0415

    return np.asarray(ImageOps.fit(Image.fromarray(picture), (side, side)))
