"""Augmentation keeps shapes, range, labels and seeds, and changes what it says it changes."""

from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf
from recorded import compare, number, weighed

from dlcourse.errors import InputError
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


def test_there_is_every_polarity_and_contrast(ink):
    pictures = augmentation.augment(ink, seed=(0, 1)).numpy()[..., 0]
    borders = np.median(np.concatenate([pictures[:, 0], pictures[:, -1]], axis=1), axis=1)
    assert 0.3 < (borders < 0.1).mean() < 0.8
    assert 0.1 < (borders > 0.9).mean() < 0.5
    spreads = pictures.std(axis=(1, 2))
    assert spreads.min() < 0.1
    assert spreads.max() > 0.3


def test_thicken_makes_bolder_and_thinner(ink):
    mass = augmentation.thicken(ink, seed=(1, 1)).numpy().sum(axis=(1, 2, 3))
    ratio = mass / ink.numpy().sum(axis=(1, 2, 3))
    assert ratio.max() > 1.3
    assert ratio.min() < 0.85
    assert np.median(np.abs(ratio - 1)) < 0.3


def test_a_move_keeps_most_of_the_ink(ink):
    still = tf.zeros((len(ink), 1, 1, 1))
    moved = augmentation.move(ink, seed=(1, 2), small=still).numpy()
    ratio = moved.sum(axis=(1, 2, 3)) / ink.numpy().sum(axis=(1, 2, 3))
    assert 0.75 < np.median(ratio) < 1.2
    assert ratio.min() > 0.12


def test_digits_become_as_large_as_the_picture_and_half_as_small(ink):
    still = tf.zeros((len(ink), 1, 1, 1))
    moved = augmentation.move(ink, seed=(4, 2), small=still).numpy()[..., 0]
    boxes = [np.argwhere(picture > 0.3) for picture in moved]
    heights = np.array([np.ptp(box[:, 0]) + 1 for box in boxes if len(box)])
    assert len(heights) > 0.98 * len(ink)
    assert heights.max() >= 27
    assert heights.min() <= 13
    middles = np.array([box.mean(axis=0) for box in boxes if len(box)]) - 13.5
    assert np.abs(middles).max() > 4
    assert np.abs(middles.mean(axis=0)).max() < 0.6


def test_a_lens_keeps_even_grey_and_mirrors_nothing():
    lenses = augmentation._lenses()
    np.testing.assert_allclose(lenses.sum(axis=2), 1, rtol=1e-5)
    np.testing.assert_allclose(lenses, lenses[:, ::-1, ::-1], atol=1e-6)  # alike at both ends
    assert lenses.min() >= 0
    sharp = (lenses == np.eye(28, dtype=np.float32)).all(axis=(1, 2))
    assert sharp.mean() == 0.5
    reach = [(lens[13] > 0.02).sum() for lens in lenses[~sharp]]
    assert min(reach) == 3
    assert max(reach) >= 7


def test_a_soft_lens_blurs_and_noise_comes_on_top():
    stripes = tf.constant(np.tile([0.0, 1.0], (64, 28, 14))[..., np.newaxis], tf.float32)
    seen = augmentation.disturb(stripes, seed=(1, 2)).numpy()[..., 0]
    contrast = seen[:, 4:24, 1::2].mean(axis=(1, 2)) - seen[:, 4:24, ::2].mean(axis=(1, 2))
    assert 0.35 < (contrast > 0.95).mean() < 0.65  # half of them are sharp
    assert contrast.min() < 0.1
    assert 0.1 < (seen.std(axis=1).mean(axis=1) > 0.02).mean() < 0.6  # noise on some


def test_it_is_part_of_a_pipeline(ink):
    dataset = tf.data.Dataset.from_tensor_slices(ink).batch(64).enumerate()
    dataset = dataset.map(lambda i, X: augmentation.augment(X, seed=tf.stack([0, i])))
    batches = list(dataset.as_numpy_iterator())
    assert len(batches) == 4
    assert np.isfinite(batches).all()


def test_another_shape_is_refused():
    with pytest.raises(InputError, match="28, 28, 1"):
        augmentation.augment(np.zeros((2, 27, 28, 1), np.float32), seed=(0, 0))


def test_every_step_is_as_recorded(ink):
    """Of each step 24 pictures: a sum over the pixels of each."""
    ink = ink[:24]
    plates = tf.cast(tf.reshape(tf.range(24) % 2, (24, 1, 1, 1)), tf.float32)
    pictures = tf.random.stateless_uniform(ink.shape, (1, 2))
    steps = {
        "move": augmentation.move(ink, seed=(1, 2), small=plates),
        "thicken": augmentation.thicken(ink, seed=(1, 2)),
        "lay on paper": augmentation.lay_on_paper(ink, seed=(1, 2), on_plate=plates),
        "disturb": augmentation.disturb(pictures, seed=(1, 2)),
        "augment": augmentation.augment(ink, seed=(1, 2)),
    }
    lines = [
        f"{name}: " + ", ".join(number(weighed(x)) for x in X.numpy()) for name, X in steps.items()
    ]
    compare(Path(__file__).with_name("recorded") / "augmentation.txt", lines, tolerance=1e-2)
