"""Optimisers against Keras; training against what Keras reaches on the irises."""

import numpy as np
import pytest
import tensorflow as tf
from sklearn.datasets import load_iris
from sklearn.model_selection import train_test_split

from dlcourse import argument_checks
from dlcourse.backpropagation import backpropagate
from dlcourse.dense_network import Dense, Network, forward, initialise, predict
from dlcourse.errors import InputError
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


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (GradientDescent(0.05), lambda: tf.keras.optimizers.SGD(0.05)),
        (Adam(0.05), lambda: tf.keras.optimizers.Adam(0.05, epsilon=1e-8)),
        (
            Adam(0.01, beta_1=0.8, beta_2=0.9),
            lambda: tf.keras.optimizers.Adam(0.01, 0.8, 0.9, epsilon=1e-8),
        ),
    ],
)
def test_optimisers_walk_where_keras_walks(ours, theirs):
    optimiser = theirs()
    theta = np.array([1.0, -2.0, 0.5])
    variable, state = tf.Variable(theta.astype(np.float32)), ours.start(theta)
    for _ in range(20):
        gradient = 2 * theta + np.array([0.0, 1.0, -3.0])
        optimiser.apply_gradients([(tf.constant(gradient.astype(np.float32)), variable)])
        theta, state = ours.step(theta, gradient, state)
        np.testing.assert_allclose(theta, variable.numpy(), atol=2e-5)


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


def separable(n=80, seed=0):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, 2))
    return X, (X @ [1.0, -1.0] > 0).astype(int)


def train(loss, y, *, last="softmax", n_out=2, epochs=60, **options):
    X, labels = separable()
    rng = np.random.default_rng(1)
    start = initialise([2, 6, n_out], activations=["tanh", last], rng=rng)
    settings = {"optimiser": Adam(0.05), "batch_size": 16, "rng": rng} | options
    return fit(start, X, y(labels), loss=loss, epochs=epochs, **settings)


@pytest.mark.parametrize(
    ("loss", "y", "options"),
    [
        ("cross_entropy", lambda t: t, {}),
        ("cross_entropy_from_logits", lambda t: t, {"last": "linear"}),
        ("squared_error", lambda t: np.eye(2)[t], {"last": "sigmoid"}),
        ("squared_error", lambda t: t[:, None], {"last": "sigmoid", "n_out": 1}),
        ("cross_entropy", lambda t: t, {"optimiser": GradientDescent(0.5)}),
    ],
)
def test_training_learns_and_keeps_its_history(loss, y, options):
    X, labels = separable(60, seed=9)
    held_out = (X, y(labels))
    fitted = train(loss, y, validation=held_out, **options)
    history = fitted.history
    for values in vars(history).values():
        assert len(values) == 60
    assert history.loss[-1] < 0.5 * history.loss[0]
    assert history.accuracy[-1] > 0.95
    assert history.validation_accuracy[-1] > 0.9
    output = predict(fitted.network, X)
    wanted = labels if output.shape[1] == 2 else labels[:, None]
    guess = output.argmax(axis=1) if output.shape[1] == 2 else (output >= 0.5).astype(int)
    assert history.validation_accuracy[-1] == pytest.approx(np.mean(guess == wanted), abs=0.02)


def test_training_repeats_with_its_seed():
    one, two = (train("cross_entropy", lambda t: t, epochs=3) for _ in range(2))
    assert one.history == two.history
    np.testing.assert_array_equal(parameters(one.network), parameters(two.network))


def test_the_loss_of_an_epoch_weighs_each_sample_the_same():
    # A learning rate so small that nothing moves: the epoch's loss is that of all samples.
    X, y = np.array([[1.0], [2.0], [4.0]]), np.array([[0.0], [0.0], [0.5]])
    start = Network((Dense([[1.0]], [0.0], "linear"),))
    fitted = fit(start, X, y, loss="squared_error", optimiser=GradientDescent(1e-14),
                 epochs=2, batch_size=2, rng=np.random.default_rng(0))  # fmt: skip
    assert fitted.history.loss == pytest.approx([(1 + 4 + 3.5**2) / 3] * 2)


@pytest.fixture(scope="module")
def irises():
    X, y = load_iris(return_X_y=True)
    return train_test_split(X, y, stratify=y, random_state=0)


class InOrder(np.random.Generator):
    """A generator that leaves samples as they come, as Keras does without its shuffling."""

    def permutation(self, n):
        return np.arange(n)


@pytest.mark.parametrize("seed", [0, pytest.param(1, marks=pytest.mark.slow)])
def test_the_numpy_network_reaches_what_keras_reaches_on_the_irises(irises, seed):
    # The same start and the same order of batches: chance has no part in it. With orders of
    # their own, a start with many silent neurons may end at a loss of 0.08 or of 0.26.
    X_train, X_test, y_train, y_test = irises
    order = np.random.default_rng(seed).permutation(len(X_train))
    X_train, y_train = X_train[order], y_train[order]
    names = ["relu", "relu", "softmax"]
    start = initialise([4, 10, 10, 3], activations=names, rng=np.random.default_rng(seed))
    fitted = fit(start, X_train, y_train, loss="cross_entropy", optimiser=Adam(0.01),
                 epochs=40, batch_size=16, rng=InOrder(np.random.PCG64()))  # fmt: skip
    layers = [tf.keras.layers.Dense(n, a) for n, a in zip([10, 10, 3], names, strict=True)]
    model = tf.keras.Sequential([tf.keras.Input((4,)), *layers])
    model.set_weights([part for layer in start.layers for part in (layer.W, layer.b)])
    adam = tf.keras.optimizers.Adam(0.01, epsilon=1e-8)
    model.compile(adam, "sparse_categorical_crossentropy", steps_per_execution=7)
    logs = model.fit(X_train, y_train, epochs=40, batch_size=16, shuffle=False, verbose=0)
    assert fitted.history.loss == pytest.approx(logs.history["loss"], rel=0.02)
    ours = np.mean(predict(fitted.network, X_test).argmax(axis=1) == y_test)
    theirs = np.mean(model(X_test).numpy().argmax(axis=1) == y_test)
    assert ours >= 0.92
    assert abs(ours - theirs) <= 1 / 38  # a flower on the border may fall on either side


def test_with_the_same_start_and_batches_training_follows_keras_step_by_step(irises):
    X, _, y, _ = irises
    names = ["relu", "relu", "softmax"]
    start = initialise([4, 10, 10, 3], activations=names, rng=np.random.default_rng(2))
    layers = [tf.keras.layers.Dense(n, a) for n, a in zip([10, 10, 3], names, strict=True)]
    model = tf.keras.Sequential([tf.keras.Input((4,)), *layers])
    model.set_weights([part for layer in start.layers for part in (layer.W, layer.b)])
    sgd = tf.keras.optimizers.SGD(0.05)
    model.compile(sgd, "sparse_categorical_crossentropy")
    logs = model.fit(X, y, epochs=10, batch_size=len(X), verbose=0)
    fitted = fit(start, X, y, loss="cross_entropy", optimiser=GradientDescent(0.05),
                 epochs=10, batch_size=len(X), rng=np.random.default_rng(0))  # fmt: skip
    assert fitted.history.loss == pytest.approx(logs.history["loss"], rel=1e-4)
    for layer, (W, b) in zip(fitted.network.layers, zip(*[iter(model.get_weights())] * 2,
                             strict=True), strict=True):  # fmt: skip
        np.testing.assert_allclose(layer.W, W, atol=1e-5)
        np.testing.assert_allclose(layer.b, b, atol=1e-5)


SMALL = Network((Dense([[1.0]], [0.0], "linear"),))


def small_fit(**changes):
    settings = {
        "X": [[1.0], [2.0]], "y": [[1.0], [3.0]], "loss": "squared_error", "epochs": 1,
        "optimiser": GradientDescent(0.1), "batch_size": 2, "rng": np.random.default_rng(0),
    } | changes  # fmt: skip
    return fit(settings.pop("network", SMALL), settings.pop("X"), settings.pop("y"), **settings)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"network": 3}, "`network` must be a Network: got 3"),
        ({"X": [[1.0]]}, "`X` and `y` must have as many rows .* got 1 and 2"),
        ({"X": [[1.0, 2.0]] * 2}, r"network's 1 inputs: got shape \(2, 2\)"),
        ({"y": [1.0, 3.0]}, r"`y` must have shape \(n_samples, n_outputs\)"),
        ({"loss": "cross_entropy"}, "`y` must be class indices"),
        ({"loss": "cross_entropy_from_logits", "y": [0, 1]}, "`y` .* from 0 to 0: got 1"),
        ({"loss": "hinge"}, "`loss` must be one of"),
        ({"optimiser": "adam"}, r"`optimiser` must be GradientDescent\(…\) .* got 'adam'"),
        ({"optimiser": Adam}, "got a type"),
        ({"epochs": 0}, "`epochs` must be a whole number of at least 1: got 0"),
        ({"batch_size": 2.0}, "`batch_size` must be a whole number"),
        ({"rng": 1}, "`rng` must be a Generator"),
        ({"validation": ([[1.0]],)}, "`validation` must be a pair"),
        ({"validation": ([[1.0]], [[1.0], [2.0]])}, "`validation X` and `validation y`"),
        ({"optimiser": GradientDescent(100.0), "epochs": 100}, "`learning_rate` must be small"),
    ],
)
def test_errors_say_what_was_expected(changes, message):
    with pytest.raises(InputError, match=message):
        small_fit(**changes)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: GradientDescent(0), "`learning_rate` must be a number above 0: got 0"),
        (lambda: Adam(beta_1=1.0), "`beta_1` must be a number of at least 0 and below 1: got 1.0"),
        (lambda: Adam(beta_2=-0.1), "`beta_2`.*got -0.1"),
        (lambda: Adam(epsilon=0), "`epsilon`"),
        (lambda: Adam().step([1.0], [1.0], ()), "`state` must be what `start`"),
        (lambda: Adam().step([1.0], [1.0], ([1.0], [1.0], [2.0])), "`state` must be what `start`"),
        (lambda: Adam().step([1.0], [1.0], ([1.0], [-1.0], 2.0)), "`state` must be what `start`"),
        (lambda: Adam().step([1.0], [1.0], ([1.0], [1.0], -1.0)), "`state` must be what `start`"),
        (lambda: Adam().step([1.0], [1.0], ([1.0], [1.0, 2.0], 0.0)), "`state` must be what"),
        (lambda: Adam().step([1.0], [1.0, 2.0], ()), "`theta` and `gradient` must have the same"),
        (lambda: with_parameters(SMALL, [1.0]), "network's 2 parameters: got 1"),
        (lambda: flatten(3), "`gradients` must be a Gradients"),
    ],
)
def test_parts_check_their_arguments(call, message):
    with pytest.raises(InputError, match=message):
        call()


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
