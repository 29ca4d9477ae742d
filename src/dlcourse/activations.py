"""Activation functions: what a neuron does with its weighted sum.

Each function stands above its derivative, the local slope that backpropagation
multiplies by. All of them take finite numbers of any shape, else they raise `InputError`, and
return as many; each number goes its own way, except in softmax, which turns the last axis into
probabilities and so has a Jacobian.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from dlcourse import argument_checks
from dlcourse.argument_checks import Floats
from dlcourse.errors import InputError


def linear(z: ArrayLike) -> Floats:
    """Pass the weighted sum on as it is, f(z) = z.

    >>> linear([-2.0, 3.0])
    array([-2.,  3.])
    """
    return _number_or_array(np.array(argument_checks.array(z, "z")))


def linear_derivative(z: ArrayLike) -> Floats:
    """Return the slope of `linear`: 1 everywhere.

    >>> linear_derivative([-2.0, 3.0])
    array([1., 1.])
    """
    return _number_or_array(np.ones_like(argument_checks.array(z, "z")))


def step(z: ArrayLike) -> Floats:
    """Fire or stay silent: 1 where z ≥ 0, else 0.

    Textbooks differ about the value at exactly 0; here the neuron fires.

    Source: W. S. McCulloch and W. Pitts, *A logical calculus of the ideas immanent in nervous
    activity*, Bulletin of Mathematical Biophysics 5, 1943.

    >>> step([-0.1, 0.0, 0.1])
    array([0., 1., 1.])
    """
    z = argument_checks.array(z, "z")
    return _number_or_array(np.where(z >= 0, 1.0, 0.0))


def step_derivative(z: ArrayLike) -> Floats:
    """Return the slope of `step`: 0 wherever it has one.

    At z = 0 the step has no slope; 0 stands in for it. A slope of 0 is why a network of
    steps cannot be trained by following gradients.

    >>> step_derivative([-0.1, 0.0, 0.1])
    array([0., 0., 0.])
    """
    return _number_or_array(np.zeros_like(argument_checks.array(z, "z")))


def sigmoid(z: ArrayLike) -> Floats:
    """Squash any number smoothly into 0…1: 1 / (1 + e⁻ᶻ).

    Only powers of e that are at most 1 are computed, so that no z overflows.

    >>> sigmoid([-1000.0, 0.0, 1000.0])
    array([0. , 0.5, 1. ])
    """
    z = argument_checks.array(z, "z")
    decay = np.exp(-np.abs(z))  # e⁻ᶻ for z ≥ 0, eᶻ for z < 0
    return _number_or_array(np.where(z >= 0, 1.0, decay) / (1.0 + decay))


def sigmoid_derivative(z: ArrayLike) -> Floats:
    """Return the slope of `sigmoid`: σ(z) (1 − σ(z)), at most ¼.

    >>> sigmoid_derivative([-1000.0, 0.0, 1000.0])
    array([0.  , 0.25, 0.  ])
    """
    z = argument_checks.array(z, "z")
    decay = np.exp(-np.abs(z))
    return _number_or_array(decay / (1.0 + decay) ** 2)


def tanh(z: ArrayLike) -> Floats:
    """Squash any number smoothly into −1…1: the hyperbolic tangent.

    >>> tanh([-1000.0, 0.0, 1000.0])
    array([-1.,  0.,  1.])
    """
    return _number_or_array(np.tanh(argument_checks.array(z, "z")))


def tanh_derivative(z: ArrayLike) -> Floats:
    """Return the slope of `tanh`: 1 − tanh²(z), at most 1.

    >>> tanh_derivative([-1000.0, 0.0, 1000.0])
    array([0., 1., 0.])
    """
    return _number_or_array(1.0 - np.tanh(argument_checks.array(z, "z")) ** 2)


def relu(z: ArrayLike) -> Floats:
    """Return z where it is positive, else 0: the rectified linear unit.

    Source: V. Nair and G. E. Hinton, *Rectified linear units improve restricted Boltzmann
    machines*, ICML 2010.

    >>> relu([-2.0, 0.0, 3.0])
    array([0., 0., 3.])
    """
    return _number_or_array(np.maximum(argument_checks.array(z, "z"), 0.0))


def relu_derivative(z: ArrayLike) -> Floats:
    """Return the slope of `relu`: 1 where z > 0, else 0.

    At z = 0 there is a kink and no slope; like TensorFlow, we say 0.

    >>> relu_derivative([-2.0, 0.0, 3.0])
    array([0., 0., 1.])
    """
    z = argument_checks.array(z, "z")
    return _number_or_array(np.where(z > 0, 1.0, 0.0))


def softmax(z: ArrayLike) -> Floats:
    """Turn scores into probabilities: eᶻⁱ / Σ eᶻʲ over the last axis.

    Scores (logits) have shape (…, n_classes), and so have the probabilities, whose last axis sums
    to 1. The largest score is subtracted first: it cancels, and e cannot overflow.

    Source: J. S. Bridle, *Probabilistic interpretation of feedforward classification network
    outputs*, Neurocomputing, 1990.

    >>> softmax([1000.0, 1000.0])
    array([0.5, 0.5])
    """
    z = argument_checks.array(z, "z")
    if z.ndim == 0:
        raise InputError("`z` must have shape (…, n_classes): got a single number.")
    powers = np.exp(z - z.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True))


def softmax_jacobian(z: ArrayLike) -> Floats:
    """Return all slopes of `softmax`: ∂pᵢ/∂zⱼ = pᵢ (δᵢⱼ − pⱼ).

    Raising one score lowers every other probability: a symmetric matrix for each row of scores,
    shape (…, n_classes, n_classes), and each row of it sums to 0.

    >>> softmax_jacobian([0.0, 0.0])
    array([[ 0.25, -0.25],
           [-0.25,  0.25]])
    """
    p = softmax(z)
    identity = np.eye(p.shape[-1])
    return np.asarray(p[..., :, None] * (identity - p[..., None, :]))


@dataclass(frozen=True)
class Activation:
    """An activation function `value` of z together with its `derivative`, for softmax the Jacobian.

    In an `elementwise` one each output depends on its own z alone; that holds for all but softmax.
    """

    value: Callable[[Any], Floats]
    derivative: Callable[[Any], Floats]
    elementwise: bool = True

    def backward(self, z: Floats, da: Floats) -> Floats:
        """Carry a gradient back through the activation: from ∂loss/∂a to ∂loss/∂z.

        >>> ACTIVATIONS["relu"].backward([-1.0, 2.0], [5.0, 7.0])
        array([0., 7.])
        """
        slope = self.derivative(z)
        da = argument_checks.array(da, "da")
        argument_checks.same_shape(np.asarray(z), "z", da, "da")
        if self.elementwise:
            return np.asarray(da * slope)
        return np.asarray(np.einsum("...j,...ji->...i", da, slope))


#: Every activation by name, as layers ask for it.
ACTIVATIONS = {
    "linear": Activation(linear, linear_derivative),
    "step": Activation(step, step_derivative),
    "sigmoid": Activation(sigmoid, sigmoid_derivative),
    "tanh": Activation(tanh, tanh_derivative),
    "relu": Activation(relu, relu_derivative),
    "softmax": Activation(softmax, softmax_jacobian, elementwise=False),
}


def _number_or_array(result: Floats) -> Floats:
    """Return a number for a number, an array for an array."""
    return result[()]
