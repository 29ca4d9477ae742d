"""Optimisers and training against Keras, and by hand."""

import numpy as np
import pytest
import tensorflow as tf
from refusals import refusals
from sklearn.datasets import load_iris

from dlcourse import argument_checks
from dlcourse.backpropagation import backpropagate
from dlcourse.dense_network import Dense, Network, forward, initialise, predict
from dlcourse.optimisers import Adam, GradientDescent
from dlcourse.training import _batches, fit, flatten, parameters, with_parameters


def test_batches_cover_every_sample_once_and_keep_pairs_together():
    X, y = np.arange(22.0).reshape(11, 2), np.arange(11)
    batches = list(_batches(X, y, 4, np.random.default_rng(0)))
    assert [len(t) for _, t in batches] == [4, 4, 3]
    seen = np.concatenate([t for _, t in batches])
    assert sorted(seen) == list(range(11))
    assert list(seen) != list(range(11))
    for rows, t in batches:
        np.testing.assert_array_equal(rows, X[t])


def test_gradient_descent_by_hand():
    optimiser = GradientDescent(0.5)
    theta, state = optimiser.step(np.array([1.0, 2.0]), np.array([4.0, -2.0]), ())
    np.testing.assert_array_equal(theta, [-1.0, 3.0])
    assert state == optimiser.start(theta) == ()


def test_adam_by_hand_for_two_steps():
    adam = Adam(0.1, beta_1=0.5, beta_2=0.75, epsilon=1e-12)
    theta = np.array([1.0])
    theta, state = adam.step(theta, np.array([2.0]), adam.start(theta))
    assert theta.item() == pytest.approx(0.9)
    # m = 0.5·1 + 0.5·4 = 2.5, m̂ = 2.5 / 0.75; v = 0.75·1 + 0.25·16 = 4.75, v̂ = 4.75 / 0.4375
    theta, state = adam.step(theta, np.array([4.0]), state)
    assert theta.item() == pytest.approx(0.9 - 0.1 * (2.5 / 0.75) / np.sqrt(4.75 / 0.4375))


def test_the_vector_of_parameters_goes_there_and_back():
    names = ["relu", "tanh", "softmax"]
    network = initialise([4, 3, 2, 5], activations=names, rng=np.random.default_rng(0))
    theta = parameters(network)
    again = with_parameters(network, theta + 1)
    np.testing.assert_array_equal(parameters(again), theta + 1)
    np.testing.assert_array_equal(again.layers[1].W, network.layers[1].W + 1)
    assert [layer.activation for layer in again.layers] == names
    gradients = backpropagate(network, forward(network, np.ones((2, 4))), [0, 4],
                              loss="cross_entropy")  # fmt: skip
    flat = flatten(gradients)
    np.testing.assert_array_equal(flat[:12].reshape(4, 3), gradients.dW[0])
    np.testing.assert_array_equal(flat[12:15], gradients.db[0])


def test_one_step_of_fit_is_one_step_by_hand():
    start = Network((Dense([[2.0]], [1.0], "linear"),))
    # y = 7, target 6: ∂loss/∂W = 2·1·3 = 6 and ∂loss/∂b = 2.
    fitted = fit(start, [[3.0]], [[6.0]], loss="squared_error", optimiser=GradientDescent(0.1),
                 epochs=1, batch_size=1, rng=np.random.default_rng(0))  # fmt: skip
    assert fitted.network.layers[0].W.item() == pytest.approx(1.4)
    assert fitted.network.layers[0].b.item() == pytest.approx(0.8)
    assert fitted.history.loss == [1.0]
    assert fitted.history.accuracy == fitted.history.validation_loss == []
    assert start.layers[0].W.item() == 2.0


def separable(n, seed):
    X = np.random.default_rng(seed).normal(size=(n, 2))
    return X, (X @ [1.0, -1.0] > 0).astype(int)


@pytest.mark.parametrize(
    ("loss", "y", "last", "optimiser"),
    [
        ("cross_entropy", lambda t: t, "softmax", Adam(0.05)),
        ("squared_error", lambda t: np.eye(2)[t], "sigmoid", Adam(0.05)),
        ("cross_entropy", lambda t: t, "softmax", GradientDescent(0.5)),
    ],
)
def test_training_learns_and_keeps_its_history(loss, y, last, optimiser):
    (X, labels), (held_out, truths) = separable(80, seed=0), separable(60, seed=9)
    rng = np.random.default_rng(1)
    start = initialise([2, 6, 2], activations=["tanh", last], rng=rng)
    fitted = fit(start, X, y(labels), loss=loss, optimiser=optimiser, epochs=60, batch_size=16,
                 validation=(held_out, y(truths)), rng=rng)  # fmt: skip
    history = fitted.history
    assert len(history.loss) == len(history.validation_loss) == 60
    assert history.loss[-1] < 0.5 * history.loss[0]
    right = np.mean(predict(fitted.network, held_out).argmax(axis=1) == truths)
    assert right > 0.9
    if loss == "squared_error":
        assert history.accuracy == history.validation_accuracy == []
    else:
        assert len(history.accuracy) == len(history.validation_accuracy) == 60
        assert history.accuracy[-1] > 0.95
        assert history.validation_accuracy[-1] == pytest.approx(right, abs=0.02)


def test_the_loss_of_an_epoch_weighs_each_sample_the_same():
    # A learning rate so small that nothing moves: the epoch's loss is that of all samples.
    X, y = np.array([[1.0], [2.0], [4.0]]), np.array([[0.0], [0.0], [0.5]])
    start = Network((Dense([[1.0]], [0.0], "linear"),))
    fitted = fit(start, X, y, loss="squared_error", optimiser=GradientDescent(1e-14),
                 epochs=2, batch_size=2, rng=np.random.default_rng(0))  # fmt: skip
    assert fitted.history.loss == pytest.approx([(1 + 4 + 3.5**2) / 3] * 2)


class InOrder(np.random.Generator):
    """A generator that leaves samples as they come, as Keras does without its shuffling."""

    def permutation(self, n):
        return np.arange(n)


def test_from_the_same_start_training_follows_keras_step_by_step():
    X, y = load_iris(return_X_y=True)
    order = np.random.default_rng(0).permutation(len(X))
    X, y = X[order], y[order]
    names = ["relu", "relu", "softmax"]
    start = initialise([4, 10, 10, 3], activations=names, rng=np.random.default_rng(2))
    fitted = fit(start, X, y, loss="cross_entropy", optimiser=Adam(0.01), epochs=5, batch_size=16,
                 rng=InOrder(np.random.PCG64()))  # fmt: skip
    layers = [tf.keras.layers.Dense(n, a) for n, a in zip([10, 10, 3], names, strict=True)]
    model = tf.keras.Sequential([tf.keras.Input((4,)), *layers])
    model.set_weights([part for layer in start.layers for part in (layer.W, layer.b)])
    model.compile(tf.keras.optimizers.Adam(0.01, epsilon=1e-8), "sparse_categorical_crossentropy")
    logs = model.fit(X, y, epochs=5, batch_size=16, shuffle=False, verbose=0)
    assert fitted.history.loss == pytest.approx(logs.history["loss"], rel=1e-3)
    theirs = np.concatenate([part.ravel() for part in model.get_weights()])
    np.testing.assert_allclose(parameters(fitted.network), theirs, atol=5e-3)


SMALL = Network((Dense([[1.0]], [0.0], "linear"),))
TWO = [1.0, 2.0]
SIGMOIDS = Network((Dense([[1.0, 1.0]], [0.0, 0.0], "sigmoid"),))


def small_fit(network=SMALL, X=((1.0,), (2.0,)), y=((1.0,), (3.0,)), **changes):
    settings = {
        "loss": "squared_error", "optimiser": GradientDescent(0.1), "epochs": 1, "batch_size": 2,
        "rng": np.random.default_rng(0),
    }  # fmt: skip
    return fit(network, X, y, **settings | changes)


test_errors_say_what_was_expected = refusals(
    (lambda: small_fit(X=[[1.0]]), "`X` and `y` must have as many rows .* got 1 and 2"),
    (lambda: small_fit(X=[[1.0, 2.0]] * 2), r"network's 1 inputs: got shape \(2, 2\)"),
    (lambda: small_fit(y=[1.0, 3.0]), r"`y` must have shape \(n_samples, n_outputs\)"),
    (lambda: small_fit(loss="cross_entropy"), "`y` must be class indices"),
    (lambda: small_fit(loss="cross_entropy", y=[0, 1]), "`y` .* from 0 to 0: got 1"),
    (lambda: small_fit(SIGMOIDS, loss="cross_entropy", y=[0, 1]), "Is a softmax missing"),
    (lambda: small_fit(optimiser="adam"), r"must be GradientDescent\(…\) .* got 'adam'"),
    (lambda: small_fit(optimiser=Adam), "got a type"),
    (lambda: small_fit(validation=([[1.0]],)), "`validation` must be a pair"),
    (lambda: small_fit(validation=([[1.0]], [[1.0], [2.0]])), "`validation X` and `validation y`"),
    (lambda: small_fit(optimiser=GradientDescent(100.0), epochs=100), "`learning_rate` .* small"),
)

test_parts_check_their_arguments = refusals(
    (lambda: GradientDescent(0), "`learning_rate` must be a number above 0: got 0"),
    (lambda: Adam(beta_1=1.0), "`beta_1` must be a number of at least 0 and below 1: got 1.0"),
    (lambda: Adam(beta_2=-0.1), "`beta_2`.*got -0.1"),
    (lambda: Adam(epsilon=0), "`epsilon`"),
    (lambda: Adam().step([1.0], [1.0, 2.0], ()), "`theta` and `gradient` must have the same"),
    (lambda: Adam().step(TWO, TWO, ()), r"`state` must be what `start` or the last `step`.*\[\]"),
    (lambda: Adam().step(TWO, TWO, Adam().start([1.0])), r"shapes \[\(1,\), \(1,\), \(\)\]"),
    (lambda: Adam().step(TWO, TWO, Adam().start([1.0] * 3)), r"`theta`, shape \(2,\): got .*3"),
    (lambda: with_parameters(SMALL, [1.0]), "network's 2 parameters: got 1"),
)


def test_samples_are_checked_once_and_not_in_every_step(monkeypatch):
    """What training makes out of checked arrays needs no check."""
    X, y = load_iris(return_X_y=True)
    checks = []
    as_array = argument_checks._as_array
    monkeypatch.setattr(argument_checks, "_as_array", lambda *x: checks.append(1) or as_array(*x))

    def count(epochs):
        rng = np.random.default_rng(0)
        start = initialise([4, 3], activations=["softmax"], rng=rng)
        checks.clear()
        options = {"loss": "cross_entropy", "optimiser": Adam(0.01), "batch_size": 10}
        fit(start, X, y, **options, epochs=epochs, rng=rng)
        return len(checks)

    assert count(1) == count(4)
