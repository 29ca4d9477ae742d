"""Keras and NumPy say the same, and what the format cannot hold is refused."""

import keras
import numpy as np
from keras import layers
from refusals import refusals

from dlcourse.networks import inference, keras_conversion, pretrained, weights_file


def agreeing(model, pictures, numbers=inference.logits):
    """Return a model of Keras for NumPy, which gives the same numbers."""
    network = keras_conversion.from_keras(model)
    expected = model.predict(pictures, verbose=0)
    np.testing.assert_allclose(numbers(network, pictures), expected, atol=1e-4)
    return network


def sequential(*body):
    return keras.Sequential([keras.Input((28, 28, 1)), *body, layers.Flatten(), layers.Dense(2)])


def pooled_before_normalising(**options):
    normalise = layers.BatchNormalization(**options)
    model = sequential(
        layers.Conv2D(5, 3, use_bias=False), layers.MaxPooling2D(), normalise, layers.ReLU(),
        layers.Conv2D(4, 3), layers.MaxPooling2D(), layers.ReLU(),
    )  # fmt: skip
    rng = np.random.default_rng(4)
    normalise.set_weights([rng.uniform(-0.5, 1.5, w.shape) for w in normalise.get_weights()[:-1]]
                          + [rng.uniform(0.5, 1.5, 5)])  # fmt: skip
    return model


def test_pooling_before_normalisation_and_relu_gives_the_same_numbers(pictures):
    network = agreeing(pooled_before_normalising(scale=False), pictures)
    kinds = [(layer.kind, layer.activation) for layer in network.layers]
    assert kinds[:4] == [("conv", "relu"), ("max_pool", "linear")] * 2


def test_a_softmax_at_the_end_is_kept(pictures):
    head = [layers.Flatten(), layers.Dense(10), layers.Softmax()]
    model = keras.Sequential([keras.Input((28, 28, 1)), *head])
    network = agreeing(model, pictures, numbers=inference.probabilities)
    assert network.layers[-1].activation == "softmax"


def test_keras_rebuilt_from_the_file_alone_agrees_with_numpy_and_with_itself(model, pictures):
    data = weights_file.to_bytes(agreeing(model, pictures), dtype="float32")
    rebuilt = keras_conversion.to_keras(weights_file.from_bytes(data))
    np.testing.assert_allclose(
        rebuilt.predict(pictures, verbose=0), model.predict(pictures, verbose=0), atol=1e-4
    )


def refused(*body, **options):
    return lambda: keras_conversion.from_keras(sequential(*body), **options)


def unfit(*body):
    return lambda: keras_conversion.from_keras(keras.Sequential(body))


TWICE = layers.Dense(28)
SHARED = keras.Model(ENTRY := keras.Input((28,)), TWICE(TWICE(ENTRY)))

test_what_the_format_cannot_hold_is_refused = refusals(
    (unfit(layers.Dense(2)), "must be built"),
    # A negative factor would turn the largest into the smallest.
    (lambda: keras_conversion.from_keras(pooled_before_normalising()), "must be positive: got -0"),
    (refused(layers.Conv2D(2, 3), layers.MaxPooling2D(), layers.Softmax()), "cannot follow"),
    (refused(layers.Conv2D(2, 3, strides=2)), "stride 1"),
    (lambda: keras_conversion.from_keras(SHARED), "must be a Sequential"),
    (unfit(keras.Input((None, None, 1)), layers.Conv2D(2, 3)), "one size"),
    (unfit(keras.Input((8, 8, 1)), layers.Conv2D(2, 3)), "a row of numbers"),
    (refused(layers.Conv2D(2, 3), layers.ReLU(max_value=6)), "`max_value` of .*: got 6"),
    (refused(layers.Conv2D(2, 3), layers.ReLU(negative_slope=0.1)), "`negative_slope`"),
    (refused(layers.Conv2D(2, 3), layers.ReLU(threshold=0.1)), "`threshold`"),
    (refused(layers.Conv2D(2, 3), layers.Softmax(axis=1)), "`axis`"),
    (refused(layers.Conv2D(26, 3), layers.BatchNormalization(axis=1)), "`axis`"),
    (refused(layers.Conv2D(2, 3), layers.Activation(keras.ops.square)), "cannot follow"),
    (refused(layers.Conv2D(2, 28), layers.Softmax()), "must come last"),
    (refused(layers.AveragePooling2D(2)), "AveragePooling2D"),
    (refused(layers.Conv2D(2, 3, activation="tanh")), "tanh"),
    (refused(layers.MaxPooling2D(3, strides=1)), "strides equal"),
    (refused(layers.BatchNormalization()), "must follow"),
    (refused(classes=[*"abc"]), "got 3 names"),
)


def test_a_map_of_one_pixel_is_a_row_of_answers():
    p = inference.probabilities(pretrained.load_finder(), np.zeros((2, 32, 32)))
    assert p.shape == (2, 15)
    np.testing.assert_allclose(p.sum(axis=1), 1, rtol=1e-6)


NETWORK = keras_conversion.from_keras(sequential())

test_bad_pictures_are_refused = refusals(
    (lambda: inference.logits(NETWORK, np.zeros((2, 27, 28))), "shape"),
    (lambda: inference.logits(NETWORK, np.full((1, 28, 28), 2.0)), "from 0 to 1"),
    (lambda: inference.logits(NETWORK, np.full((1, 28, 28), np.nan)), "finite"),
    (lambda: inference.logits(NETWORK, "pictures"), "numbers"),
)


def test_no_pictures_give_no_rows():
    assert inference.probabilities(NETWORK, np.empty((0, 28, 28))).shape == (0, 2)
