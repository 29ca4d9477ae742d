"""The deep network, against its formula written out in NumPy."""

import numpy as np
import pytest
from refusals import refusals

from dlcourse.networks.deep_network_with_shortcuts import deep_network

X = np.random.default_rng(0).normal(size=(30, 5)).astype("float32")


def by_hand(network, X, *, normalise, shortcuts):
    """The forward pass in training: each layer normalised over the batch."""
    weights = iter(network.get_weights())
    x = X.astype(float) @ next(weights) + next(weights)
    for _ in range(3):
        h = x
        if normalise:
            gamma, beta, _, _ = (next(weights) for _ in range(4))
            h = gamma * (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + 1e-3) + beta
        h = np.maximum(h, 0) @ next(weights) + next(weights)
        x = x + h if shortcuts else h
    return x @ next(weights) + next(weights)


@pytest.mark.parametrize("normalise", [False, True])
@pytest.mark.parametrize("shortcuts", [False, True])
def test_it_computes_its_formula(normalise, shortcuts):
    wiring = {"normalise": normalise, "shortcuts": shortcuts}
    network = deep_network(3, n_inputs=5, n_classes=4, width=6, **wiring)
    expected = by_hand(network, X, **wiring)
    assert np.allclose(network(X, training=True), expected, atol=1e-4)


test_numbers_must_be_whole_and_positive = refusals(
    (lambda: deep_network(0, n_inputs=4, n_classes=3), "n_layers"),
    (lambda: deep_network(2, n_inputs=4, n_classes=3, width=0), "width"),
    (lambda: deep_network(2, n_inputs=4, n_classes=2.5), "n_classes"),
)
