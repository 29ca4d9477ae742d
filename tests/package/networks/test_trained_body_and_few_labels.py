"""Few labels, and a network without its head."""

import keras
import numpy as np
from refusals import refusals

from dlcourse.networks import inference, keras_conversion, pretrained
from dlcourse.networks.trained_body_and_few_labels import few_labelled, trained_body


def test_few_draws_each_class_in_its_share_and_no_example_twice():
    y = np.repeat(np.arange(5), 20)
    rows = few_labelled(y, 15, seed=3)
    assert len(set(rows)) == 15
    assert np.bincount(y[rows]).tolist() == [3] * 5
    assert not np.array_equal(rows, few_labelled(y, 15, seed=4))


def test_the_last_layer_on_top_of_the_body_is_the_network():
    trained = pretrained.load("plain")
    network = keras_conversion.to_keras(trained)
    X = np.random.default_rng(0).random((3, 28, 28, 1)).astype("float32")
    features = np.asarray(trained_body(network)(X))
    assert features.shape == (3, 128)
    W, b = network.layers[-1].get_weights()
    assert np.allclose(features @ W + b, inference.logits(trained, X), atol=1e-3)


Y = np.repeat(np.arange(5), 20)
RARE = np.repeat([0, 1], [98, 2])
UNBUILT = keras.Sequential([keras.layers.Dense(2), keras.layers.Dense(2)])
ONE_LAYER = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])

test_there_must_be_an_example_of_each_class_and_a_layer_before_the_last = refusals(
    (lambda: few_labelled(Y, 4, seed=0), "`n`"),
    (lambda: few_labelled(Y, 96, seed=0), "`n`"),
    (lambda: few_labelled(Y, 0, seed=0), "`n`"),
    (lambda: few_labelled(RARE, 4, seed=0), "rare class"),
    (lambda: few_labelled([0, 1, 1, 1], 2, seed=0), "least populated class"),
    (lambda: few_labelled(Y, 10, seed=-1), "`seed` must be a whole number .* got -1"),
    (lambda: trained_body(ONE_LAYER), "before its last"),
    (lambda: trained_body(UNBUILT), "must be built"),
)
