"""Optimisers: what turns gradients into steps.

Backpropagation says how the loss changes with each weight; an optimiser decides how far to go.
To an optimiser a network is one long vector of parameters, θ in the papers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from dlcourse import argument_checks
from dlcourse.argument_checks import Floats
from dlcourse.errors import InputError


class Optimiser(Protocol):
    """What turns gradients into steps. Its state is what it remembers between steps."""

    def start(self, theta: Floats) -> tuple[Floats, ...]:
        """Return the state before the first step."""

    def step(
        self, theta: Floats, gradient: Floats, state: tuple[Floats, ...]
    ) -> tuple[Floats, tuple[Floats, ...]]:
        """Return the parameters and the state after one more step."""


@dataclass(frozen=True)
class GradientDescent:
    """Go straight down the slope: θ ← θ − learning_rate · ∂loss/∂θ.

    Over minibatches this is stochastic gradient descent (SGD).

    >>> GradientDescent(0.1).step(np.array([1.0]), np.array([2.0]), ())[0]
    array([0.8])
    """

    learning_rate: float

    def __post_init__(self) -> None:
        """Check the learning rate."""
        argument_checks.number(self.learning_rate, "learning_rate", above=0)

    def start(self, theta: Floats) -> tuple[Floats, ...]:
        """Remember nothing."""
        argument_checks.array(theta, "theta")
        return ()

    def step(
        self, theta: Floats, gradient: Floats, state: tuple[Floats, ...] = ()
    ) -> tuple[Floats, tuple[Floats, ...]]:
        """Take one step."""
        theta, gradient = _check_step(theta, gradient)
        return theta - self.learning_rate * gradient, state


@dataclass(frozen=True)
class Adam:
    """Adaptive moments: a step of about the same size for every parameter.

    Two running means are kept: m of the gradient, v of its square. The step follows m, divided by
    √v, so a parameter whose slope is always small moves as fast as one whose slope is large. Both
    means start at 0 and are corrected for that.

    Each parameter moves about `learning_rate` in a step; `beta_1` and `beta_2` say how much of the
    running means is kept. `epsilon` keeps the division safe: the paper (and we) use 1e-8 outside
    the root; Keras uses 1e-7.

    Source: D. P. Kingma and J. Ba, *Adam: a method for stochastic optimization*, ICLR 2015,
    algorithm 1.

    The first step is the learning rate, whatever the slope:

    >>> adam, theta = Adam(0.1), np.array([1.0, 1.0])
    >>> adam.step(theta, np.array([0.001, 1000.0]), adam.start(theta))[0].round(3)
    array([0.9, 0.9])
    """

    learning_rate: float = 0.001
    beta_1: float = 0.9
    beta_2: float = 0.999
    epsilon: float = 1e-8

    def __post_init__(self) -> None:
        """Check the settings."""
        argument_checks.number(self.learning_rate, "learning_rate", above=0)
        argument_checks.number(self.beta_1, "beta_1", at_least=0, below=1)
        argument_checks.number(self.beta_2, "beta_2", at_least=0, below=1)
        argument_checks.number(self.epsilon, "epsilon", above=0)

    def start(self, theta: Floats) -> tuple[Floats, ...]:
        """Remember a mean of 0, a mean square of 0 and no step yet."""
        theta = argument_checks.array(theta, "theta")
        return np.zeros_like(theta), np.zeros_like(theta), np.array(0.0)

    def step(
        self, theta: Floats, gradient: Floats, state: tuple[Floats, ...]
    ) -> tuple[Floats, tuple[Floats, ...]]:
        """Take one step: the body of the loop in algorithm 1, line by line."""
        theta, g = _check_step(theta, gradient)
        _require_moments(state, theta)
        m, v, t = state
        t = t + 1
        m = self.beta_1 * m + (1 - self.beta_1) * g
        v = self.beta_2 * v + (1 - self.beta_2) * g**2
        m_hat = m / (1 - self.beta_1**t)
        v_hat = v / (1 - self.beta_2**t)
        theta = theta - self.learning_rate * m_hat / (np.sqrt(v_hat) + self.epsilon)
        return theta, (m, v, t)


def _check_step(theta: Floats, gradient: Floats) -> tuple[Floats, Floats]:
    """Check that there is a slope for each parameter."""
    theta = argument_checks.array(theta, "theta")
    gradient = argument_checks.array(gradient, "gradient")
    argument_checks.same_shape(theta, "theta", gradient, "gradient")
    return theta, gradient


def _require_moments(state: object, theta: Floats) -> None:
    """Check that Adam's state was made for these parameters: broadcasting would hide a slip."""
    got = [np.shape(part) for part in state] if isinstance(state, tuple) else None
    if got != [theta.shape, theta.shape, ()]:
        raise InputError(
            "`state` must be what `start` or the last `step` returned for this `theta`, "
            f"shape {theta.shape}: got shapes {got}. Call `start` first."
        )
