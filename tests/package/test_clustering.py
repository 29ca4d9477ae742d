"""K-means against hand values and scikit-learn from the same start."""

import numpy as np
import pytest
from refusals import refusals
from sklearn.cluster import KMeans as SklearnKMeans

from dlcourse import clustering
from dlcourse.clustering import kmeans


def blobs(seed, n=60):
    rng = np.random.default_rng(seed)
    return np.vstack([rng.normal(centre, 1.0, size=(n // 3, 2)) for centre in (0, 4, 9)])


@pytest.fixture
def kmeans_from(monkeypatch):
    """K-means from centres that a test has chosen."""

    def run(X, start):
        monkeypatch.setattr(clustering, "_plus_plus", lambda *_: np.array(start))
        return kmeans(X, n_clusters=len(start), seed=0)

    return run


def test_steps_by_hand(kmeans_from):
    result = kmeans_from([[0.0], [1.0], [5.0], [6.0]], [[0.0], [1.0]])
    # Start: 0 | 1 5 6, inertia 0 + 0 + 16 + 25; centres move to 0 and 4, and so on.
    assert [step.centres[:, 0].tolist() for step in result.steps] == [[0, 1], [0, 4], [0.5, 5.5]]
    assert [step.labels.tolist() for step in result.steps][:2] == [[0, 1, 1, 1], [0, 0, 1, 1]]
    assert [step.inertia for step in result.steps] == [41.0, 6.0, 1.0]
    assert result.centres is result.steps[-1].centres
    assert result.inertia == 1.0
    np.testing.assert_array_equal(result.labels, [0, 0, 1, 1])


@pytest.mark.parametrize("n_clusters", range(1, 6))
def test_agrees_with_scikit_learn_from_the_same_start(kmeans_from, n_clusters):
    X = blobs(n_clusters)
    start = X[np.random.default_rng(0).choice(len(X), n_clusters, replace=False)]
    theirs = SklearnKMeans(n_clusters, init=start, n_init=1, tol=0, algorithm="lloyd").fit(X)
    ours = kmeans_from(X, start)
    np.testing.assert_allclose(ours.centres, theirs.cluster_centers_, atol=1e-9)
    np.testing.assert_array_equal(ours.labels, theirs.labels_)
    assert ours.inertia == pytest.approx(theirs.inertia_)


def test_a_seed_decides_which_points_it_starts_from():
    X = blobs(0)
    one, again, other = (kmeans(X, n_clusters=4, seed=seed).steps[0].centres for seed in (1, 1, 2))
    np.testing.assert_array_equal(one, again)
    assert not np.array_equal(one, other)
    assert (one[:, None] == X).all(axis=2).any(axis=1).all()


def test_careful_seeding_starts_better_than_chance_does(kmeans_from):
    X, rng = blobs(0), np.random.default_rng(0)
    careful = [kmeans(X, n_clusters=3, seed=seed).steps[0].inertia for seed in range(40)]
    by_chance = [X[rng.choice(len(X), 3, replace=False)] for _ in range(40)]
    chance = [kmeans_from(X, start).steps[0].inertia for start in by_chance]
    assert np.mean(careful) < 0.75 * np.mean(chance)


def test_an_empty_cluster_starts_afresh_at_the_farthest_point(kmeans_from):
    X = np.array([[0.0], [1.0], [2.0], [10.0]])
    result = kmeans_from(X, [[1.0], [100.0]])
    assert result.steps[1].centres[1].tolist() == [10.0]
    np.testing.assert_array_equal(result.labels, [0, 0, 0, 1])


def test_as_many_clusters_as_points_leave_no_inertia():
    X = [[0.0], [0.0], [3.0], [8.0]]
    assert kmeans(X, n_clusters=3, seed=1).inertia == 0


test_errors_say_what_was_expected = refusals(
    (lambda: kmeans([[1.0], [1.0]], n_clusters=2, seed=0), "different points, 1: got 2"),
    (lambda: kmeans([[1.0], [2.0]], n_clusters=3, seed=0), "number of points, 2: got 3"),
)  # fmt: skip
