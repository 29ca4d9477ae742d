"""Each exercise on irises: its solution, and mistakes that people make."""

import numpy as np
import pytest

from dlcourse.exercises.checking import check
from dlcourse.networks import models

LOSSES = -np.log([0.7, 0.1])


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("irises-1", list(LOSSES)),
        ("irises-1", [0.36, 2.30]),
        ("irises-2", 600),
        ("irises-2", "600"),
    ],
)
def test_the_solution_is_right(name, answer):
    assert check(name, answer)


@pytest.mark.parametrize(
    ("name", "answer", "hint"),
    [
        ("irises-1", LOSSES[::-1], "wrong way round"),
        ("irises-1", -LOSSES, "sign"),
        ("irises-1", LOSSES / np.log(10), "base 10"),
        ("irises-1", LOSSES / np.log(2), "base 2"),
        ("irises-1", [0.7, 0.1], "-np.log"),
        ("irises-1", 0.36, "a list of 2 numbers"),
        ("irises-2", 562.5, "takes a step"),
        ("irises-2", 9000, "share one step"),
        ("irises-2", 6, "one epoch"),
        ("irises-2", 43, "Batches in an epoch"),
        ("irises-3", "straight", "network itself"),
    ],
)
def test_a_mistake_gets_its_own_hint(name, answer, hint):
    verdict = check(name, answer)
    assert not verdict
    assert hint in verdict.message


def straight_network(*, hidden=False):
    import keras

    layers = [keras.Input((4,)), keras.layers.Dense(3, activation="softmax")]
    if hidden:
        layers.insert(1, keras.layers.Dense(10))
    return keras.Sequential(layers)


def test_a_trained_network_without_hidden_layers_is_right():
    network = straight_network()
    assert "not been trained" in check("irises-3", network).message
    network.layers[0].set_weights([np.ones((4, 3)), np.ones(3)])
    assert check("irises-3", network)


def test_hidden_layers_and_missing_input_are_told_apart():
    import keras

    assert "Leave out the hidden" in check("irises-3", straight_network(hidden=True)).message
    unbuilt = keras.Sequential([keras.layers.Dense(3)])
    assert "no weights yet" in check("irises-3", unbuilt).message
    assert "Leave out the hidden" in check("irises-3", models.iris_network()).message
