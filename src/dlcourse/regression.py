"""Fit a straight line to points: at once by a formula, or step by step.

Both look for the slope m and the intercept c of y = m x + c that make the mean squared
distance to the points least. A formula exists for lines; for networks there is none, and
the steps are what is left.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from dlcourse import argument_checks
from dlcourse.argument_checks import Floats
from dlcourse.errors import InputError


@dataclass(frozen=True)
class Line:
    """A straight line, y = slope · x + intercept.

    >>> Line(slope=2.0, intercept=1.0).predict([0.0, 3.0])
    array([1., 7.])
    """

    slope: float
    intercept: float

    def predict(self, x: ArrayLike) -> Floats:
        """Return the line's y for each x, any shape."""
        return self.slope * argument_checks.array(x, "x") + self.intercept


def fit_line(x: ArrayLike, y: ArrayLike) -> Line:
    """Find the least-squares line by its formula.

    slope = Σ (x − x̄)(y − ȳ) / Σ (x − x̄)², and the line goes through (x̄, ȳ). `x` and `y`, shape
    (n_samples,) each, have at least two different x, or `InputError` is raised.

    Source: T. Hastie, R. Tibshirani and J. Friedman, *The Elements of Statistical Learning*, 2nd
    edition, 2009, section 3.2.

    >>> fit_line([0.0, 1.0, 2.0], [1.0, 3.0, 5.0])
    Line(slope=2.0, intercept=1.0)
    """
    x, y = _points(x, y)
    dx, dy = x - x.mean(), y - y.mean()
    with np.errstate(all="ignore"):
        slope = dx @ dy / (dx @ dx)
        intercept = y.mean() - slope * x.mean()
    _require_finite([slope, intercept], "The line", "The x lie too close together; rescale them.")
    return Line(float(slope), float(intercept))


@dataclass(frozen=True, eq=False)
class LineSteps:
    """Every line on the way down, the start included, and its mean squared error.

    Each array has shape (n_steps + 1,).
    """

    slopes: Floats
    intercepts: Floats
    losses: Floats

    @property
    def line(self) -> Line:
        """The last line."""
        return Line(float(self.slopes[-1]), float(self.intercepts[-1]))


def fit_line_by_steps(
    x: ArrayLike, y: ArrayLike, *, learning_rate: float, n_steps: int
) -> LineSteps:
    """Walk from the line y = 0 towards the least-squares line, down the slope of the loss.

    With e = m x + c − y the loss is mean(e²), so ∂loss/∂m = 2 mean(e x) and ∂loss/∂c = 2 mean(e); m
    and c each move against theirs, times the `learning_rate`. `x` and `y` have shape (n_samples,)
    each. `InputError` is raised if there are fewer than two different x, or if the learning rate is
    so high that the line swings out further with every step.

    Source: A.-L. Cauchy, *Méthode générale pour la résolution des systèmes d'équations
    simultanées*, Comptes rendus 25, 1847.

    >>> steps = fit_line_by_steps([0, 1, 2], [1, 3, 5], learning_rate=0.2, n_steps=200)
    >>> round(steps.line.slope, 3), round(steps.line.intercept, 3), steps.losses[0].round(2)
    (2.0, 1.0, np.float64(11.67))
    """
    x, y = _points(x, y)
    learning_rate = argument_checks.number(learning_rate, "learning_rate", above=0)
    n_steps = argument_checks.count(n_steps, "n_steps")

    m = c = 0.0
    slopes, intercepts, losses = [m], [c], []
    with np.errstate(all="ignore"):
        for _ in range(n_steps):
            error = m * x + c - y
            losses.append(np.mean(error**2))
            m -= learning_rate * 2 * float(np.mean(error * x))
            c -= learning_rate * 2 * float(np.mean(error))
            slopes.append(m)
            intercepts.append(c)
        losses.append(np.mean((m * x + c - y) ** 2))
    _require_finite(losses, "The loss", "Try a tenth of the `learning_rate`, or rescale x.")
    return LineSteps(np.array(slopes), np.array(intercepts), np.array(losses))


def _points(x: ArrayLike, y: ArrayLike) -> tuple[Floats, Floats]:
    """Check two coordinates for each point, and that a line is determined."""
    x = argument_checks.array(x, "x", "n_samples")
    y = argument_checks.array(y, "y", "n_samples")
    argument_checks.same_length(x, "x", y, "y")
    if x.min() == x.max():
        raise InputError("`x` must hold at least two different numbers: a line needs two points.")
    return x, y


def _require_finite(result: ArrayLike, what: str, remedy: str) -> None:
    """Check that a result stayed finite; say what overflowed and what to do otherwise."""
    if not np.isfinite(result).all():
        raise InputError(f"{what} must stay finite: it grew beyond all bounds. {remedy}")
