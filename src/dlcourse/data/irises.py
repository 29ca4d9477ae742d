"""Fisher's irises: 150 flowers of three species, four lengths each, in centimetres.

The copy that scikit-learn ships is used. It differs from the one in the UCI archive,
which has errors in two rows (the 35th and the 38th flower, counted from 1).

Source: R. A. Fisher, *The use of multiple measurements in taxonomic problems*, Annals of Eugenics 7
(1936), 179-188, Table I.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.datasets import load_iris

from dlcourse import argument_checks
from dlcourse.data.stratified_split import Split, stratified_split

FEATURE_NAMES = ("sepal length", "sepal width", "petal length", "petal width")
SPECIES = ("setosa", "versicolor", "virginica")
#: A quarter is set aside for the test, scikit-learn's default; of the rest some watch the training.
N_TEST, N_VALIDATION = 38, 22


@dataclass(frozen=True)
class Irises:
    """The flowers, their measurements and species.

    `X`, shape (n_samples, 4), has sepal length, sepal width, petal length and petal width, in
    centimetres; `y`, shape (n_samples,), the species as a class index: 0 setosa, 1 versicolor, 2
    virginica.
    """

    X: NDArray[np.float32]
    y: NDArray[np.int64]
    feature_names: tuple[str, ...] = FEATURE_NAMES
    species: tuple[str, ...] = SPECIES


def load() -> Irises:
    """Load the 150 irises.

    >>> flowers = load()
    >>> flowers.X.shape, flowers.y.shape
    ((150, 4), (150,))
    >>> flowers.species[flowers.y[0]]
    'setosa'
    """
    X, y = load_iris(return_X_y=True)
    return Irises(X.astype(np.float32), y.astype(np.int64))


def split(irises: Irises, *, seed: int) -> Split:
    """Split flowers into training, validation and test sets, each with its share of species.

    The same seed gives the same split: 90 flowers for training, 22 for validation and 38 for the
    test.

    >>> parts = split(load(), seed=0)
    >>> len(parts.y_train), len(parts.y_validation), len(parts.y_test)
    (90, 22, 38)
    """
    irises = argument_checks.instance(irises, "irises", Irises)
    seed = argument_checks.seed(seed)
    return stratified_split(irises.X, irises.y, n_validation=N_VALIDATION, n_test=N_TEST, seed=seed)


def pipeline(
    X: NDArray[np.floating],
    y: NDArray[np.integer],
    *,
    batch_size: int = 32,
    shuffle_seed: int | None = None,
) -> Any:
    """Turn measurements and class indices into a ``tf.data.Dataset`` of batches.

    Batches ``(X, y)`` have shapes (batch_size, 4), float32, and (batch_size,), int64; the last may
    be smaller. With a `shuffle_seed` the flowers come in a new random order each epoch (training
    data), without they stay in order (validation and test data).
    """
    X = argument_checks.array(X, "X", "n_samples n_features").astype(np.float32)
    y = argument_checks.labels(y, "y", "n_samples")
    argument_checks.same_length(X, "X", y, "y")
    batch_size = argument_checks.count(batch_size, "batch_size")
    if shuffle_seed is not None:
        shuffle_seed = argument_checks.seed(shuffle_seed, "shuffle_seed")
    import tensorflow as tf  # noqa: PLC0415  (seconds to import)

    dataset = tf.data.Dataset.from_tensor_slices((X, y))
    if shuffle_seed is not None:
        dataset = dataset.shuffle(len(X), seed=shuffle_seed)
    return dataset.batch(batch_size)
