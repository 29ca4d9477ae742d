"""The pieces of images that a filter answers to: proved by Keras's own gradients."""

import numpy as np
import pytest
from refusals import refusals

from dlcourse.strongest_patches import strongest_patches


@pytest.mark.parametrize(("layer", "size", "step"), [("first", 5, 1), ("second", 14, 2)])
def test_a_piece_is_all_that_the_answer_depends_on(layer, size, step):
    import keras
    import tensorflow as tf

    layers = keras.layers  # the chapter's network, but for poolings that pass all four on
    network = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(4, 5, padding="same", name="first"),
            layers.AveragePooling2D(2),
            layers.Conv2D(4, 5, padding="same", name="second"),
        ]
    )
    maps_of = keras.Model(network.inputs[0], network.get_layer(layer).output)
    images = np.random.default_rng(0).uniform(0.1, 1, (3, 28, 28)).astype(np.float32)
    answers = maps_of(images[..., None]).numpy()[..., 2]
    pieces = strongest_patches(images, answers, size=size, step=step, n=3)
    order = np.argsort(-answers.max(axis=(1, 2)))
    for piece, i in zip(pieces, order, strict=True):
        image = tf.Variable(images[i][None, ..., None])
        with tf.GradientTape() as tape:
            strongest = tf.reduce_max(maps_of(image)[..., 2])
        slopes = tape.gradient(strongest, image).numpy()[0, ..., 0]
        np.testing.assert_array_equal(np.sort(images[i][slopes != 0]), np.sort(piece[piece > 0]))


def test_the_strongest_comes_first_and_each_image_gives_one():
    maps = np.zeros((3, 6, 6))
    maps[[0, 1, 2], [1, 2, 3], [1, 2, 3]] = 1, 3, 2
    images = np.arange(3)[:, None, None] * np.ones((3, 6, 6))
    assert strongest_patches(images, maps, size=3, n=3)[:, 1, 1].tolist() == [1, 2, 0]


def test_a_field_may_be_smaller_than_the_step():
    images = np.arange(16.0).reshape(1, 4, 4)
    maps = np.array([[[0, 1], [0, 0]]])
    assert strongest_patches(images, maps, size=1, step=2, n=1).tolist() == [[[2.0]]]


ONES = np.ones((3, 6, 6))

test_what_does_not_fit_is_named = refusals(
    (lambda: strongest_patches(ONES, ONES, size=3, n=4), "`n` .* number of images, 3: got 4"),
    (lambda: strongest_patches(ONES, ONES, size=3, n=1, step=2), "most 3 rows .*2 pixels: got sh"),
    (lambda: strongest_patches(ONES, ONES[1:], size=3, n=1), "maps"),
    (lambda: strongest_patches(ONES, ONES, size=0, n=1), "`size`"),
)
