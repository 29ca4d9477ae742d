"""One network, trained again: as if it had been built anew."""

import numpy as np
import pytest

from dlcourse.errors import InputError
from dlcourse.networks import trials

X = np.random.default_rng(0).normal(size=(60, 4)).astype("float32")
y = (X[:, 0] > 0).astype(int)
SETS = (X[:40], y[:40]), (X[40:], y[40:])


def network(optimizer="adam"):
    import keras

    layers = [keras.Input((4,)), keras.layers.Dense(8, "relu"), keras.layers.Dropout(0.2)]
    return trials.compile_network(
        keras.Sequential([*layers, keras.layers.Dense(2)]), keras.optimizers.get(optimizer)
    )


def test_a_second_run_is_that_of_a_new_network():
    used = network()
    trials.run(used, *SETS, epochs=3, seed=5, learning_rate=0.05)
    again = trials.run(used, *SETS, epochs=3, seed=1, learning_rate=0.01)
    new = trials.run(network(), *SETS, epochs=3, seed=1, learning_rate=0.01)
    assert again == new


def test_seed_and_rate_change_the_run():
    used = network("sgd")
    runs = [
        trials.run(used, *SETS, epochs=2, seed=seed, learning_rate=rate)
        for seed, rate in ((0, 0.1), (1, 0.1), (0, 0.2))
    ]
    assert len({run.loss for run in runs}) == 3
    assert runs[0].first_loss == runs[2].first_loss != runs[1].first_loss


def test_the_first_loss_is_that_of_the_first_weights():
    used = network()
    trials.run(used, *SETS, epochs=2, seed=0)
    trials.restart(used, seed=0)
    z = np.asarray(used(X[:40]), dtype=float)
    z -= z.max(axis=1, keepdims=True)
    by_hand = -(z - np.log(np.exp(z).sum(axis=1, keepdims=True)))[np.arange(40), y[:40]].mean()
    assert trials.run(used, *SETS, epochs=1, seed=0).first_loss == pytest.approx(by_hand, rel=1e-5)


def test_a_network_that_is_not_compiled_is_refused():
    import keras

    with pytest.raises(InputError, match="compile_network"):
        trials.restart(keras.Sequential([keras.Input((4,)), keras.layers.Dense(2)]), seed=0)
