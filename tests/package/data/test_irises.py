"""Irises: the table, its split and its pipeline."""

import numpy as np
from refusals import refusals
from sklearn.datasets import load_iris

from dlcourse.data import irises


def test_the_table_is_scikit_learns():
    flowers = irises.load()
    table = load_iris()
    np.testing.assert_allclose(flowers.X, table.data, rtol=1e-6)
    np.testing.assert_array_equal(flowers.y, table.target)
    assert flowers.species == tuple(table.target_names)
    assert [f"{name} (cm)" for name in flowers.feature_names] == table.feature_names


def test_a_split_is_disjoint_complete_stratified_and_seeded():
    flowers = irises.load()
    parts = irises.split(flowers, seed=3)
    together = np.concatenate([parts.X_train, parts.X_validation, parts.X_test])
    np.testing.assert_array_equal(np.sort(together, axis=0), np.sort(flowers.X, axis=0))
    for y in (parts.y_train, parts.y_validation, parts.y_test):
        counts = np.bincount(y)
        assert counts.max() - counts.min() <= 1
    np.testing.assert_array_equal(parts.X_test, irises.split(flowers, seed=3).X_test)
    assert not np.array_equal(parts.X_test, irises.split(flowers, seed=4).X_test)


def test_a_pipeline_gives_each_flower_once_an_epoch_shuffled_anew_if_there_is_a_seed():
    flowers = irises.load()
    shuffled = irises.pipeline(flowers.X, flowers.y, batch_size=32, shuffle_seed=1)
    assert [len(y) for _, y in shuffled] == [32, 32, 32, 32, 22]
    first, second = (np.concatenate([X for X, _ in shuffled]) for _ in range(2))
    np.testing.assert_array_equal(np.sort(first, axis=0), np.sort(flowers.X, axis=0))
    assert not np.array_equal(first, second)
    in_order = irises.pipeline(flowers.X, flowers.y, batch_size=150)
    np.testing.assert_array_equal(next(iter(in_order))[1], flowers.y)


test_a_pipeline_refuses_what_does_not_fit = refusals(
    (lambda: irises.pipeline(np.zeros((10, 4)), np.zeros(9, int)), "as many rows"),
    (lambda: irises.pipeline(np.zeros((1, 4)), [0], batch_size=0), "`batch_size`"),
)


def test_a_pipeline_feeds_what_was_checked():
    rows = [[5, 3, 1, 0], [6, 3, 4, 1]]
    numbers, species = irises.pipeline(rows, np.array([0, 1], np.uint8)).element_spec
    assert (numbers.dtype, numbers.shape.as_list()) == ("float32", [None, 4])
    assert (species.dtype, species.shape.as_list()) == ("int64", [None])
