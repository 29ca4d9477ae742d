"""One artificial neuron: a weighted sum, an activation, and how it learns.

A neuron multiplies each input by a weight, adds the products and a bias, and lets an
activation function decide how strongly it fires: a = f(Σ xᵢwᵢ + b).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from dlcourse import argument_checks
from dlcourse.activations import ACTIVATIONS, Activation
from dlcourse.argument_checks import Floats
from dlcourse.errors import InputError
from dlcourse.losses import squared_error, squared_error_derivative


def weighted_sum(x: ArrayLike, w: ArrayLike, b: float = 0.0) -> Floats:
    """Add up the inputs, each times its weight, and the bias: z = Σ xᵢwᵢ + b.

    The bias moves the point at which the neuron fires. Without it every neuron would have to give
    f(0) for an input of zeros. Inputs `x` are those of one sample, shape (n_features,), or of many,
    (n_samples, n_features); weights `w` have shape (n_features,). There is one number for each
    sample.

    >>> float(weighted_sum([1.0, 2.0], [0.5, -0.25], 0.125))
    0.125
    """
    x, w, b = _checked(x, w, b)
    return x @ w + b


def fire(x: ArrayLike, w: ArrayLike, b: float = 0.0, *, activation: str = "sigmoid") -> Floats:
    """Return the neuron's output: the activation of its weighted sum, one number for each sample.

    Arguments are those of `weighted_sum`, and a name in `dlcourse.activations.ACTIVATIONS`; not
    softmax, which needs a layer.

    Source: F. Rosenblatt, *The perceptron: a probabilistic model for information storage and
    organization in the brain*, Psychological Review 65, 1958.

    >>> float(fire([1.0, 2.0], [0.5, -0.25]))
    0.5
    """
    return _activation(activation).value(weighted_sum(x, w, b))


@dataclass(frozen=True, eq=False)
class NeuronStep:
    """One step of learning with everything it computed on the way.

    Weighted sum `z` and output `a`, a number for each sample, and the squared error `loss` are
    those before the step. `dw`, shape (n_features,), and `db` are the slope of the loss with
    respect to each weight and the bias; `w` and `b` are weights and bias after the step.
    """

    z: Floats
    a: Floats
    loss: float
    dw: Floats
    db: float
    w: Floats
    b: float


def learn(
    x: ArrayLike,
    t: ArrayLike,
    w: ArrayLike,
    b: float,
    *,
    activation: str = "sigmoid",
    learning_rate: float,
) -> NeuronStep:
    """Take one step down the slope of the squared error.

    The chain rule, factor by factor, for one sample: loss = (a − t)², so

    ∂loss/∂wᵢ = 2 (a − t) · f′(z) · xᵢ and ∂loss/∂b = 2 (a − t) · f′(z).

    Each weight then moves against its slope, times the `learning_rate`. Several samples are
    averaged. Inputs `x` and weights are those of `fire`; `t` is what the output ought to be, a
    number, or shape (n_samples,).

    Source: B. Widrow and M. E. Hoff, *Adaptive switching circuits*, IRE WESCON, 1960.

    >>> step = learn([1.0, 2.0], 1.0, [0.0, 0.0], 0.0, activation="linear", learning_rate=0.1)
    >>> step.loss, step.dw, step.w
    (1.0, array([-2., -4.]), array([0.2, 0.4]))
    """
    x, w, b = _checked(x, w, b)
    t = argument_checks.array(t, "t", "", "n_samples")
    learning_rate = argument_checks.number(learning_rate, "learning_rate", above=0)
    f = _activation(activation)

    z = np.asarray(x @ w + b)
    a = np.asarray(f.value(z))
    argument_checks.same_shape(a, "the neuron's output", t, "t")

    da = squared_error_derivative(a, t)
    dz = da * f.derivative(z)
    dw = x.T @ dz if x.ndim == 2 else x * dz
    db = float(np.sum(dz))
    return NeuronStep(
        z=z[()],
        a=a[()],
        loss=squared_error(a, t),
        dw=dw,
        db=db,
        w=w - learning_rate * dw,
        b=b - learning_rate * db,
    )


def _checked(x: ArrayLike, w: ArrayLike, b: float) -> tuple[Floats, Floats, float]:
    """Check inputs with a weight for each, and the bias."""
    inputs: Floats = argument_checks.array(x, "x", "n_features", "n_samples n_features")
    weights: Floats = argument_checks.array(w, "w", "n_features")
    if inputs.shape[-1] != len(weights):
        raise InputError(
            f"`w` must hold one weight for each input: "
            f"got {len(weights)} weights, {inputs.shape[-1]} inputs."
        )
    return inputs, weights, argument_checks.number(b, "b")


def _activation(name: str) -> Activation:
    """Look up an activation that a single neuron can have."""
    alone = [key for key, activation in ACTIVATIONS.items() if activation.elementwise]
    return ACTIVATIONS[argument_checks.choice(name, "activation", alone)]
