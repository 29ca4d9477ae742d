"""Measures against hand values and scikit-learn."""

import numpy as np
import pytest
from refusals import refusals
from sklearn import calibration as sklearn_calibration
from sklearn import metrics

from dlcourse.evaluation import accuracy, calibration, confusion_matrix, per_class_accuracy


@pytest.mark.parametrize("n", [1, 3, 10, 40])
def test_agree_with_scikit_learn(n):
    truth, guess = np.random.default_rng(n).integers(0, 5, (2, n))
    assert accuracy(truth, guess) == pytest.approx(metrics.accuracy_score(truth, guess))
    counts = confusion_matrix(truth, guess, n_classes=5)
    theirs = metrics.confusion_matrix(truth, guess, labels=range(5))
    np.testing.assert_array_equal(counts, theirs)
    recall = metrics.recall_score(truth, guess, labels=range(5), average=None, zero_division=np.nan)
    np.testing.assert_allclose(per_class_accuracy(truth, guess, n_classes=5), recall)


def test_the_number_of_classes_is_that_of_the_labels_unless_it_is_given():
    np.testing.assert_array_equal(confusion_matrix([0, 0, 1], [1, 1, 1]), [[0, 2], [0, 1]])
    np.testing.assert_array_equal(per_class_accuracy([0, 0, 2], [0, 1, 2]), [0.5, np.nan, 1.0])


def test_calibration_by_hand():
    p = [[0.9, 0.1], [0.8, 0.2], [0.3, 0.7], [0.45, 0.55]]
    result = calibration([0, 1, 1, 1], p, n_bins=5)
    np.testing.assert_allclose(result.edges, [0, 0.2, 0.4, 0.6, 0.8, 1.0])
    np.testing.assert_array_equal(result.counts, [0, 0, 1, 2, 1])
    np.testing.assert_allclose(result.confidence, [np.nan, np.nan, 0.55, 0.75, 0.9])
    np.testing.assert_allclose(result.accuracy, [np.nan, np.nan, 1.0, 0.5, 1.0])
    assert result.expected_error == pytest.approx((0.45 + 2 * 0.25 + 0.1) / 4)


def test_calibration_bins_agree_with_scikit_learn():
    rng = np.random.default_rng(0)
    confidence = rng.uniform(0.5, 1, size=50)
    right = rng.random(50) < confidence
    result = calibration(np.where(right, 0, 1), np.stack([confidence, 1 - confidence], 1))
    theirs = sklearn_calibration.calibration_curve(right, confidence, n_bins=10)
    filled = result.counts > 0
    np.testing.assert_allclose(result.accuracy[filled], theirs[0])
    np.testing.assert_allclose(result.confidence[filled], theirs[1])


def test_full_confidence_in_the_truth_is_perfectly_calibrated():
    assert calibration([0, 1, 2], np.eye(3)).expected_error == 0
    assert calibration([1, 2, 0], np.eye(3)).expected_error == 1


test_errors_say_what_was_expected = refusals(
    (lambda: accuracy([0], [0, 1]), "`labels` and `predicted` must have as many rows"),
    (lambda: confusion_matrix([0], [3], n_classes=3), "`predicted` .* 0 to 2: got 3"),
    (lambda: confusion_matrix([0], [10_000]), "from 0 to 9999: got 10000"),
    (lambda: confusion_matrix([0], [0], n_classes=10_001), "at most 10,000: got 10001"),
    (lambda: calibration([0], [[0.9, 0.9]]), "must sum to 1"),
    (lambda: calibration([2], [[0.5, 0.5]]), "from 0 to 1: got 2"),
    (lambda: calibration([0, 1], [[0.5, 0.5]]), "as many rows"),
)
