"""Seed all random numbers that a training draws, so that it can be repeated."""

from dlcourse import argument_checks


def seed_everything(seed: int, *, deterministic: bool = True) -> None:
    """Make a run repeatable: seed Python, NumPy and TensorFlow, and fix the order of sums.

    `seed` is from 0 to 2³² - 1. `deterministic` has TensorFlow choose operations that give the same
    bits each time, until the process ends.
    """
    seed = argument_checks.seed(seed)
    import keras  # noqa: PLC0415
    import tensorflow as tf  # noqa: PLC0415

    keras.utils.set_random_seed(seed)
    if deterministic:
        tf.config.experimental.enable_op_determinism()
