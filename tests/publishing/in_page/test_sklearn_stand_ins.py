"""The page's few functions of scikit-learn return what scikit-learn returns."""

import numpy as np
import pytest
from _publishing.in_page import runtime_files
from _publishing.in_page.worker.sklearn import datasets as ours
from _publishing.in_page.worker.sklearn.model_selection import train_test_split as our_split
from sklearn import datasets as theirs
from sklearn.model_selection import train_test_split as their_split


@pytest.mark.parametrize(("n_samples", "noise"), [(400, 0.2), (41, 0.3), (40, None)])
def test_moons(n_samples, noise):
    for seed in range(3):
        same(ours.make_moons, theirs.make_moons, n_samples, noise=noise, random_state=seed)


@pytest.mark.parametrize("test_size", [None, 38, 22, 31, 0.3])
def test_splits(test_size):
    X, y = theirs.load_iris(return_X_y=True)
    for seed in range(10):
        options = {"test_size": test_size, "random_state": seed}
        rest = same(our_split, their_split, X, y, stratify=y, **options)
        same(our_split, their_split, *rest[::2], stratify=rest[2], test_size=22, random_state=seed)


@pytest.mark.parametrize("test_size", [2, 148, 1.0])
def test_a_part_too_small_for_all_classes_is_refused(test_size):
    X, y = theirs.load_iris(return_X_y=True)
    for split in (our_split, their_split):
        with pytest.raises(ValueError, match=r"class|test_size"):
            split(X, y, stratify=y, test_size=test_size)


def same(one, other, *arguments, **options):
    """Call two functions, see that they return the same arrays, and return these."""
    results = one(*arguments, **options), other(*arguments, **options)
    for ours_, theirs_ in zip(*results, strict=True):
        np.testing.assert_array_equal(ours_, theirs_)
    return results[0]


def test_irises_and_photograph(tmp_path, monkeypatch):
    (tmp_path / "irises.json").write_bytes(runtime_files._irises())
    (tmp_path / "china.jpg").write_bytes(runtime_files._sample("sklearn/china.jpg").read_bytes())
    monkeypatch.setattr(ours, "_FOLDER", tmp_path)
    same(ours.load_iris, theirs.load_iris, return_X_y=True)
    one, other = ours.load_iris(), theirs.load_iris()
    for name in ("data", "target", "target_names", "feature_names"):
        np.testing.assert_array_equal(one[name], getattr(other, name))
        np.testing.assert_array_equal(getattr(one, name), other[name])
    one, other = ours.load_sample_image("china.jpg"), theirs.load_sample_image("china.jpg")
    np.testing.assert_array_equal(one, other)
    assert len(one) > 100
    with pytest.raises(AttributeError, match="frame"):
        ours.load_iris().frame  # noqa: B018
