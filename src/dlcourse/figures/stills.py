"""Still pictures, which replace interactive figures where there are no scripts.

One function for each interactive figure; three of them are in `stills_of_training`. The book's
build calls it if a page gives no picture.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dlcourse import argument_checks, image_kernels, ngrams
from dlcourse.backpropagation import backpropagate
from dlcourse.data import course_text, irises, own_digits, photo
from dlcourse.data.worked_example import DOG_OR_CAT
from dlcourse.dense_network import Dense, Network, forward
from dlcourse.digits import reader
from dlcourse.errors import InputError
from dlcourse.figures import drawing, plotting
from dlcourse.figures.alt_text import described
from dlcourse.figures.axes_and_panels import bare_frame, canvas, panels, styled
from dlcourse.figures.stills_of_training import cure, line_and_bowl, trainer
from dlcourse.figures.style import BLUE, INK, ORANGE, RED, TEAL
from dlcourse.figures.wording import with_minus_sign
from dlcourse.neuron import fire, weighted_sum

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

__all__ = [
    "backpropagation",
    "cnn",
    "cure",
    "digit_pad",
    "flowers",
    "kernel",
    "language",
    "line_and_bowl",
    "neuron",
    "trainer",
]

_PAIRS = ((0, 0), (0, 1), (1, 0), (1, 1))
_TARGETS = {"none": (), "or": (0, 1, 1, 1), "and": (0, 0, 0, 1), "xor": (0, 1, 1, 0)}
_REACH = 3  # of the plane of inputs, to each side


@styled
def neuron(
    *,
    inputs: Sequence[float] = (1, 0.5),
    weights: Sequence[float] = (0.8, -1.2),
    bias: float = 0.3,
    activation: str = "sigmoid",
    targets: str = "none",
) -> Axes:
    """Draw a neuron's plane: one input, the weights, and the line where the sum is zero.

    Parameters
    ----------
    inputs, weights : sequence of two floats
    bias : float
    activation : str
        As for `dlcourse.neuron.fire`.
    targets : str
        "or", "and" or "xor" marks the four pairs of 0 and 1, full where the target is 1.

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
        if len(argument_checks.array(pair, name, "2")) != 2:
            raise InputError(f"`{name}` must be two numbers: got {len(pair)}.")
    bias = argument_checks.number(bias, "bias")
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
    wanted = _TARGETS[argument_checks.choice(targets, "targets", _TARGETS)]
    for pair, target in zip(_PAIRS, wanted, strict=False):
        axes.plot(*pair, "o", color=INK, fillstyle="full" if target else "none", markersize=8)
    axes.plot(*inputs, "o", color=BLUE, markersize=11)
    for name, place in (("$x$", inputs), ("$w$", weights)):
        axes.annotate(name, (place[0], place[1]), textcoords="offset points", xytext=(9, 7))
    axes.set(xlim=(-_REACH, _REACH), ylim=(-_REACH, _REACH), aspect="equal")
    axes.set(xlabel="input $x_1$", ylabel="input $x_2$")
    axes.set_title(with_minus_sign(f"$z$ = {z:.3f},  $a$ = {a:.3f} ({activation})"))
    side = "on" if z >= 0 else "off"
    return described(
        axes,
        "The plane of a neuron's two inputs. A straight line divides it; the side where the "
        f"weighted sum is positive is shaded. The input ({inputs[0]:g}, {inputs[1]:g}) lies {side} "
        f"the shaded side: its sum is {z:.3f}, the output {a:.3f}. The weights are an arrow from "
        f"the origin to ({weights[0]:g}, {weights[1]:g}), at right angles to the line."
        + (f" Four points stand for the target {targets}." if wanted else ""),
    )


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
        A name in `dlcourse.image_kernels`.

    Examples
    --------
    >>> len(kernel().child_axes)
    2
    """
    kernel = argument_checks.choice(kernel, "kernel", image_kernels.KERNELS)
    from dlcourse.convolution import correlate2d  # noqa: PLC0415

    picture = photo.photo()
    result = correlate2d(picture, image_kernels.kernel(kernel), padding="mirror")
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


@styled
def language(*, beginning: str = "The netw") -> Axes:
    """Show which characters a table of counts expects after a beginning.

    Parameters
    ----------
    beginning : str
        Characters of the book's alphabet.

    Examples
    --------
    >>> language().get_xlabel()
    'probability'
    """
    book = course_text.load()
    counts = ngrams.count(book.training, n_before=4, n_characters=len(book.alphabet))
    p = ngrams.probabilities(counts, book.encode(beginning).tolist())
    likeliest = p.argsort()[:-7:-1]
    characters = [book.alphabet[code] for code in likeliest]
    names = ["space" if one == " " else repr(one).strip("'") for one in characters]
    axes = canvas(None, 4.4, 2.6)
    axes.barh(names, p[likeliest], color=BLUE)
    axes.invert_yaxis()
    axes.set(xlabel="probability", xlim=(0, 1), title=f"What comes after “{beginning}”?")
    details = ", ".join(
        f"{name} {share:.2f}" for name, share in zip(names, p[likeliest], strict=True)
    )
    return described(
        axes,
        f"Bars: the likeliest characters after “{beginning}”, by a table of counts: {details}.",
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
    axes, grid = panels(2.75, 10, columns=5, gap=(0.09, 0.36))
    details = []
    for panel, picture in zip(grid, own_digits.PICTURES, strict=True):
        reading = reader.read(own_digits.path(picture.name))
        right = reading.digit == picture.digit
        article = "an" if reading.digit == 8 else "a"
        verdict = "no digit" if reading.digit is None else f"{article} {reading.digit}"
        panel.imshow(_square(own_digits.load_colour(picture.name)), interpolation="none")
        bare_frame(panel)
        panel.set_xlabel(
            f"{'✓' if right else '✗'} {verdict}", color=TEAL if right else RED, weight="bold"
        )
        details.append(f"{picture.description}: {verdict}{'' if right else ', which is wrong'}")
    return described(axes, f"Ten pictures, and what a network reads in each. {'; '.join(details)}.")


def _square(picture: np.ndarray) -> np.ndarray:
    """Cut the middle square out of a picture, and shrink it to 132 pixels a side."""
    from PIL import Image, ImageOps  # noqa: PLC0415

    return np.asarray(ImageOps.fit(Image.fromarray(picture), (132, 132)))
