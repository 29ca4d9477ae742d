"""One neuron against hand values and automatic differentiation."""

import numpy as np
import pytest
import tensorflow as tf

from dlcourse.errors import InputError
from dlcourse.neuron import fire, learn, weighted_sum

X = np.array([[0.5, -1.0], [2.0, 0.25], [1.0, 1.0]])
W = np.array([0.4, -0.3])


def test_a_weighted_sum_by_hand():
    assert weighted_sum([2.0, 3.0], [0.5, -1.0], 0.25) == -1.75
    np.testing.assert_allclose(weighted_sum(X, W, 1.0), [1.5, 1.725, 1.1])
    assert np.ndim(weighted_sum([2.0], [3.0])) == 0


@pytest.mark.parametrize(
    ("activation", "expected"),
    [("step", 0.0), ("relu", 0.0), ("linear", -1.75), ("tanh", np.tanh(-1.75)),
     ("sigmoid", 1 / (1 + np.exp(1.75)))],
)  # fmt: skip
def test_firing_by_hand(activation, expected):
    assert fire([2.0, 3.0], [0.5, -1.0], 0.25, activation=activation) == pytest.approx(expected)


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


def test_a_neuron_learns_or_and_its_loss_falls():
    x, t = np.array([[0, 0], [0, 1], [1, 0], [1, 1]]), np.array([0, 1, 1, 1])
    w, b, losses = np.zeros(2), 0.0, []
    for _ in range(300):
        step = learn(x, t, w, b, activation="sigmoid", learning_rate=2.0)
        w, b = step.w, step.b
        losses.append(step.loss)
    assert losses == sorted(losses, reverse=True)
    np.testing.assert_array_equal(fire(x, w, b) > 0.5, t == 1)


def test_the_old_weights_are_left_alone():
    w = W.copy()
    learn(X[0], 1.0, w, 0.0, learning_rate=0.1)
    np.testing.assert_array_equal(w, W)


def test_errors_name_the_argument():
    with pytest.raises(
        InputError, match="`w` must hold one weight for each input: got 2 weights, 3"
    ):
        weighted_sum([1.0, 2.0, 3.0], W)
    with pytest.raises(InputError, match="`activation` must be one of .*: got 'softmax'"):  # noqa: RUF043
        fire(X, W, activation="softmax")
    with pytest.raises(InputError, match="`learning_rate` must be a number above 0: got -1"):
        learn(X[0], 1.0, W, 0.0, learning_rate=-1)
    with pytest.raises(InputError, match=r"same shape: got \(3,\) and \(2,\)"):
        learn(X, [1.0, 0.0], W, 0.0, learning_rate=0.1)
    with pytest.raises(InputError, match="`b` must be a number: got 'x'"):
        weighted_sum(X, W, "x")
