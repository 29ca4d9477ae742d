"""K-means clustering: find groups of points when nobody has said which is which.

Two steps take turns until nothing changes: give each point to the nearest centre, then
move each centre to the middle of its points.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from dlcourse import argument_checks
from dlcourse.argument_checks import Floats, Integers
from dlcourse.errors import InputError

#: When to stop if the labels still change.
MOST_STEPS = 100


@dataclass(frozen=True, eq=False)
class KMeansStep:
    """The centres at one moment, and which of them each point belongs to.

    The `centres` have shape (n_clusters, n_features); the `labels`, shape (n_samples,), number the
    nearest of each point. The `inertia` is the sum of the squared distances from the points to
    their centres.
    """

    centres: Floats
    labels: Integers
    inertia: float


@dataclass(frozen=True, eq=False)
class KMeans(KMeansStep):
    """The last step of `kmeans`, and all `steps`, the start included.

    The inertia never grows from one to the next.
    """

    steps: tuple[KMeansStep, ...]


def kmeans(X: ArrayLike, *, n_clusters: int, seed: int) -> KMeans:
    """Group points, shape (n_samples, n_features), around `n_clusters` centres.

    What comes out depends on the random start, which the `seed` makes repeatable: another may find
    a better grouping, or a worse one. Compare their inertias. The start is that of k-means++: its
    first centre is a point at random, and each further one a point drawn with a probability that
    grows with its squared distance to the centres so far. Fewer different points than clusters
    raise `InputError`.

    Source: S. P. Lloyd, *Least squares quantization in PCM*, IEEE Transactions on Information
    Theory 28, 1982. D. Arthur and S. Vassilvitskii, *k-means++: the advantages of careful seeding*,
    SODA 2007.

    >>> result = kmeans([[0.0], [2.0], [10.0], [12.0]], n_clusters=2, seed=0)
    >>> sorted(result.centres[:, 0].tolist()), result.inertia
    ([1.0, 11.0], 4.0)
    """
    X = argument_checks.array(X, "X", "n_samples n_features")
    n_clusters = argument_checks.count(n_clusters, "n_clusters")
    if n_clusters > len(X):  # not after a centre is drawn for each point, which takes minutes
        raise InputError(
            f"`n_clusters` must be at most the number of points, {len(X)}: got {n_clusters}."
        )
    rng = np.random.default_rng(argument_checks.seed(seed))
    steps = [_assign(X, _plus_plus(X, n_clusters, rng))]
    for _ in range(MOST_STEPS):
        steps.append(_assign(X, _move(X, steps[-1])))
        if np.array_equal(steps[-1].labels, steps[-2].labels):
            break
    last = steps[-1]
    return KMeans(last.centres, last.labels, last.inertia, tuple(steps))


def _plus_plus(X: Floats, n_clusters: int, rng: np.random.Generator) -> Floats:
    """Draw centres among the points, far from each other by preference."""
    centres = X[[rng.integers(len(X))]]
    while len(centres) < n_clusters:
        squared = _squared_distances(X, centres).min(axis=1)
        if not squared.any():
            raise InputError(
                f"`n_clusters` must be at most the number of different points, {len(centres)}: "
                f"got {n_clusters}."
            )
        chosen = rng.choice(len(X), p=squared / squared.sum())
        centres = np.vstack([centres, X[chosen]])
    return centres


def _assign(X: Floats, centres: Floats) -> KMeansStep:
    """Assign each point to its nearest centre."""
    squared = _squared_distances(X, centres)
    return KMeansStep(centres, squared.argmin(axis=1), float(squared.min(axis=1).sum()))


def _move(X: Floats, step: KMeansStep) -> Floats:
    """Move each centre to the mean of its points.

    A centre that has lost all its points starts afresh at the point that lies farthest
    from its own centre, as in scikit-learn.
    """
    centres = step.centres.copy()
    distances = np.sum((X - step.centres[step.labels]) ** 2, axis=1)
    farthest = iter(np.argsort(-distances))
    for k in range(len(centres)):
        mine = step.labels == k
        centres[k] = X[mine].mean(axis=0) if mine.any() else X[next(farthest)]
    return centres


def _squared_distances(X: Floats, centres: Floats) -> Floats:
    """Measure every point against every centre, shape (n_samples, n_clusters)."""
    return np.stack([np.sum((X - centre) ** 2, axis=1) for centre in centres], axis=1)
