"""Linear regression: points, a line through them, and the lines that gradient steps go through."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from dlcourse import argument_checks
from dlcourse.argument_checks import Floats
from dlcourse.errors import InputError
from dlcourse.figures.alt_text import described
from dlcourse.figures.axes_and_panels import canvas
from dlcourse.figures.style import BLUE, LINES, MUTED, ORANGE, PALETTE, WIDE, styled
from dlcourse.figures.wording import listing, spoken, with_minus_sign


@styled
def line_fit(
    x: ArrayLike,
    y: ArrayLike,
    *,
    slope: float,
    intercept: float,
    x_label: str = "x",
    y_label: str = "y",
    axes: Axes | None = None,
) -> Axes:
    """Plot points, a line through them, and the distances that the loss squares.

    `x` and `y` are the points, shape (n_samples,) each; the line is y = slope · x + intercept.

    >>> axes = line_fit([0, 1, 2], [1, 3, 5], slope=2, intercept=1)
    >>> axes.get_legend().get_texts()[0].get_text()
    'y = 2 x + 1'
    """
    x, y = _pair(x, "x", y, "y")
    m, c = argument_checks.number(slope, "slope"), argument_checks.number(intercept, "intercept")
    axes = canvas(axes, WIDE, 3.5)
    axes.vlines(x, y, m * x + c, color=MUTED, linewidth=1)
    ends = np.array([x.min(), x.max()])
    equation = _equation(m, c)
    axes.plot(ends, m * ends + c, color=ORANGE, linestyle="-", label=equation)
    axes.plot(x, y, color=BLUE, linestyle="none", marker="o")
    axes.set(xlabel=x_label, ylabel=y_label)
    axes.legend()
    loss = float(np.mean((m * x + c - y) ** 2))
    return described(
        axes,
        f"{len(x)} points of {y_label} against {x_label} and the line {equation} through them. "
        f"Short vertical lines join each point to the line; "
        f"the mean of their squared lengths is {spoken(loss)}.",
    )


def _pair(u: ArrayLike, u_name: str, v: ArrayLike, v_name: str) -> tuple[Floats, Floats]:
    """Return two arrays of as many numbers as each other."""
    first, second = argument_checks.array(u, u_name, "n"), argument_checks.array(v, v_name, "n")
    argument_checks.same_length(first, u_name, second, v_name)
    return first, second


def _equation(m: float, c: float) -> str:
    sign = with_minus_sign("-") if c < 0 else "+"
    return f"y = {with_minus_sign(spoken(m))} x {sign} {spoken(abs(c))}"


@styled
def line_steps(
    x: ArrayLike,
    y: ArrayLike,
    *,
    slopes: ArrayLike,
    intercepts: ArrayLike,
    show: ArrayLike,
    x_label: str = "x",
    y_label: str = "y",
) -> Axes:
    """Plot points and the lines that gradient steps went through.

    `x` and `y` are the points, shape (n_samples,) each. `slopes` and `intercepts` are those of the
    line before the first step and after each, shape (n_steps + 1,); `show` names up to five steps
    to draw.

    >>> axes = line_steps([0, 1], [0, 1], slopes=[0, 0.5, 1], intercepts=[0, 0, 0], show=[0, 2])
    >>> [text.get_text() for text in axes.get_legend().get_texts()]
    ['step 0', 'step 2']
    """
    x, y = _pair(x, "x", y, "y")
    m, c = _pair(slopes, "slopes", intercepts, "intercepts")
    last = len(m) - 1
    numbers = argument_checks.array(show, "show", "n").tolist()
    chosen = [int(step) for step in numbers]
    if len(chosen) > 5 or chosen != numbers or min(chosen) < 0 or max(chosen) > last:
        raise InputError(f"`show` must hold up to 5 steps from 0 to {last}: got {numbers}.")
    axes = canvas(None, WIDE, 3.7)
    axes.plot(x, y, color=BLUE, linestyle="none", marker="o")
    ends = np.array([x.min(), x.max()])
    for rank, step in enumerate(chosen):
        final = step == chosen[-1]
        axes.plot(
            ends,
            m[step] * ends + c[step],
            color=ORANGE if final else PALETTE[2 + rank],
            linestyle="-" if final else LINES[1 + rank % 4],
            linewidth=2 if final else 1.5,
            label=f"step {step}",
        )
    axes.set(xlabel=x_label, ylabel=y_label)
    axes.legend()
    details = listing(f"after step {s} {_equation(m[s], c[s])}" for s in chosen)
    return described(
        axes, f"{len(x)} points and the lines that gradient steps went through: {details}."
    )
