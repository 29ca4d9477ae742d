"""A network with all that the file format holds, and pictures for it."""

import keras
import numpy as np
import pytest
from keras import layers


@pytest.fixture(scope="module")
def model():
    keras.utils.set_random_seed(3)
    model = keras.Sequential(
        [
            layers.Input((28, 28, 1)),
            layers.Conv2D(4, 5, padding="same", use_bias=False),
            layers.BatchNormalization(),
            layers.ReLU(),
            layers.MaxPooling2D(),
            layers.Conv2D(6, 4, padding="same", activation="relu"),
            layers.Conv2D(5, 3, padding="valid"),
            layers.BatchNormalization(scale=False),
            layers.Activation("relu"),
            layers.MaxPooling2D(),
            layers.Dropout(0.4),
            layers.Flatten(),
            layers.Dense(16, activation="relu"),
            layers.Dense(11),
        ]
    )
    rng = np.random.default_rng(0)
    for layer in model.layers:
        if isinstance(layer, layers.BatchNormalization):
            layer.set_weights([rng.uniform(0.5, 1.5, w.shape) for w in layer.get_weights()])
    return model


@pytest.fixture(scope="module")
def pictures():
    return np.random.default_rng(1).uniform(size=(7, 28, 28, 1)).astype(np.float32)
