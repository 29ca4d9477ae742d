"""Forward and backpropagation against hand values and TensorFlow."""

import numpy as np
import pytest
import tensorflow as tf
from refusals import refusals

from dlcourse.backpropagation import backpropagate
from dlcourse.dense_network import Dense, Network, forward, initialise, predict

X = np.random.default_rng(3).normal(size=(6, 4))
LABELS = np.array([0, 1, 2, 2, 1, 0])
TARGETS = np.random.default_rng(4).normal(size=(6, 3))


def from_keras(*activations, sizes=(4, 5, 3), seed=0):
    rng = np.random.default_rng(seed)
    network = initialise(sizes, activations=activations, rng=rng)
    layers = [Dense(layer.W, rng.normal(size=layer.b.shape), layer.activation)
              for layer in network.layers]  # fmt: skip
    return Network(tuple(layers))


CASES = [
    (("relu", "softmax"), "cross_entropy", LABELS),
    (("tanh", "linear"), "squared_error", TARGETS),
    (("sigmoid", "softmax"), "squared_error", TARGETS),
    (("softmax", "tanh"), "squared_error", TARGETS),
    (("linear", "sigmoid"), "squared_error", TARGETS),
]


def test_a_forward_pass_by_hand():
    network = Network((
        Dense([[1.0, -1.0], [2.0, 0.5]], [0.5, 0.0], "relu"),
        Dense([[1.0], [3.0]], [-1.0], "linear"),
    ))  # fmt: skip
    result = forward(network, [[1.0, 2.0], [-1.0, 1.0]])
    np.testing.assert_array_equal(result.z[0], [[5.5, 0.0], [1.5, 1.5]])
    np.testing.assert_array_equal(result.a[0], [[1.0, 2.0], [-1.0, 1.0]])
    np.testing.assert_array_equal(result.a[1], [[5.5, 0.0], [1.5, 1.5]])
    np.testing.assert_array_equal(result.output, [[4.5], [5.0]])
    np.testing.assert_array_equal(predict(network, [[1.0, 2.0]]), [[4.5]])


def test_backpropagation_by_hand():
    # x = 2, hidden z = 0.5·2 = 1, a = relu 1; output z = 3·1 − 1 = 2, target 1, loss 1.
    network = Network((Dense([[0.5]], [0.0], "relu"), Dense([[3.0]], [-1.0], "linear")))
    gradients = backpropagate(network, forward(network, [[2.0]]), [[1.0]], loss="squared_error")
    assert gradients.loss == 1.0
    assert [float(da.item()) for da in gradients.da] == [3.0, 6.0, 2.0]
    assert [float(dz.item()) for dz in gradients.dz] == [6.0, 2.0]
    assert [float(dW.item()) for dW in gradients.dW] == [12.0, 2.0]
    assert [float(db.item()) for db in gradients.db] == [6.0, 2.0]


@pytest.mark.parametrize(("activations", "loss", "t"), CASES)
def test_every_intermediate_agrees_with_tensorflow(activations, loss, t):
    network = from_keras(*activations)
    result = forward(network, X)
    ours = backpropagate(network, result, t, loss=loss)
    W = [tf.constant(layer.W) for layer in network.layers]
    b = [tf.constant(layer.b) for layer in network.layers]
    a, z = [tf.constant(X)], []
    with tf.GradientTape(persistent=True) as tape:
        tape.watch([*W, *b, *a])
        for k, name in enumerate(activations):
            z.append(a[k] @ W[k] + b[k])
            a.append(getattr(tf.keras.activations, name)(z[k]))
        if loss == "squared_error":
            value = tf.reduce_mean((a[-1] - t) ** 2)
        else:
            value = tf.reduce_mean(-tf.math.log(tf.gather(a[-1], t, batch_dims=1)))
    assert ours.loss == pytest.approx(float(value))
    for mine, theirs in [(result.z, z), (result.a, a)]:
        for left, right in zip(mine, theirs, strict=True):
            np.testing.assert_allclose(left, right, rtol=1e-7)
    for mine, theirs in [(ours.dW, W), (ours.db, b), (ours.dz, z), (ours.da, a)]:
        for left, right in zip(mine, tape.gradient(value, theirs), strict=True):
            np.testing.assert_allclose(left, right, rtol=1e-7, atol=1e-12)


def test_the_fused_way_survives_where_a_probability_is_rounded_to_zero():
    network = Network((Dense([[1000.0, -1000.0]], [0.0, 0.0], "softmax"),))
    result = forward(network, [[1.0]])
    fused = backpropagate(network, result, [1], loss="cross_entropy")
    np.testing.assert_array_equal(fused.dz[0], [[1.0, -1.0]])


def test_initialisation_has_the_scale_of_the_papers():
    rng = np.random.default_rng(0)
    glorot = initialise([300, 500], activations=["relu"], rng=rng).layers[0].W
    limit = np.sqrt(6 / 800)
    assert limit * 0.99 < np.abs(glorot).max() <= limit
    assert glorot.std() == pytest.approx(limit / np.sqrt(3), rel=0.01)
    he = initialise([300, 500], activations=["relu"], scheme="he", rng=rng).layers[0].W
    assert he.std() == pytest.approx(np.sqrt(2 / 300), rel=0.01)
    assert abs(he.mean()) < 1e-3


def test_initialisation_repeats_with_its_seed():
    one, two, three = (from_keras("relu", "softmax", seed=seed) for seed in (5, 5, 6))
    np.testing.assert_array_equal(one.layers[0].W, two.layers[0].W)
    assert (one.layers[0].W != three.layers[0].W).any()


def test_the_workshops_network_counts_its_weights():
    names = ["relu", "relu", "softmax"]
    network = initialise([4, 10, 10, 3], activations=names, rng=np.random.default_rng(0))
    assert network.n_parameters == 4 * 10 + 10 + 10 * 10 + 10 + 10 * 3 + 3
    assert network.sizes == (4, 10, 10, 3)
    assert [layer.activation for layer in network.layers] == names
    assert all((layer.b == 0).all() for layer in network.layers)


RNG = np.random.default_rng(0)
SMALL = Network((Dense([[1.0], [2.0]], [0.0], "linear"),))
HUGE = Dense([[1e100]], [0.0], "linear")
DONE = forward(SMALL, [[1.0, 1.0]])

test_errors_say_what_was_expected = refusals(
    (lambda: Dense([[1.0]], [1.0, 2.0], "relu"), "got 2 biases, 1 columns"),
    (lambda: Network((SMALL,)), r"`layers\[0\]` must be a Dense: got a Network"),
    (lambda: Network((SMALL.layers[0], SMALL.layers[0])), "got 2 inputs, 1 neurons"),
    (lambda: initialise([2], activations=["relu"], rng=RNG), "each of the 0 layers"),
    (lambda: initialise([10**5] * 2, activations=["relu"], rng=RNG), "at most 100,000,000"),
    (lambda: forward(SMALL, [[1.0]]), r"network's 2 inputs: got shape \(1, 1\)"),
    (lambda: forward(Network((HUGE, HUGE)), [[1.0]]), "`z` must hold finite numbers"),
    (lambda: backpropagate(Network((HUGE,)), DONE, [[1.0]], loss="squared_error"),
     r"sizes \(1, 1\): got one of sizes \(2, 1\)"),
)  # fmt: skip
