"""An epoch of the NumPy network against one of scikit-learn's ``MLPClassifier``."""

from __future__ import annotations

import warnings

import numpy as np
from sklearn.datasets import load_iris
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier

from benchmarks import Row, compare
from dlcourse.dense_network import initialise
from dlcourse.optimisers import Adam
from dlcourse.training import fit


def run() -> list[Row]:
    """Compare on the irises, and on a set the size of a small photo collection."""
    rng = np.random.default_rng(0)
    irises = load_iris(return_X_y=True)
    digits = rng.random((5000, 784)), rng.integers(0, 10, 5000)
    return [
        _epoch("network epoch, irises, 4-10-10-3, batches of 16", *irises, [10, 10], 16, 20),
        _epoch("network epoch, 5000×784, 784-128-10, batches of 128", *digits, [128], 128, 2),
    ]


def _epoch(name, X, y, hidden, batch_size, epochs) -> Row:  # noqa: ANN001, PLR0917
    sizes = [X.shape[1], *hidden, int(y.max()) + 1]
    activations = ["relu"] * len(hidden) + ["softmax"]

    def ours() -> None:
        rng = np.random.default_rng(0)
        start = initialise(sizes, activations=activations, rng=rng)
        fit(start, X, y, loss="cross_entropy", optimiser=Adam(), epochs=epochs,
            batch_size=batch_size, rng=rng)  # fmt: skip

    def theirs() -> None:
        network = MLPClassifier(hidden, batch_size=batch_size, max_iter=epochs, alpha=0,
                                n_iter_no_change=epochs, random_state=0)  # fmt: skip
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)  # few epochs are the point
            network.fit(X, y)

    row = compare(name, ours, {"MLPClassifier": theirs}, rounds=7)
    return Row(row.name, row.ours / epochs, row.other / epochs, row.other_is)
