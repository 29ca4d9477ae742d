"""Augmentation keeps shapes, range, labels and seeds, and changes what it says it changes."""

import numpy as np
import pytest
import tensorflow as tf
from recorded import compare, weighed
from refusals import refusals

from dlcourse.robust import augmentation
from dlcourse.robust.synthetic_digits import drawn_digits


@pytest.fixture(scope="module")
def ink():
    X, _ = drawn_digits(256, rng=np.random.default_rng(0))
    return tf.constant(X[..., np.newaxis] / np.float32(255))


def test_a_seed_decides_and_values_stay_in_range(ink):
    one, again = (augmentation.augment(ink, seed=(3, 4)).numpy() for _ in range(2))
    other = augmentation.augment(ink, seed=(3, 5)).numpy()
    np.testing.assert_array_equal(one, again)
    assert np.abs(one - other).mean() > 0.05
    assert one.shape == ink.shape
    assert one.min() >= 0
    assert one.max() <= 1


SQUARES = np.zeros((2, 28, 28, 1), np.float32)

test_another_shape_or_seed_is_refused = refusals(
    (lambda: augmentation.augment(SQUARES[:, 1:], seed=(0, 0)), "28, 28, 1"),
    (lambda: augmentation.augment(SQUARES, seed=3), "`seed` must be two whole numbers: got 3"),
    (lambda: augmentation.augment(SQUARES, seed=(1.5, 2.5)), "two whole numbers: got a tuple"),
    (lambda: augmentation.augment(SQUARES, seed=(1, 2, 3)), "two whole numbers: got a tuple"),
)


def test_every_step_is_as_recorded(ink):
    """Of each step 24 pictures, and every lens: a sum over the pixels of each."""
    ink = ink[:24]
    plates = tf.cast(tf.reshape(tf.range(24) % 2, (24, 1, 1, 1)), tf.float32)
    pictures = tf.random.stateless_uniform(ink.shape, (1, 2))
    steps = {
        "move": augmentation.move(ink, seed=(1, 2), small=plates),
        "thicken": augmentation.thicken(ink, seed=(1, 2)),
        "lay on paper": augmentation.lay_on_paper(ink, seed=(1, 2), on_plate=plates),
        "disturb": augmentation.disturb(pictures, seed=(1, 2)),
        "augment": augmentation.augment(ink, seed=(1, 2)),
        "lenses": tf.constant(augmentation._lenses()),
    }
    sums = {name: [weighed(x) for x in X.numpy()] for name, X in steps.items()}
    compare("augmentation", sums, tolerance=1e-2)
