"""Losses: how wrong a prediction is, as one number.

Each loss stands above its derivative with respect to the prediction: which way, and how
steeply, the loss grows. Every loss is a mean over the batch, so its derivative carries
the 1/n with it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from dlcourse import argument_checks
from dlcourse.activations import softmax
from dlcourse.argument_checks import Floats, Integers
from dlcourse.errors import InputError

#: A smaller probability counts as this one, so that −ln p stays finite (at most 228).
SMALLEST_PROBABILITY = 1e-99


def squared_error(y: ArrayLike, t: ArrayLike) -> float:
    """Return the mean of (y − t)² over all entries; predictions and targets have one shape.

    Some textbooks put ½ before the square, to lose the 2 in the derivative. We do not: this is what
    Keras calls ``MeanSquaredError``.

    >>> round(squared_error(0.37, 1.0), 4)
    0.3969
    """
    y, t = _pair(y, t)
    return float(np.mean((y - t) ** 2))


def squared_error_derivative(y: ArrayLike, t: ArrayLike) -> Floats:
    """Return the slope of `squared_error` with respect to each y: 2 (y − t) / number of entries.

    >>> squared_error_derivative([1.0, 3.0], [0.0, 1.0])
    array([1., 2.])
    """
    y, t = _pair(y, t)
    return np.asarray(2.0 * (y - t) / y.size)[()]


def cross_entropy(probabilities: ArrayLike, labels: ArrayLike) -> float:
    """Return the mean of −ln p, where p is the probability given to the true class.

    The network says `probabilities`, shape (n_samples, n_classes), rows summing to 1, and the true
    class indices are `labels`, shape (n_samples,); or (n_classes,) and one index. The loss is 0 for
    full confidence in the truth. A probability of 0 for the truth would cost infinity; it is
    counted as 1e-99.

    Source: I. Goodfellow, Y. Bengio and A. Courville, *Deep Learning*, 2016, section 6.2.2.3.

    >>> round(cross_entropy([0.4, 0.3, 0.3], 0), 3)
    0.916
    """
    p, labels = _probabilities(probabilities, labels)
    return float(np.mean(-np.log(_of_the_truth(p, labels))))


def cross_entropy_derivative(probabilities: ArrayLike, labels: ArrayLike) -> Floats:
    """Return the slope of `cross_entropy` with respect to each probability.

    −1 / (n_samples · p) at the true class, 0 elsewhere.

    >>> cross_entropy_derivative([[0.5, 0.5], [0.2, 0.8]], [0, 1])
    array([[-1.   ,  0.   ],
           [ 0.   , -0.625]])
    """
    p, labels = _probabilities(probabilities, labels)
    slopes = np.zeros_like(p)
    slope = -1.0 / (_of_the_truth(p, labels) * labels.size)
    np.put_along_axis(slopes, labels[..., None], slope[..., None], axis=-1)
    return slopes


def cross_entropy_from_logits_derivative(logits: ArrayLike, labels: ArrayLike) -> Floats:
    """Return the slope for each logit: (softmax(z) − one-hot(label)) / n_samples.

    The product of softmax's Jacobian with the slope of cross-entropy comes out this
    simple: what was said minus what is true.

    >>> cross_entropy_from_logits_derivative([[0.0, 0.0]], [1])
    array([[ 0.5, -0.5]])
    """
    z = argument_checks.array(logits, "logits", "n_classes", "n_samples n_classes")
    labels = _labels_for(z, "logits", labels)
    one_hot = labels[..., None] == np.arange(z.shape[-1])
    return np.asarray((softmax(z) - one_hot) / labels.size)


@dataclass(frozen=True)
class Loss:
    """A loss together with its derivative with respect to the prediction."""

    value: Callable[[Any, Any], float]
    derivative: Callable[[Any, Any], Floats]


#: Every loss by name, as `dlcourse.backpropagation.backpropagate` asks for it.
LOSSES = {
    "squared_error": Loss(squared_error, squared_error_derivative),
    "cross_entropy": Loss(cross_entropy, cross_entropy_derivative),
}


def _pair(y: ArrayLike, t: ArrayLike) -> tuple[Floats, Floats]:
    """Check predictions and targets of the same shape."""
    y = argument_checks.array(y, "y")
    t = argument_checks.array(t, "t")
    argument_checks.same_shape(y, "y", t, "t")
    return y, t


def _probabilities(probabilities: ArrayLike, labels: ArrayLike) -> tuple[Floats, Integers]:
    """Check probabilities with a label for each row."""
    shapes = "n_classes", "n_samples n_classes"
    p = argument_checks.probabilities(probabilities, "probabilities", *shapes)
    return p, _labels_for(p, "probabilities", labels)


def _labels_for(rows: Floats, name: str, labels: ArrayLike) -> Integers:
    """Check that there is one label for each row."""
    classes = argument_checks.labels(labels, "labels", n_classes=rows.shape[-1])
    if classes.shape != rows.shape[:-1]:
        raise InputError(
            f"`labels` must hold one class index for each row of `{name}`, "
            f"shape {rows.shape[:-1]}: got shape {classes.shape}."
        )
    return classes


def _of_the_truth(p: Floats, labels: Integers) -> Floats:
    """Pick the probability of the true class, never quite 0."""
    picked = np.take_along_axis(p, labels[..., None], axis=-1)[..., 0]
    return np.maximum(picked, SMALLEST_PROBABILITY)
