"""Losses against hand values and TensorFlow."""

import numpy as np
import pytest
import tensorflow as tf
from refusals import refusals

from dlcourse import losses
from dlcourse.activations import softmax, softmax_jacobian

rng = np.random.default_rng(1)
LOGITS = rng.normal(size=(5, 3)) * 3
LABELS = np.array([0, 2, 1, 1, 0])
Y, T = rng.normal(size=(5, 3)), rng.normal(size=(5, 3))


def test_the_workshops_numbers():
    assert losses.squared_error(0.37, 1.0) == pytest.approx(0.3969)
    assert losses.squared_error_derivative(0.37, 1.0) == pytest.approx(2 * (0.37 - 1.0))
    assert losses.cross_entropy([0.4, 0.3, 0.3], 0) == pytest.approx(0.916291, abs=1e-6)
    assert losses.cross_entropy_derivative([0.4, 0.3, 0.3], 0) == pytest.approx([-2.5, 0, 0])


def test_batches_worked_by_hand():
    assert losses.squared_error([[1.0, 2.0], [3.0, 4.0]], [[1.0, 0.0], [0.0, 4.0]]) == 13 / 4
    p = [[0.5, 0.5], [0.2, 0.8]]
    assert losses.cross_entropy(p, [0, 1]) == pytest.approx((np.log(2) - np.log(0.8)) / 2)


def test_slopes_agree_with_tensorflow():
    z, y = tf.constant(LOGITS), tf.constant(Y)
    with tf.GradientTape(persistent=True) as tape:
        tape.watch([z, y])
        square = tf.reduce_mean((y - T) ** 2)
        entropy = tf.reduce_mean(
            tf.nn.sparse_softmax_cross_entropy_with_logits(labels=LABELS, logits=z)
        )
    np.testing.assert_allclose(losses.squared_error_derivative(Y, T), tape.gradient(square, y))
    ours = losses.cross_entropy_from_logits_derivative(LOGITS, LABELS)
    np.testing.assert_allclose(ours, tape.gradient(entropy, z), atol=1e-12)


def test_the_jacobian_way_and_the_fused_way_agree():
    dp = losses.cross_entropy_derivative(softmax(LOGITS), LABELS)
    through = np.einsum("nj,nji->ni", dp, softmax_jacobian(LOGITS))
    fused = losses.cross_entropy_from_logits_derivative(LOGITS, LABELS)
    np.testing.assert_allclose(through, fused, atol=1e-14)


def test_stable_where_the_naive_formula_is_not():
    assert losses.cross_entropy_from_logits_derivative([1e5, -1e5], 1).tolist() == [1, -1]
    assert losses.cross_entropy([1.0, 0.0], 1) == pytest.approx(-np.log(1e-99))
    assert np.isfinite(losses.cross_entropy_derivative([1.0, 0.0], 1)).all()


def test_the_table_of_losses_pairs_value_with_derivative():
    assert list(losses.LOSSES) == ["squared_error", "cross_entropy"]
    for name, loss in losses.LOSSES.items():
        assert loss.value is getattr(losses, name)
        assert loss.derivative is getattr(losses, f"{name}_derivative")


test_errors_say_what_was_expected = refusals(
    (lambda: losses.squared_error([1.0], [1.0, 2.0]), "`y` and `t` must have the same shape"),
    (lambda: losses.cross_entropy([0.5, 0.6], 0), "must sum to 1 .* got a sum of 1.1"),
    (lambda: losses.cross_entropy([1.5, -0.5], 0), "must lie between 0 and 1: got -0.5"),
    (lambda: losses.cross_entropy([1.5, 0.5], 0), "must lie between 0 and 1: got 1.5"),
    (lambda: losses.cross_entropy([0.5, 0.5], 2), "`labels` must be class indices from 0 to 1: got 2"),  # noqa: E501
    (lambda: losses.cross_entropy([0.5, 0.5], -1), "from 0 to 1: got -1"),
    (lambda: losses.cross_entropy([[0.5, 0.5]], [0, 1]), r"shape \(1,\): got shape \(2,\)"),
)  # fmt: skip
