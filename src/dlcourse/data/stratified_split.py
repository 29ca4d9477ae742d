"""Cut samples into training, validation and test set, stratified, by scikit-learn.

For `irises` and `small_digits`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import train_test_split


@dataclass(frozen=True, eq=False)
class Split:
    """Three disjoint sets of samples: `X` of shape (n_samples, n_features), `y` class indices."""

    X_train: NDArray[np.float32]
    y_train: NDArray[np.int64]
    X_validation: NDArray[np.float32]
    y_validation: NDArray[np.int64]
    X_test: NDArray[np.float32]
    y_test: NDArray[np.int64]


def stratified_split(
    X: NDArray[np.float32], y: NDArray[np.int64], *, n_validation: int, n_test: int, seed: int
) -> Split:
    """Cut samples into three sets, each with about the same share of every class."""
    X_rest, X_test, y_rest, y_test = train_test_split(
        X, y, test_size=n_test, stratify=y, random_state=seed
    )
    X_train, X_validation, y_train, y_validation = train_test_split(
        X_rest, y_rest, test_size=n_validation, stratify=y_rest, random_state=seed
    )
    return Split(X_train, y_train, X_validation, y_validation, X_test, y_test)
