"""Have Keras ignore the settings that a user may keep in `keras.json`."""

import os


def settle_keras() -> None:
    """Set what the course's networks need: TensorFlow below Keras, 32 bits, channels last.

    To be called before Keras is imported, by programs whose networks are kept.
    """
    os.environ["KERAS_BACKEND"] = "tensorflow"
    import keras  # noqa: PLC0415

    keras.config.set_floatx("float32")
    keras.config.set_epsilon(1e-7)
    keras.config.set_image_data_format("channels_last")
