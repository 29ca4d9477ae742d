"""The tests of robustness do to pictures what they say, and count rightly."""

import numpy as np
import pytest

from dlcourse.errors import InputError
from dlcourse.networks.trained_network import Layer, TrainedNetwork
from dlcourse.robust import robustness


@pytest.fixture
def corner_network():
    """Answers none if the picture is bright, else the digit that the first pixel says."""
    W = np.zeros((784, 11), np.float32)
    W[0, :10] = 100 * np.arange(10)
    W[1, 10] = 10_000
    b = np.zeros(11, np.float32)
    b[:10] = -5 * np.arange(10) ** 2
    layers = (Layer("flatten"), Layer("dense", "dense_1"))
    tensors = {"dense_1.kernel": W, "dense_1.bias": b}
    return TrainedNetwork(layers, tensors, classes=(*"0123456789", "none"))


def pictures(first):
    X = np.zeros((len(first), 28, 28), np.float32)
    X[:, 0, 0] = first
    return X


def test_a_score_counts_right_and_refused(corner_network):
    X = pictures([0.0, 0.1, 0.2, 0.3])
    X[3, 0, 1] = 1
    score = robustness.score(corner_network, X, [0, 1, 7, -1])
    assert (score.right, score.refused) == (0.75, 0.25)
    with pytest.raises(InputError, match="as many rows"):
        robustness.score(corner_network, X, [1])


def test_conditions():
    X = np.random.default_rng(0).uniform(size=(5, 28, 28)).astype(np.float32)
    np.testing.assert_allclose(robustness.inverted(X), 1 - X)
    for change in (robustness.shifted, robustness.noisy):
        np.testing.assert_array_equal(change(X, seed=1), change(X, seed=1))
        assert np.abs(change(X, seed=1) - change(X, seed=2)).max() > 0
        assert change(X).shape == X.shape
    assert robustness.noisy(X).min() >= 0
    assert robustness.noisy(X).max() <= 1
    dot = np.zeros((200, 28, 28), np.float32)
    dot[:, 14, 14] = 1
    moved = np.argwhere(robustness.shifted(dot))[:, 1:] - 14
    assert moved.min() == -3
    assert moved.max() == 3
