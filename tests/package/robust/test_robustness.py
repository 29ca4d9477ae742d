"""Noise on pictures stays within their range, and a seed decides it."""

import numpy as np
import pytest

from dlcourse.robust.robustness import noisy


def test_noise_stays_in_range_and_a_seed_decides_it():
    X = np.random.default_rng(0).uniform(size=(5, 28, 28)).astype(np.float32)
    one, again, other = noisy(X, seed=1), noisy(X, seed=1), noisy(X, seed=2)
    np.testing.assert_array_equal(one, again)
    assert np.abs(one - other).max() > 0
    assert one.shape == X.shape
    assert 0 <= one.min() < one.max() <= 1
    grey = np.full((5, 28, 28), 0.5, np.float32)
    assert noisy(grey, spread=0.1).std() == pytest.approx(0.1, rel=0.05)
