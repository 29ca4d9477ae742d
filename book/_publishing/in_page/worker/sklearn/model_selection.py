"""A stratified split in two, as scikit-learn makes it, for pages without scikit-learn."""

import math
from typing import Any

import numpy as np


def train_test_split(
    *arrays: Any,
    stratify: Any,
    test_size: float | None = None,
    random_state: int | None = None,
) -> list[Any]:
    """Return each array's training and test part; a quarter is for the test by default.

    `test_size` counts samples, or is their share if it is a float.
    """
    classes, y = np.unique(stratify, return_inverse=True)
    n_samples = len(y)
    test_size = 0.25 if test_size is None else test_size
    n_test = math.ceil(test_size * n_samples) if isinstance(test_size, float) else test_size
    if not len(classes) <= n_test <= n_samples - len(classes):
        raise ValueError(
            f"Each part needs a sample of each of the {len(classes)} classes: got test_size="
            f"{test_size} of {n_samples} samples."
        )
    random = np.random.RandomState(random_state)
    counts = np.bincount(y)
    n_train_of = _shares(counts, n_samples - n_test, random)
    n_test_of = _shares(counts - n_train_of, n_test, random)
    members = np.split(np.argsort(y, kind="mergesort"), np.cumsum(counts)[:-1])
    train: list[int] = []
    test: list[int] = []
    for number in range(len(classes)):
        mixed = members[number].take(random.permutation(counts[number]), mode="clip")
        train.extend(mixed[: n_train_of[number]])
        test.extend(mixed[n_train_of[number] : n_train_of[number] + n_test_of[number]])
    parts = random.permutation(train), random.permutation(test)
    return [np.asarray(array)[part] for array in arrays for part in parts]


def _shares(counts: Any, n_draws: int, random: Any) -> Any:
    """Return how many of each class are drawn: in proportion, ties broken at random."""
    exact = counts / counts.sum() * n_draws
    drawn = np.floor(exact)
    missing = int(n_draws - drawn.sum())
    remainder = exact - drawn
    for value in np.sort(np.unique(remainder))[::-1]:
        if missing <= 0:
            break
        (places,) = np.where(remainder == value)
        chosen = random.choice(places, size=min(len(places), missing), replace=False)
        drawn[chosen] += 1
        missing -= len(chosen)
    return drawn.astype(int)
