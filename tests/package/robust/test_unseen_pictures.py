"""Pictures that no network was trained on: what they are, and that they stay the same."""

import numpy as np
import pytest
from recorded import compare, means_and_sums

from dlcourse.errors import InputError
from dlcourse.robust import unseen_pictures


def test_other_hands_are_load_digits():
    X, y = unseen_pictures.other_hands()
    assert X.shape == (1797, 28, 28)
    assert np.bincount(y).min() > 170
    assert (X > 0.1).any(axis=2).sum(axis=1).max() <= 21


def test_noise_stays_in_range_and_a_seed_decides_it():
    X = np.random.default_rng(0).uniform(size=(5, 28, 28)).astype(np.float32)
    one, again, other = (unseen_pictures.noisy(X, seed=seed) for seed in (1, 1, 2))
    np.testing.assert_array_equal(one, again)
    assert np.abs(one - other).max() > 0
    assert one.shape == X.shape
    assert 0 <= one.min() < one.max() <= 1
    grey = np.full((5, 28, 28), 0.5, np.float32)
    assert unseen_pictures.noisy(grey, spread=0.1).std() == pytest.approx(0.1, rel=0.05)


def test_a_number_of_pictures_is_positive():
    with pytest.raises(InputError, match="at least 1"):
        unseen_pictures.unseen_no_digits(0)


def test_every_kind_is_drawn_as_recorded():
    """Of each kind sixteen pictures from a seed: their mean and a sum over their pixels."""
    made = unseen_pictures.unseen_no_digits(16, seed=1)
    made["other hands"] = unseen_pictures.other_hands()[0][:16]
    rows = {name: means_and_sums(X) for name, X in made.items()}
    compare("unseen_pictures", rows, tolerance=2e-2)
