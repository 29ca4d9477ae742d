"""A straight line through points: the fit, the way to it, and the loss as a landscape."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dlcourse import validation as check
from dlcourse.errors import InputError
from dlcourse.figures.common import array, canvas, listing, minus, number, same_length, styled
from dlcourse.figures.style import BLUE, INK, LINES, MUTED, ORANGE, TEAL, WIDE, set_alt
from dlcourse.regression import fit_line

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from numpy.typing import ArrayLike, NDArray


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

    Parameters
    ----------
    x, y : array_like, shape (n_samples,)
        The points.
    slope, intercept : float
        The line y = slope · x + intercept.
    x_label, y_label : str
        Quantity and unit of each axis.
    axes : Axes, optional
        Where to draw.

    Returns
    -------
    Axes

    Raises
    ------
    InputError
        If the lengths differ or a value is not finite.

    Examples
    --------
    >>> axes = line_fit([0, 1, 2], [1, 3, 5], slope=2, intercept=1)
    >>> axes.get_legend().get_texts()[0].get_text()
    'y = 2 x + 1'
    """
    x, y = _points(x, y)
    m, c = check.number(slope, "slope"), check.number(intercept, "intercept")
    x_label, y_label = check.text(x_label, "x_label"), check.text(y_label, "y_label")
    axes = canvas(axes, WIDE, 3.5)
    axes.vlines(x, y, m * x + c, color=MUTED, linewidth=1)
    ends = np.array([x.min(), x.max()])
    equation = _equation(m, c)
    axes.plot(ends, m * ends + c, color=ORANGE, linestyle="-", label=equation)
    axes.plot(x, y, color=BLUE, linestyle="none", marker="o")
    axes.set(xlabel=x_label, ylabel=y_label)
    axes.legend()
    loss = float(np.mean((m * x + c - y) ** 2))
    set_alt(
        axes,
        f"{len(x)} points of {y_label} against {x_label} and the line {equation} through them. "
        f"Short vertical lines join each point to the line; "
        f"the mean of their squared lengths is {number(loss)}.",
    )
    return axes


def _points(x: ArrayLike, y: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    x, y = array("x", x, ndim=1), array("y", y, ndim=1)
    same_length(x=x, y=y)
    return x, y


def _path(
    slopes: ArrayLike, intercepts: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    m, c = array("slopes", slopes, ndim=1), array("intercepts", intercepts, ndim=1)
    same_length(slopes=m, intercepts=c)
    return m, c


def _equation(m: float, c: float) -> str:
    return f"y = {minus(number(m))} x {minus('-') if c < 0 else '+'} {number(abs(c))}"


@styled
def line_steps(
    x: ArrayLike,
    y: ArrayLike,
    *,
    slopes: ArrayLike,
    intercepts: ArrayLike,
    show: ArrayLike | None = None,
    x_label: str = "x",
    y_label: str = "y",
    axes: Axes | None = None,
) -> Axes:
    """Plot points and the lines that gradient steps went through.

    Parameters
    ----------
    x, y : array_like, shape (n_samples,)
        The points.
    slopes, intercepts : array_like, shape (n_steps + 1,)
        The line before the first step, and after each.
    show : array_like of int, optional
        Up to five steps to draw; by default the start, the end and some early ones.
    x_label, y_label : str
        Quantity and unit of each axis.
    axes : Axes, optional
        Where to draw.

    Returns
    -------
    Axes

    Raises
    ------
    InputError
        If lengths differ or `show` names a step that is not there.

    Examples
    --------
    >>> axes = line_steps([0, 1], [0, 1], slopes=[0, 0.5, 1], intercepts=[0, 0, 0])
    >>> [text.get_text() for text in axes.get_legend().get_texts()]
    ['step 0', 'step 1', 'step 2']
    """
    x, y = _points(x, y)
    m, c = _path(slopes, intercepts)
    last = len(m) - 1
    chosen = (
        sorted({0, 1, min(3, last), min(10, last), last} & set(range(last + 1)))
        if show is None
        else array("show", show, ndim=1).astype(int).tolist()
    )
    if len(chosen) > 5 or min(chosen) < 0 or max(chosen) > last:
        raise InputError(f"`show` must hold up to 5 steps from 0 to {last}: got {chosen}.")
    x_label, y_label = check.text(x_label, "x_label"), check.text(y_label, "y_label")
    axes = canvas(axes, WIDE, 3.7)
    axes.plot(x, y, color=BLUE, linestyle="none", marker="o")
    ends = np.array([x.min(), x.max()])
    for rank, step in enumerate(chosen):
        final = step == chosen[-1]
        axes.plot(
            ends,
            m[step] * ends + c[step],
            color=ORANGE if final else MUTED,
            linestyle="-" if final else LINES[1 + rank % 4],
            linewidth=2 if final else 1.5,
            label=f"step {step}",
        )
    axes.set(xlabel=x_label, ylabel=y_label)
    axes.legend()
    told = listing(f"after step {s} y = {_equation(m[s], c[s])[4:]}" for s in chosen)
    set_alt(axes, f"{len(x)} points and the lines that gradient steps went through: {told}.")
    return axes


@styled
def loss_surface(
    x: ArrayLike,
    y: ArrayLike,
    *,
    slopes: ArrayLike,
    intercepts: ArrayLike,
    axes: Axes | None = None,
) -> Axes:
    """Plot the squared loss over slope and intercept, and the path of gradient steps on it.

    Parameters
    ----------
    x, y : array_like, shape (n_samples,)
        The points.
    slopes, intercepts : array_like, shape (n_steps + 1,)
        The path.
    axes : Axes, optional
        Where to draw.

    Returns
    -------
    Axes

    Raises
    ------
    InputError
        If lengths differ, or all `x` are the same.

    Examples
    --------
    >>> axes = loss_surface([0, 1, 2], [1, 3, 5], slopes=[0, 1], intercepts=[0, 0.5])
    >>> axes.get_xlabel(), axes.get_ylabel()
    ('slope m', 'intercept c')
    """
    x, y = _points(x, y)
    m, c = _path(slopes, intercepts)
    line = fit_line(x, y)
    best_m, best_c = line.slope, line.intercept
    # Wide enough for the path, and for the bowl to be seen.
    half_m = 1.15 * max(np.abs(m - best_m).max(), 0.1 * abs(best_m), 1e-3)
    half_c = 1.15 * max(np.abs(c - best_c).max(), 0.1 * abs(best_c), 1e-3)
    M, C = np.meshgrid(
        best_m + half_m * np.linspace(-1, 1, 121), best_c + half_c * np.linspace(-1, 1, 121)
    )
    loss = np.mean((M[..., None] * x + C[..., None] - y) ** 2, axis=-1)  # (121, 121)
    axes = canvas(axes, WIDE, 3.9)
    levels = loss.min() + (loss.max() - loss.min()) * np.linspace(0.03, 1, 10) ** 2
    axes.contour(M, C, loss, levels=levels, colors=TEAL, linewidths=1)
    axes.plot(m, c, color=ORANGE, linestyle="-", linewidth=1.5, marker="o", markersize=4)
    axes.plot(best_m, best_c, color=INK, linestyle="none", marker="X", markersize=9)
    axes.annotate(
        "lowest loss", (best_m, best_c), xytext=(9, -4), textcoords="offset points", va="top"
    )
    axes.annotate("start", (m[0], c[0]), xytext=(8, 6), textcoords="offset points")
    axes.set(xlabel="slope m", ylabel="intercept c")
    set_alt(
        axes,
        f"Contour lines of the loss over slope and intercept: a valley with its lowest point at "
        f"slope {number(best_m)}, intercept {number(best_c)}. A path of {len(m) - 1} steps leads "
        f"from slope {number(m[0])}, intercept {number(c[0])} "
        f"to slope {number(m[-1])}, intercept {number(c[-1])}.",
    )
    return axes
