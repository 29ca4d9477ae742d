"""Point sets: their shapes without noise, and what they refuse."""

import numpy as np
import pytest
from refusals import refusals

from dlcourse.data.point_sets import SHAPES, point_set


def rng():
    return np.random.default_rng(0)


def test_shapes_without_noise():
    X, y = point_set("ring", 200, noise=0, rng=rng())
    radius = np.hypot(*X.T)
    assert radius[y == 0].max() <= 0.6
    assert radius[y == 1].min() >= 1.1
    X, y = point_set("xor", 200, noise=0, rng=rng())
    np.testing.assert_array_equal(X.prod(axis=1) < 0, y == 1)
    X, y = point_set("spiral", 200, noise=0, rng=rng())
    # An arm turned by half a turn is the other.
    radius, angle = np.hypot(*X.T), np.arctan2(X[:, 1], X[:, 0])
    turns = (angle - 2 * np.pi * (radius - 0.2) / 1.4 - np.pi * y) / (2 * np.pi)
    np.testing.assert_allclose(turns, turns.round(), atol=1e-9)
    X, y = point_set("crescents", 200, noise=0, rng=rng())
    centre = np.where(y[:, None] == 0, [-0.5, -0.25], [0.5, 0.25])
    np.testing.assert_allclose(np.hypot(*(X - centre).T), 1)


@pytest.mark.parametrize("name", SHAPES)
def test_noise_moves_by_at_most_that_much_and_the_seed_decides(name):
    plain, y = point_set(name, 50, noise=0, rng=rng())
    moved, same = point_set(name, 50, noise=0.3, rng=rng())
    np.testing.assert_array_equal(y, same)
    assert 0.2 < np.abs(moved - plain).max() <= 0.3


test_what_does_not_fit_is_refused = refusals(
    (lambda: point_set("moons", 10, rng=rng()), "name"),
    (lambda: point_set("xor", 0, rng=rng()), "`n`"),
    (lambda: point_set("xor", 10, noise=-1, rng=rng()), "noise"),
)
