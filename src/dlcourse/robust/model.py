"""The robust network in Keras, and the convolutions that it shares with the finder."""

from typing import Any

from dlcourse.networks.pretrained import CLASSES
from dlcourse.networks.quicker_dtype import quicker_dtype


def robust_network() -> Any:
    """Build the robust network: four convolutions, two dense layers, eleven logits.

    Input shape (n_samples, 28, 28, 1), brightness from 0 to 1; output shape (n_samples, 11): logits
    of the ten digits and of "none of these". Not compiled. Each convolution is followed by a batch
    normalisation (S. Ioffe and C. Szegedy, "Batch normalization", 2015), which training alone
    needs: the weights file has it folded into the convolution, 216,875 weights. The network of the
    workshop that this course follows has 215,370.

    Pooling comes before normalisation and ReLU, which keep the order of numbers, so that they have
    a quarter of the work: the same network, trained in half the time.
    """
    from keras import Input, Sequential, layers  # noqa: PLC0415  (seconds to import)

    dtype = quicker_dtype()
    return Sequential(
        [
            Input(shape=(28, 28, 1), name="image"),
            *convolution(32, 5, pooled=True, padding="same", dtype=dtype),
            *convolution(64, 3, pooled=True, padding="same", dtype=dtype),
            *convolution(80, 3, pooled=False, padding="same", dtype=dtype),
            *convolution(80, 3, pooled=True, padding="same", dtype=dtype),
            layers.Flatten(dtype=dtype),
            layers.Dense(128, activation="relu", kernel_initializer="he_normal", dtype=dtype),
            layers.Dropout(0.2, dtype=dtype),
            layers.Dense(len(CLASSES), name="logits"),
        ],
        name="robust",
    )


def convolution(
    n_filters: int, size: int, *, pooled: bool, padding: str = "valid", dtype: str
) -> list[Any]:
    """Return the layers of a convolution: itself, pooling, batch normalisation, ReLU.

    With `dtype` "mixed_bfloat16" they multiply 16-bit numbers, and keep weights of 32 bits.
    """
    from keras import layers  # noqa: PLC0415

    how = {"use_bias": False, "kernel_initializer": "he_normal", "dtype": dtype}
    convolve = layers.Conv2D(n_filters, size, padding=padding, **how)
    pool = [layers.MaxPooling2D(2, dtype=dtype)] if pooled else []
    # The ReLU lets any factor through, so the normalisation needs none of its own.
    normalise = layers.BatchNormalization(momentum=0.98, scale=False, dtype=dtype)
    return [convolve, *pool, normalise, layers.ReLU(dtype=dtype)]
