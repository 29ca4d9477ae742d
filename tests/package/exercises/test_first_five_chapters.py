"""Exercises of the first five chapters: the solution, and mistakes that people make."""

import numpy as np
import pytest

from dlcourse.clustering import kmeans
from dlcourse.data import irises
from dlcourse.exercises.checking import check


def petal_inertias(ks, choose=min):
    petals = irises.load().X[:, 2:]
    return [
        choose(kmeans(petals, n_clusters=k, seed=seed).inertia for seed in range(10)) for k in ks
    ]


def same(x1, x2):
    return int(x1 == x2)


def steep(f, w):
    return (f(w + 1e-5) - f(w - 1e-5)) / 2e-5


POWERS = np.exp([1.0, 0.0, 0.0])


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("machine-learning-1", ["supervised", "Unsupervised", "supervised"]),
        ("machine-learning-2", (2, 2 / 3)),
        ("machine-learning-3", 0.05),
        ("neurons-1", 0.25),
        ("neurons-2", (1, 1, -1.5)),
        ("neurons-2", (2, 3, -4)),
        ("neurons-3", POWERS / POWERS.sum()),
        ("neurons-3", [0.58, 0.21, 0.21]),
        ("neurons-4", (-5, -5, 7.5)),
        ("networks-1", 193),
        ("networks-2", 3),
        ("networks-2", np.array([[3.0]])),
        ("networks-3", same),
        ("backpropagation-1", ("validation", "training", "test")),
        ("backpropagation-2", -0.75),
        ("backpropagation-3", 0.8),
        ("backpropagation-4", steep),
        ("libraries-1", ["gradient", "forward pass", "step", "loss"]),
        ("libraries-2", 10),
    ],
)
def test_the_solution_is_right(name, answer):
    assert check(name, answer)


@pytest.mark.parametrize(
    ("name", "answer", "digits"),
    [
        ("machine-learning-3", 0.05, 4),
        ("neurons-1", 0.25, 3),
        ("backpropagation-2", -0.75, 3),
        ("backpropagation-3", 0.8, 3),
        ("libraries-2", 10, 3),
    ],
)
def test_an_answer_may_be_rounded_but_no_further(name, answer, digits):
    unit = 10**-digits
    assert check(name, answer + 0.5 * unit)
    assert check(name, answer - 0.5 * unit)
    assert not check(name, answer + 0.6 * unit)
    assert not check(name, answer - 0.6 * unit)


def test_a_slope_may_be_rounded_but_no_further():
    assert check("backpropagation-4", lambda f, w: steep(f, w) + 0.00049)
    assert not check("backpropagation-4", lambda f, w: steep(f, w) + 0.0006)


@pytest.mark.parametrize(
    ("name", "answer", "hint"),
    [
        ("machine-learning-1", ["supervised"] * 3, "Task 2"),
        ("machine-learning-1", ["unsupervised", "unsupervised", "supervised"], "Task 1"),
        ("machine-learning-1", ["supervised", "unsupervised", "unsupervised"], "Task 3"),
        ("machine-learning-1", "supervised", "list of 3"),
        ("machine-learning-2", (2 / 3, 2), "wrong way round"),
        ("machine-learning-2", (2, 1), "first point"),
        ("machine-learning-2", (2.4, 0), "origin"),
        ("machine-learning-2", (2, 5), "intercept"),
        ("machine-learning-2", (1, 1), "means"),
        ("machine-learning-3", 0.1, "beyond all bounds"),
        ("machine-learning-3", 0.01, "a larger one"),
        ("machine-learning-3", 0.03, "a larger one"),
        ("machine-learning-3", 5, "one of"),
        ("neurons-1", 0.0, "without the bias"),
        ("neurons-1", 0.562, "sigmoid"),
        ("neurons-1", 4.25, "negative"),
        ("neurons-1", 9, "Multiply each input"),
        ("neurons-2", (1, 1, -0.5), '"or"'),
        ("neurons-2", (1, 1, -5), "never fires"),
        ("neurons-2", (1, 1, 1), "always fires"),
        ("neurons-2", (-1, -1, 1.5), "not both"),
        ("neurons-2", (1, 0, -0.5), "(1, 0), (1, 1)"),
        ("neurons-3", POWERS, "Divide"),
        ("neurons-3", [1, 0, 0], "divided by their total"),
        ("neurons-3", [0.731, 0.5, 0.5], "sigmoid"),
        ("neurons-3", [0.5, 0.4, 0.3], "add up to 1"),
        ("neurons-3", [0.5, 0.3, 0.2], "np.exp"),
        ("neurons-4", (5, 5, -7.5), '"both"'),
        ("neurons-4", (5, 5, -2), '"or"'),
        ("neurons-4", (0, 0, 0), "same answer"),
        ("neurons-4", (-5, 0, 2), "some pairs"),
        ("networks-1", 170, "bias as well"),
        ("networks-1", 23, "weight as well"),
        ("networks-1", 27, "circles"),
        ("networks-1", 197, "inputs are not neurons"),
        ("networks-1", 83, "one hidden layer"),
        ("networks-1", 4, "inputs x neurons"),
        ("networks-2", 1.5, "ReLU make of it"),
        ("networks-2", 4, "bias of -1"),
        ("networks-2", 0.0, "First both hidden sums"),
        ("networks-2", 2, "Rows are inputs"),
        ("networks-3", lambda a, b: 1 - same(a, b), "opposite"),
        ("networks-3", lambda a, b: int(a and b), "(0, 0)"),
        ("networks-3", lambda a, b: int(not (a or b)), "(1, 1)"),
        ("networks-3", lambda a, b: a + b, "0 or 1"),
        ("networks-3", lambda a, b: 1, "it should return"),
        ("networks-3", same(1, 1), "without brackets"),
        ("backpropagation-1", ["test", "training", "test"], "no longer tests"),
        ("backpropagation-1", ["training", "training", "test"], "never says stop"),
        ("backpropagation-1", ["validation", "test", "test"], "fitted to"),
        ("backpropagation-1", ["validation", "training", "training"], "customer"),
        ("backpropagation-2", 0.75, "sign"),
        ("backpropagation-2", -0.375, "factor of 2"),
        ("backpropagation-2", -0.25, "bias"),
        ("backpropagation-2", -3, "own slope"),
        ("backpropagation-2", 12, "Multiply"),
        ("backpropagation-3", 0.2, "Subtract"),
        ("backpropagation-3", 1.25, "learning rate first"),
        ("backpropagation-3", 0.3, "after it"),
        ("backpropagation-3", 4, "old weight"),
        ("backpropagation-4", lambda f, w: 2 * steep(f, w), "Twice"),
        ("backpropagation-4", lambda f, w: -steep(f, w), "sign"),
        ("backpropagation-4", lambda f, w: f(w + 1e-5) - f(w), "nearly zero"),
        ("backpropagation-4", lambda f, w: (f(w + 1e-5) - f(w)) / 2e-5, "Half"),
        ("backpropagation-4", lambda f, w: (f(w + 0.1) - f(w)) / 0.1, "smaller h"),
        ("backpropagation-4", lambda f, w: (f(w) - f(w - 0.9)) / 0.9, "smaller h"),
        ("backpropagation-4", lambda f, w: 100.0, "Divide"),
        ("backpropagation-4", lambda f: 0, "TypeError"),
        ("libraries-1", ["forward pass", "loss", "gradient", "step"], "shuffled"),
        ("libraries-1", ["step", "forward pass", "gradient", "loss"], "Line 1"),
        ("libraries-1", ["gradient", "loss", "step", "forward pass"], "Line 2"),
        ("libraries-1", ["gradient", "forward pass", "step", "step"], "Line 4"),
        ("libraries-2", 4, "value of g"),
        ("libraries-2", 12, "-2w is missing"),
        ("libraries-2", 14, "sign"),
        ("libraries-2", 0, "GradientTape"),
        ("libraries-3", 114, "network itself"),
    ],
)
def test_a_mistake_gets_its_own_hint(name, answer, hint):
    verdict = check(name, answer)
    assert not verdict
    assert hint in verdict.message


def test_the_sums_of_k_means():
    assert check("machine-learning-4", petal_inertias(range(1, 7)))
    for answer, hint in [
        (petal_inertias(range(2, 8)), "Begin with one"),
        (petal_inertias(range(1, 7))[::-1], "reversed"),
        (petal_inertias(range(1, 7), sum), "not the sum"),
        (petal_inertias(range(1, 7), max), "not the largest"),
        ([0] * 6, "For each k"),
    ]:
        verdict = check("machine-learning-4", answer)
        assert not verdict
        assert hint in verdict.message


def keras_network(*hidden, activation="relu", output="softmax", with_input=True):
    import keras

    layers = [keras.layers.Dense(n, activation=activation) for n in hidden]
    layers.append(keras.layers.Dense(2, activation=output))
    return keras.Sequential([keras.Input((2,)), *layers] if with_input else layers)


def test_the_keras_network():
    assert check("libraries-3", keras_network(8, 8))
    for network, hint in [
        (keras_network(8), "parameters"),
        (keras_network(8, 8, with_input=False), "no weights yet"),
        (keras_network(8, 8, activation=None), "no activation"),
        (keras_network(8, 8, output="sigmoid"), "softmax"),
    ]:
        verdict = check("libraries-3", network)
        assert not verdict
        assert hint in verdict.message
