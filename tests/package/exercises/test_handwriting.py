"""Each exercise on handwriting: its solution, and mistakes that people make."""

import numpy as np
import pytest

from dlcourse.exercises.checking import check
from dlcourse.networks import models


@pytest.mark.parametrize(("name", "answer"), [("handwriting-1", 896), ("handwriting-2", 512.0)])
def test_the_solution_is_right(name, answer):
    assert check(name, answer)


@pytest.mark.parametrize(
    ("name", "answer", "hint"),
    [
        ("handwriting-1", 864, "a bias as well"),
        ("handwriting-1", 320, "as deep as its input"),
        ("handwriting-1", 960, "One bias for a filter"),
        ("handwriting-1", 9, "How many numbers"),
        ("handwriting-2", 16, "one channel"),
        ("handwriting-2", 1568, "with padding"),
        ("handwriting-2", 12800, "left out the pooling"),
        ("handwriting-2", 28, "Follow one side"),
        ("handwriting-2", "many", "needs numbers"),
        ("handwriting-3", 101770, "network itself"),
    ],
)
def test_a_mistake_gets_its_own_hint(name, answer, hint):
    verdict = check(name, answer)
    assert not verdict
    assert hint in verdict.message


def test_the_network_of_dense_layers_is_looked_at():
    import keras

    layers = keras.layers
    dense = keras.Sequential(
        [keras.Input((28, 28, 1)), layers.Flatten(), layers.Dense(128), layers.Dense(10)]
    )
    assert "not been trained" in check("handwriting-3", dense).message
    dense.layers[-1].set_weights([np.ones((128, 10)), np.ones(10)])
    verdict = check("handwriting-3", dense)
    assert verdict
    assert f"{dense.count_params():,} weights, 47 %" in verdict.message
    assert f"{models.mnist_network().count_params():,} with convolutions" in verdict.message
    assert "convolution" in check("handwriting-3", models.mnist_network()).message
    assert "shapes" in check("handwriting-3", models.iris_network()).message
