"""Judge a classifier: how often it is right, on which classes, and how sure it may be.

As in scikit-learn the truth comes first. All functions take arrays, so that they judge a
network from any library.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from dlcourse import argument_checks
from dlcourse.argument_checks import Floats, Integers

#: A confusion matrix of more is too large for the memory.
MOST_CLASSES = 10_000


def accuracy(labels: ArrayLike, predicted: ArrayLike) -> float:
    """Return the share of samples, from 0 to 1, whose class was predicted right.

    `labels` and `predicted` are true and predicted class indices, shape (n_samples,) each; for
    probabilities, take ``probabilities.argmax(axis=1)`` first.

    >>> accuracy([0, 1, 2, 2], [0, 1, 2, 1])
    0.75
    """
    truth, guess = _pair(labels, predicted)
    return float(np.mean(truth == guess))


def confusion_matrix(
    labels: ArrayLike, predicted: ArrayLike, *, n_classes: int | None = None
) -> Integers:
    """Count, for each true class (row), how often each class (column) was predicted.

    Some textbooks have the truth in the columns instead. `labels` and `predicted` are class
    indices, shape (n_samples,) each; by default there is one class more than the highest index
    seen. Right predictions stand on the diagonal of the result, shape (n_classes, n_classes).

    >>> confusion_matrix([0, 1, 2, 2], [0, 1, 2, 1])
    array([[1, 0, 0],
           [0, 1, 0],
           [0, 1, 1]])
    """
    at_most = MOST_CLASSES
    if n_classes is not None:
        at_most = argument_checks.count(n_classes, "n_classes", at_most=MOST_CLASSES)
    truth, guess = _pair(labels, predicted, at_most)
    n = int(max(truth.max(), guess.max())) + 1 if n_classes is None else n_classes
    counts = np.bincount(truth * n + guess, minlength=n * n)
    return counts.reshape(n, n)


def per_class_accuracy(
    labels: ArrayLike, predicted: ArrayLike, *, n_classes: int | None = None
) -> Floats:
    """Return the share of each class's samples that was predicted right (its recall).

    Shape (n_classes,); NaN for a class that has no sample. Arguments and errors are those of
    `confusion_matrix`.

    >>> per_class_accuracy([0, 1, 2, 2], [0, 1, 2, 1])
    array([1. , 1. , 0.5])
    """
    counts = confusion_matrix(labels, predicted, n_classes=n_classes)
    n_true = counts.sum(axis=1)
    shares = np.full(len(counts), np.nan)
    return np.asarray(np.divide(counts.diagonal(), n_true, out=shares, where=n_true > 0))


@dataclass(frozen=True, eq=False)
class Calibration:
    """How sure a classifier was, beside how often it was right, bin by bin.

    The `edges` of the bins of confidence, shape (n_bins + 1,), go from 0 to 1. Each bin has
    `counts` predictions, their mean `confidence`, and the share of them that was right,
    ``accuracy``; both are NaN for an empty bin. The expected calibration error, `expected_error`,
    is the mean distance between the two, each bin weighing as much as it has predictions. 0 is
    perfect.
    """

    edges: Floats
    counts: Integers
    confidence: Floats
    accuracy: Floats
    expected_error: float


def calibration(labels: ArrayLike, probabilities: ArrayLike, *, n_bins: int = 10) -> Calibration:
    """Compare confidence with accuracy.

    Of all predictions made with 90 % confidence, are nine in ten right? The confidence of a
    prediction is its highest probability; `probabilities`, shape (n_samples, n_classes), are what
    the network says, and `labels`, shape (n_samples,), the true class indices. Confidences are
    sorted into `n_bins` of equal width; one on a bound belongs to the bin below it.

    Source: C. Guo et al., *On calibration of modern neural networks*, ICML 2017, equations 2, 3.

    >>> result = calibration([0, 1], [[0.75, 0.25], [0.75, 0.25]], n_bins=2)
    >>> result.counts, result.accuracy[1], result.expected_error
    (array([0, 2]), np.float64(0.5), 0.25)
    """
    p = argument_checks.probabilities(probabilities, "probabilities", "n_samples n_classes")
    truth = argument_checks.labels(labels, "labels", "n_samples", n_classes=p.shape[1])
    argument_checks.same_length(truth, "labels", p, "probabilities")
    n_bins = argument_checks.count(n_bins, "n_bins", at_most=10_000)

    confidence, right = p.max(axis=1), p.argmax(axis=1) == truth
    edges = np.linspace(0.0, 1.0, n_bins + 1)
    bins = np.clip(np.searchsorted(edges, confidence, side="left") - 1, 0, n_bins - 1)
    counts = np.bincount(bins, minlength=n_bins)
    sums = np.bincount(bins, weights=confidence, minlength=n_bins)
    n_right = np.bincount(bins, weights=right, minlength=n_bins)
    empty = np.full(n_bins, np.nan)
    return Calibration(
        edges=edges,
        counts=counts,
        confidence=np.divide(sums, counts, out=empty.copy(), where=counts > 0),
        accuracy=np.divide(n_right, counts, out=empty.copy(), where=counts > 0),
        expected_error=float(np.abs(sums - n_right).sum() / len(p)),
    )


def _pair(
    labels: ArrayLike, predicted: ArrayLike, n_classes: int | None = None
) -> tuple[Integers, Integers]:
    """Check true and predicted classes, one of each for every sample."""
    truth = argument_checks.labels(labels, "labels", "n_samples", n_classes=n_classes)
    guess = argument_checks.labels(predicted, "predicted", "n_samples", n_classes=n_classes)
    argument_checks.same_length(truth, "labels", guess, "predicted")
    return truth, guess
