"""The two networks of the workshop that this course follows, in Keras, and aids to train them.

Keras and TensorFlow are imported when a network is built, not before.
"""

from typing import Any

from dlcourse import argument_checks
from dlcourse.networks.seeding import seed_everything
from dlcourse.quick import epochs

# `epochs` (1 in a quick run) and `seed_everything` are handed on, so that a chapter imports all
# that a training needs from here.
__all__ = ["epoch_lines", "epochs", "iris_network", "mnist_network", "seed_everything"]


def iris_network() -> Any:
    """Build the first network: 4 lengths in, two hidden layers, 3 probabilities out.

    Returns
    -------
    keras.Sequential
        Input shape (n_samples, 4), output shape (n_samples, 3); the softmax is part of the
        network, so that its output can be read as it is. Not compiled.
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
    """Build the digit network: two convolutions with pooling, two dense layers.

    Parameters
    ----------
    dropout
        Share of the 128 dense activations that each training step switches off.

    Returns
    -------
    keras.Sequential
        Input shape (n_samples, 28, 28, 1) with brightness from 0 to 1, output shape
        (n_samples, 10): *logits*, to be compiled with
        ``SparseCategoricalCrossentropy(from_logits=True)`` and read through a softmax.
        215,370 weights. Not compiled.

    Raises
    ------
    InputError
        If `dropout` is not at least 0 and below 1.
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


def epoch_lines(*, every: int = 1) -> Any:
    """Make a Keras callback that prints one line for an epoch: its losses and accuracies.

    Keras's own lines also tell how long each step took. That differs from run to run, so a
    page that shows it could not be built twice the same.

    Parameters
    ----------
    every
        Print each `every`-th epoch only.

    Returns
    -------
    keras.callbacks.Callback
        To be passed to ``fit(..., callbacks=[...])``.

    Raises
    ------
    InputError
        If `every` is not positive.
    """
    every = argument_checks.count(every, "every")
    import keras  # noqa: PLC0415

    def print_line(epoch: int, logs: dict[str, float] | None) -> None:
        if (epoch + 1) % every == 0:
            metrics = "  ".join(f"{name} {value:.3f}" for name, value in (logs or {}).items())
            print(f"epoch {epoch + 1:3d}  {metrics}")  # noqa: T201  (that is what it is for)

    return keras.callbacks.LambdaCallback(on_epoch_end=print_line)
