"""The two networks of the workshop that this course follows, in Keras.

Keras and TensorFlow are imported when a network is built, not before.
"""

from typing import Any

from dlcourse import argument_checks
from dlcourse.networks.epoch_lines import epoch_lines
from dlcourse.networks.seeding import seed_everything
from dlcourse.quick import epochs

# Handed on, so that a chapter imports all that a training needs from here: lines for its epochs,
# their number (1 in a quick run), and a seed.
__all__ = ["epoch_lines", "epochs", "iris_network", "mnist_network", "seed_everything"]


def iris_network() -> Any:
    """Build the first network, in Keras: 4 lengths in, two hidden layers, 3 probabilities out.

    Input shape (n_samples, 4), output shape (n_samples, 3); the softmax is part of the network, so
    that its output can be read as it is. Not compiled.
    """
    import keras  # noqa: PLC0415

    return keras.Sequential(
        [
            keras.Input(shape=(4,), name="lengths"),
            keras.layers.Dense(10, activation="relu", name="hidden_1"),
            keras.layers.Dense(10, activation="relu", name="hidden_2"),
            keras.layers.Dense(3, activation="softmax", name="species"),
        ],
        name="irises",
    )


def mnist_network(*, dropout: float = 0.4) -> Any:
    """Build the digit network, in Keras: two convolutions with pooling, two dense layers.

    Input shape (n_samples, 28, 28, 1) with brightness from 0 to 1, output shape (n_samples, 10):
    *logits*, to be compiled with ``SparseCategoricalCrossentropy(from_logits=True)`` and read
    through a softmax. `dropout` is the share of the 128 dense activations that each training step
    switches off. 215,370 weights. Not compiled.
    """
    dropout = argument_checks.number(dropout, "dropout", at_least=0, below=1)
    import keras  # noqa: PLC0415

    layers = keras.layers
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1), name="image"),
            layers.Conv2D(16, 5, padding="same", activation="relu", name="conv_1"),
            layers.MaxPooling2D(2, name="pool_1"),
            layers.Conv2D(32, 5, padding="same", activation="relu", name="conv_2"),
            layers.MaxPooling2D(2, name="pool_2"),
            layers.Flatten(name="flatten"),
            layers.Dense(128, activation="relu", name="dense"),
            layers.Dropout(dropout, name="dropout"),
            layers.Dense(10, dtype="float32", name="logits"),  # 32 bits under mixed precision, too
        ],
        name="mnist",
    )
