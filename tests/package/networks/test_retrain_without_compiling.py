"""One network, trained again: as if it had been built anew."""

import keras
import numpy as np
import pytest
from refusals import refusals

from dlcourse.networks.retrain_without_compiling import (
    compile_network,
    restart,
    take_steps,
    train_anew,
)

X = np.random.default_rng(0).normal(size=(60, 4)).astype("float32")
y = (X[:, 0] > 0).astype(int)
SETS = (X[:40], y[:40]), (X[40:], y[40:])


def network(optimizer="sgd"):
    layers = [keras.Input((4,)), keras.layers.Dense(8, "relu"), keras.layers.Dropout(0.2)]
    return compile_network(
        keras.Sequential([*layers, keras.layers.Dense(2)]), keras.optimizers.get(optimizer)
    )


@pytest.fixture(scope="module")
def used():
    """A network that tests train one after the other."""
    return network()


@pytest.mark.parametrize("optimizer", ["adam", "adagrad", "nadam"])
def test_a_second_run_is_that_of_a_new_network(optimizer):
    used = network(optimizer)
    train_anew(used, *SETS, epochs=3, seed=5, learning_rate=0.05)
    again, new = (
        train_anew(one, *SETS, epochs=3, seed=1, learning_rate=0.01)
        for one in (used, network(optimizer))
    )
    assert again == new


def test_seed_and_rate_change_the_run(used):
    runs = [
        train_anew(used, *SETS, epochs=2, seed=seed, learning_rate=rate)
        for seed, rate in ((0, 0.1), (1, 0.1), (0, 0.2))
    ]
    assert len({run.loss for run in runs}) == 3
    assert runs[0].first_loss == runs[2].first_loss != runs[1].first_loss


def test_the_curves_are_those_of_the_network_that_is_left_trained(used):
    trial = train_anew(used, *SETS, epochs=2, batch_size=15, seed=0)
    assert int(used.optimizer.iterations) == 2 * 3  # batches of 15, 15 and 10
    last = trial.validation_loss[-1], trial.validation_accuracy[-1]
    assert last == pytest.approx(used.evaluate(*SETS[1], verbose=0), rel=1e-5)


def test_early_stopping_stops_and_brings_the_best_weights_back(used):
    stopping = keras.callbacks.EarlyStopping(
        monitor="val_loss", patience=1, restore_best_weights=True
    )
    trial = train_anew(used, *SETS, epochs=40, learning_rate=20.0, callbacks=[stopping])
    assert len(trial.loss) < 40
    best = used.evaluate(*SETS[1], verbose=0)[0]
    assert best == pytest.approx(min(trial.validation_loss), rel=1e-4)
    assert len(train_anew(used, *SETS, epochs=3).loss) == 3


def test_a_callback_may_set_the_rate_before_each_epoch(used):
    def stand_still(*_):
        used.optimizer.learning_rate = 0.0

    callback = keras.callbacks.LambdaCallback(on_epoch_begin=stand_still)
    trial = train_anew(used, *SETS, epochs=2, learning_rate=0.1, callbacks=[callback])
    assert trial.validation_loss[0] == trial.validation_loss[1]


def test_the_first_loss_is_that_of_the_first_weights(used):
    restart(used, seed=0)
    z = np.asarray(used(X[:40]), dtype=float)
    z -= z.max(axis=1, keepdims=True)
    by_hand = -(z - np.log(np.exp(z).sum(axis=1, keepdims=True)))[np.arange(40), y[:40]].mean()
    first_loss = train_anew(used, *SETS, epochs=1, seed=0).first_loss
    assert first_loss == pytest.approx(by_hand, rel=1e-5)


def test_no_epoch_leaves_empty_curves(used):
    trial = train_anew(used, *SETS, epochs=0)
    assert trial.first_loss > 0
    assert trial.loss == trial.validation_accuracy == ()


BARE = keras.Sequential([keras.Input((4,)), keras.layers.Dense(2)])
UNMEASURED = keras.Sequential([keras.Input((4,)), keras.layers.Dense(2)])
UNMEASURED.compile("sgd", keras.losses.SparseCategoricalCrossentropy(from_logits=True))

test_what_does_not_fit_is_refused = refusals(
    (lambda: restart(BARE, seed=0), "compile_network"),
    (lambda: take_steps(BARE, X, y, steps=1, seed=0), "Call `compile_network` first"),
    (lambda: take_steps(UNMEASURED, X, y, steps=1, seed=0), "Call `compile_network` first"),
    (lambda: train_anew(BARE, *SETS), "Call `compile_network` first"),
    (lambda: train_anew(UNMEASURED, *SETS), "Call `compile_network` first"),
    (lambda: take_steps(network(), X, y[:-1], steps=1, seed=0), "as many rows"),
    (lambda: take_steps(network(), X[:0], y[:0], steps=1, seed=0), "`y` must not be empty"),
    (lambda: take_steps(network(), X, y, steps=0, seed=0), "`steps`"),
    (lambda: train_anew(network(), *SETS, batch_size=0), "`batch_size`"),
)


def test_it_takes_as_many_steps_as_asked_in_rounds_of_all_examples(used, monkeypatch):
    monkeypatch.delenv("DLCOURSE_QUICK", raising=False)
    seen, fit = [], used.fit

    def watched(batches, **options):
        seen.extend(batches)
        fit(batches, **options)

    monkeypatch.setattr(used, "fit", watched)
    restart(used, seed=0)
    take_steps(used, *SETS[0], steps=20, batch_size=6, seed=0)
    assert int(used.optimizer.iterations) == 20
    rows = np.concatenate([np.asarray(batch) for batch, _ in seen])
    assert len(rows) == 20 * 6
    rounds = rows.reshape(3, 40, 4)
    for one in rounds:
        np.testing.assert_array_equal(np.sort(one, axis=0), np.sort(X[:40], axis=0))
    assert not np.array_equal(rounds[0], rounds[1])
