"""The finder, a network that says what stands in a window, where and how large; its loss."""

from typing import Any

from dlcourse.digits import finder
from dlcourse.networks.quicker_dtype import quicker_dtype
from dlcourse.robust.model import convolution

OUTPUTS = (*"0123456789", "nothing", "another sign", "rows", "columns", "size")
N_CLASSES = 12
SMOOTHING = 0.03
BOX_SHARE = 0.15  #: of the loss, for where a thing's middle lies and how large it is


def finder_network() -> Any:
    """Build the finder: 32 by 32 pixels in, 15 numbers out.

    Convolutions without padding, and poolings, so that it also runs on larger pictures, with 15
    numbers for a window at every eighth pixel: logits of twelve classes, then rows and columns to
    the thing's middle in units of 4 pixels, then four times the binary logarithm of its size over
    the nominal one (`finder.NOMINAL`: 18 pixels). Output shape (n, 1, 1, 15).
    """
    from keras import Input, Sequential, layers  # noqa: PLC0415

    dtype = quicker_dtype()
    return Sequential(
        [
            Input(shape=(finder.WINDOW, finder.WINDOW, 1)),
            *convolution(20, 5, pooled=True, dtype=dtype),
            *convolution(40, 3, pooled=True, dtype=dtype),
            *convolution(96, 3, pooled=True, dtype=dtype),
            *convolution(160, 2, pooled=False, dtype=dtype),
            layers.Dropout(0.1, dtype=dtype),
            layers.Conv2D(len(OUTPUTS), 1, name="answers"),
        ],
        name="finder",
    )


def loss(wanted: Any, answers: Any) -> Any:
    """Return the cross-entropy of the classes, plus the error of the box where there is one.

    `wanted`, shape (n, 4), is of `windows.answer`: the class, pixels down and across from the
    window's middle to the thing's, and the binary logarithm of its size over the nominal one. The
    last three are brought to the units of the network's output.
    """
    import keras  # noqa: PLC0415
    import tensorflow as tf  # noqa: PLC0415

    answers = tf.reshape(answers, (-1, len(OUTPUTS)))
    target = tf.one_hot(tf.cast(wanted[:, 0], tf.int32), N_CLASSES)
    classes = keras.losses.categorical_crossentropy(
        target, answers[:, :N_CLASSES], from_logits=True, label_smoothing=SMOOTHING
    )
    box = wanted[:, 1:] * tf.constant([0.25, 0.25, 4.0])
    error = 3 * keras.losses.huber(box, answers[:, N_CLASSES:])  # Keras's is the mean of three
    shown = tf.cast(wanted[:, 0] != finder.NOTHING, tf.float32)
    return classes + BOX_SHARE * shown * error
