"""One neuron against hand values and automatic differentiation."""

import numpy as np
import pytest
import tensorflow as tf
from refusals import refusals

from dlcourse.neuron import fire, learn, weighted_sum

X = np.array([[0.5, -1.0], [2.0, 0.25], [1.0, 1.0]])
W = np.array([0.4, -0.3])


def test_a_weighted_sum_by_hand():
    assert weighted_sum([2.0, 3.0], [0.5, -1.0], 0.25) == -1.75
    np.testing.assert_allclose(weighted_sum(X, W, 1.0), [1.5, 1.725, 1.1])
    assert np.ndim(weighted_sum([2.0], [3.0])) == 0


def test_the_bias_defaults_to_none_and_the_activation_to_sigmoid():
    assert fire([0.0], [5.0]) == 0.5


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu", "linear"])
@pytest.mark.parametrize("batch", [False, True])
def test_learning_follows_the_gradient_that_tensorflow_finds(activation, batch):
    x, t = (X, np.array([1.0, 0.0, 0.5])) if batch else (X[0], np.float64(1.0))
    step = learn(x, t, W, 0.1, activation=activation, learning_rate=0.5)

    w, b = tf.Variable(W), tf.Variable(np.float64(0.1))
    with tf.GradientTape() as tape:
        a = getattr(tf.keras.activations, activation)(tf.linalg.matvec(np.atleast_2d(x), w) + b)
        loss = tf.reduce_mean((a - t) ** 2)
    dw, db = tape.gradient(loss, [w, b])
    assert step.loss == pytest.approx(float(loss))
    np.testing.assert_allclose(step.dw, dw, atol=1e-12)
    assert step.db == pytest.approx(float(db))
    np.testing.assert_allclose(step.w, W - 0.5 * dw.numpy(), atol=1e-12)
    assert step.b == pytest.approx(0.1 - 0.5 * float(db))
    np.testing.assert_allclose(step.z, weighted_sum(x, W, 0.1))
    np.testing.assert_allclose(step.a, fire(x, W, 0.1, activation=activation))


def test_the_old_weights_are_left_alone():
    w = W.copy()
    learn(X[0], 1.0, w, 0.0, learning_rate=0.1)
    np.testing.assert_array_equal(w, W)


test_errors_name_the_argument = refusals(
    (
        lambda: weighted_sum([1.0, 2.0, 3.0], W),
        "`w` .* one weight for each input: got 2 weights, 3",
    ),
    (lambda: fire(X, W, activation="softmax"), "`activation` must be one of .*: got 'softmax'"),
    (lambda: learn(X[0], 1.0, W, 0.0, learning_rate=-1), "`learning_rate` .* above 0: got -1"),
    (lambda: learn(X, [1.0, 0.0], W, 0.0, learning_rate=1), r"same shape: got \(3,\) and \(2,\)"),
)
