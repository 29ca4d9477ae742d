"""One network, trained again: as if it had been built anew."""

import json

import numpy as np
import pytest

from dlcourse.errors import InputError
from dlcourse.networks import retrain_without_compiling

X = np.random.default_rng(0).normal(size=(60, 4)).astype("float32")
y = (X[:, 0] > 0).astype(int)
SETS = (X[:40], y[:40]), (X[40:], y[40:])


def network(optimizer="adam"):
    import keras

    layers = [keras.Input((4,)), keras.layers.Dense(8, "relu"), keras.layers.Dropout(0.2)]
    return retrain_without_compiling.compile_network(
        keras.Sequential([*layers, keras.layers.Dense(2)]), keras.optimizers.get(optimizer)
    )


def test_a_second_run_is_that_of_a_new_network():
    used = network()
    retrain_without_compiling.train_anew(used, *SETS, epochs=3, seed=5, learning_rate=0.05)
    again = retrain_without_compiling.train_anew(used, *SETS, epochs=3, seed=1, learning_rate=0.01)
    new = retrain_without_compiling.train_anew(
        network(), *SETS, epochs=3, seed=1, learning_rate=0.01
    )
    assert again == new


def test_seed_and_rate_change_the_run():
    used = network("sgd")
    runs = [
        retrain_without_compiling.train_anew(used, *SETS, epochs=2, seed=seed, learning_rate=rate)
        for seed, rate in ((0, 0.1), (1, 0.1), (0, 0.2))
    ]
    assert len({run.loss for run in runs}) == 3
    assert runs[0].first_loss == runs[2].first_loss != runs[1].first_loss


def test_the_steps_are_those_of_fit():
    """Batches of 15 leave one of 10 at the end."""
    used = network("sgd")
    retrain_without_compiling.restart(used, seed=0)
    start = used.get_weights()
    trial = retrain_without_compiling.train_anew(used, *SETS, epochs=2, batch_size=15, seed=0)
    theirs = network("sgd")
    retrain_without_compiling.restart(theirs, seed=0)
    theirs.set_weights(start)
    rng = np.random.default_rng(0)
    losses = []
    for _ in range(2):
        order = rng.permutation(40)
        history = theirs.fit(X[order], y[order], batch_size=15, shuffle=False, verbose=0).history
        losses.append(history["loss"][0])
    assert trial.loss == pytest.approx(losses, rel=1e-5)
    assert trial.validation_loss[-1] == pytest.approx(theirs.evaluate(*SETS[1], verbose=0)[0])
    for ours, fitted in zip(used.get_weights(), theirs.get_weights(), strict=True):
        np.testing.assert_allclose(ours, fitted, rtol=1e-4, atol=1e-6)


def test_early_stopping_stops_and_brings_the_best_weights_back():
    import keras

    stopping = keras.callbacks.EarlyStopping(
        monitor="val_loss", patience=1, restore_best_weights=True
    )
    used = network("sgd")
    trial = retrain_without_compiling.train_anew(
        used, SETS[0], SETS[1], epochs=40, learning_rate=20.0, callbacks=[stopping]
    )
    assert len(trial.loss) < 40
    best = used.evaluate(*SETS[1], verbose=0)[0]
    assert best == pytest.approx(min(trial.validation_loss), rel=1e-4)
    assert len(retrain_without_compiling.train_anew(used, *SETS, epochs=3).loss) == 3


def test_the_first_loss_is_that_of_the_first_weights():
    used = network()
    retrain_without_compiling.train_anew(used, *SETS, epochs=2, seed=0)
    retrain_without_compiling.restart(used, seed=0)
    z = np.asarray(used(X[:40]), dtype=float)
    z -= z.max(axis=1, keepdims=True)
    by_hand = -(z - np.log(np.exp(z).sum(axis=1, keepdims=True)))[np.arange(40), y[:40]].mean()
    assert retrain_without_compiling.train_anew(
        used, *SETS, epochs=1, seed=0
    ).first_loss == pytest.approx(by_hand, rel=1e-5)


@pytest.mark.parametrize("rows", [slice(0, 1), slice(0, 40), slice(0, 60)])
def test_it_measures_what_keras_measures(rows):
    used = network()
    retrain_without_compiling.train_anew(used, *SETS, epochs=2, seed=0)
    theirs = used.evaluate(X[rows], y[rows], verbose=0)
    assert retrain_without_compiling.evaluate(used, X[rows], y[rows]) == pytest.approx(
        theirs, rel=1e-5
    )


def test_measuring_leaves_dropout_out_and_the_weights_as_they_are():
    used = network()
    before = used.get_weights()
    assert retrain_without_compiling.evaluate(used, X, y) == retrain_without_compiling.evaluate(
        used, X, y
    )
    for first, last in zip(before, used.get_weights(), strict=True):
        np.testing.assert_array_equal(first, last)


def test_what_is_measured_must_have_a_label_each():
    with pytest.raises(InputError, match="as many rows"):
        retrain_without_compiling.evaluate(network(), X, y[:-1])


def test_no_network_of_many_is_warned_about(caplog, monkeypatch):
    """TensorFlow warns where it traces the same code anew five times, as it would Keras's."""
    import tensorflow as tf

    def of_shared_code(used, X, y):
        @tf.function
        def test(X, y):
            used.test_step((X, y))

        test(X, y)

    def warnings(measure):
        caplog.clear()
        for _ in range(6):
            measure(network(), X, y)
        return [record for record in caplog.records if "retracing" in record.getMessage()]

    monkeypatch.setattr(tf.get_logger(), "propagate", True)
    assert not warnings(retrain_without_compiling.evaluate)
    assert warnings(of_shared_code)


def test_recovered_is_below_a_sixth_of_guessing():
    below, above = np.log(10) / 6 - 0.01, np.log(10) / 6 + 0.01
    cases = {(0.1, below): True, (below, above): False, (0.1, float("nan")): False}
    for losses, expected in cases.items():
        trial = retrain_without_compiling.Trial(2.3, (0.1,), (1.0,), losses, (0.9,))
        assert retrain_without_compiling.has_recovered(trial, n_classes=10) == expected
    assert not retrain_without_compiling.has_recovered(
        retrain_without_compiling.Trial(0.7, (0.1,), (1.0,), (below,), (0.9,)), n_classes=2
    )


def test_a_record_is_json_and_keeps_three_places():
    trial = retrain_without_compiling.Trial(
        2.30259, (1.23456, float("inf")), (0.5, 0.1), (float("nan"), 1.0), (0, 0.12345)
    )
    record = retrain_without_compiling.as_record(trial)
    assert json.loads(json.dumps(record, allow_nan=False)) == {
        "first": 2.303,
        "loss": [1.235, None],
        "validation": [None, 1.0],
        "accuracy": 0.123,
    }


def test_a_network_that_is_not_compiled_is_refused():
    import keras

    bare = keras.Sequential([keras.Input((4,)), keras.layers.Dense(2)])
    with pytest.raises(InputError, match="compile_network"):
        retrain_without_compiling.restart(bare, seed=0)
    with pytest.raises(InputError, match="compile_network"):
        retrain_without_compiling.evaluate(bare, X, y)


def test_rounds_go_over_all_examples_evenly():
    order = retrain_without_compiling.in_rounds(10, 35, seed=0)
    assert len(order) == 35
    assert set(np.bincount(order)) == {3, 4}
    assert sorted(order[:10]) == list(range(10))


def test_it_takes_as_many_steps_as_asked(monkeypatch):
    import keras

    monkeypatch.delenv("DLCOURSE_QUICK", raising=False)
    network = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])
    retrain_without_compiling.compile_network(network, keras.optimizers.SGD())
    retrain_without_compiling.restart(network, seed=0)
    retrain_without_compiling.take_steps(
        network, np.ones((4, 3)), np.ones(4, int), steps=7, batch_size=5, seed=0
    )
    assert int(network.optimizer.iterations) == 7
