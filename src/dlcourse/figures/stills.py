"""Still pictures, which replace interactive figures where there are no scripts.

The book's build calls the function that stands for an interactive figure in
``_publishing.figure_registry`` if a page gives no picture, with the figure's options as arguments.
"""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes

from dlcourse import argument_checks, ngrams
from dlcourse.argument_checks import Floats, Integers
from dlcourse.backpropagation import backpropagate
from dlcourse.data import course_text, irises, own_digits
from dlcourse.data.point_sets import point_set
from dlcourse.data.worked_example import DOG_OR_CAT
from dlcourse.dense_network import Dense, Network, forward, initialise, predict
from dlcourse.digits import reader
from dlcourse.errors import InputError
from dlcourse.figures import drawing, plotting
from dlcourse.figures.alt_text import described
from dlcourse.figures.axes_and_panels import bare_frame, canvas, panels
from dlcourse.figures.style import BLUE, INK, ORANGE, RED, TEAL, styled
from dlcourse.figures.wording import percent, with_minus_sign
from dlcourse.neuron import fire, weighted_sum
from dlcourse.optimisers import Adam, GradientDescent
from dlcourse.regression import fit_line, fit_line_by_steps
from dlcourse.training import fit

#: The neuron that the interactive figure begins with.
_WEIGHTS, _BIAS = (0.8, -1.2), 0.3
_REACH = 3  # of the plane of inputs, to each side
_NAMES = ["class 0", "class 1"]


@styled
def neuron(*, inputs: Sequence[float] = (1, 0.5), activation: str = "sigmoid") -> Axes:
    """Draw a neuron's plane: one input, the weights, and the line where the sum is zero."""
    if len(argument_checks.array(inputs, "inputs", "2")) != 2:
        raise InputError(f"`inputs` must be two numbers: got {len(inputs)}.")
    axes = canvas(None, 4.4, 3.9)
    z = float(weighted_sum(inputs, _WEIGHTS, _BIAS))
    a = float(fire(inputs, _WEIGHTS, _BIAS, activation=activation))
    steps = np.linspace(-_REACH, _REACH, 200)
    u, v = np.meshgrid(steps, steps)
    sums = u * _WEIGHTS[0] + v * _WEIGHTS[1] + _BIAS
    axes.contourf(u, v, sums, [0, sums.max()], colors=[BLUE], alpha=0.18)
    axes.contour(u, v, sums, [0], colors=[INK], linewidths=2)
    look = {"arrowstyle": "-|>", "color": ORANGE, "lw": 2.5}
    axes.annotate("", _WEIGHTS, (0, 0), arrowprops=look)
    axes.plot(*inputs, "o", color=BLUE, markersize=11)
    for name, place in (("$x$", inputs), ("$w$", _WEIGHTS)):
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
        f"the origin to ({_WEIGHTS[0]:g}, {_WEIGHTS[1]:g}), at right angles to the line.",
    )


def backpropagation() -> Axes:
    """Draw the chapter's 2-2-1 network with its values, weights and gradients."""
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


@styled
def language() -> Axes:
    """Show what a table of counts expects, in place of the figure ``language-model``."""
    beginning = "The n"
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


@styled
def digit_pad() -> Axes:
    """Show the ten pictures of our own, and what the robust network reads in each."""
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


@styled
def line_and_bowl(*, inputs: float = 1, rate: float = 0.03) -> Axes:
    """Draw the loss of a line through the petals over slope and intercept, with a hundred steps.

    With two inputs, the sepal's length has a weight of its own, and the landscape is drawn for two
    values of that weight; `rate` is the learning rate of the steps.
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
    if steps.losses[-1] > steps.losses[0]:
        raise InputError(f"`rate` must be so small that the loss falls: got {rate:g}.")
    plotting.line_fit(
        x, t, slope=line.slope, intercept=line.intercept, axes=first,
        x_label="petal length (cm)", y_label="petal width (cm)",
    )  # fmt: skip
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
def trainer(*, settings: str = "crescents-100-0.25-0-4-tanh-adam-0.05-10") -> Axes:
    """Train the network that the interactive figure begins with; show its border and hidden space.

    The settings are point set, number of points, noise, seed, hidden neurons (such as ``2`` or
    ``4x4``), activation, optimiser (``adam`` or ``sgd``), learning rate and batch size.
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
    """Plot the last hidden layer: across, what the output weighs; up, what differs most."""
    output = network.layers[-1]
    hidden = forward(network, X).a[-2]
    weights, bias = output.W[:, 1] - output.W[:, 0], output.b[1] - output.b[0]
    length = float(np.linalg.norm(weights))
    across = hidden @ (weights / length)
    rest = hidden - np.outer(across, weights / length)
    up = (rest - rest.mean(axis=0)) @ np.linalg.svd(rest - rest.mean(axis=0))[2][0]
    plotting.scatter(
        np.column_stack([across, up]),
        y,
        names=_NAMES,
        x_label="what the output weighs",
        y_label="what differs most besides",
        axes=axes,
    )
    _remove_legend(axes)
    limits = {"xlim": axes.get_xlim(), "ylim": axes.get_ylim()}
    axes.axline((-bias / length, 0), (-bias / length, length), color=INK, linewidth=2)
    axes.set(title="hidden space", **limits)
