"""What the robust network is trained on: MNIST and made pictures, augmented batch by batch."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from dlcourse.data import mnist, mnist_pipelines
from dlcourse.robust import not_digits, synthetic_digits

BATCH_SIZE = 128
N_PRINTED, N_DRAWN, N_DISPLAYS_AND_SIGNS = 5_000, 5_000, 2_000
N_NOT_DIGITS, N_SPOILT = 13_500, 1_500
#: How often an epoch shows each made picture, each time in another look.
TIMES = 2


def robust_data(*, seed: int = 0, part: int = 0) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Gather what the robust network is trained on: 55,000 MNIST digits, and what is made.

    `X` has shape (n_samples, 28, 28), ink 255 on paper 0; `y`, shape (n_samples,), is 0 to 9,
    and 10 for none of these. What is made takes the longest, and augmentation gives it another look
    each time: so there is half of it, and it stands in the data twice. Every few epochs
    (`train_digit_networks.ROUND`) the next `part` of the training, counted from 0, takes new made
    ones.
    """
    rng = np.random.default_rng([seed, part])
    X, y = mnist.as_arrays("train")
    parts = [
        (X, y.astype(np.uint8)),
        synthetic_digits.printed_digits(N_PRINTED, rng=rng),
        synthetic_digits.drawn_digits(N_DRAWN, rng=rng),
        synthetic_digits.digits_of_displays_and_signs(N_DISPLAYS_AND_SIGNS, rng=rng),
    ]
    none = [
        not_digits.not_digits(N_NOT_DIGITS, rng=rng),
        not_digits.spoilt_digits(X[y != 1], N_SPOILT, rng=rng),  # a 1 far too large is still a bar
    ]
    parts += [(pictures, np.full(len(pictures), not_digits.NONE, np.uint8)) for pictures in none]
    pictures, labels = zip(parts[0], *(TIMES * parts[1:]), strict=True)
    return np.concatenate(pictures), np.concatenate(labels)


def robust_pipeline(X: Any, y: Any, *, seed: int, epoch: int) -> Any:
    """Shuffle, batch and augment; the order and the augmentation depend on seed and epoch only.

    The ``tf.data.Dataset`` has pictures of shape (batch_size, 28, 28, 1), float32, and labels.
    """
    import tensorflow as tf  # noqa: PLC0415

    from dlcourse.robust.augmentation import augment  # noqa: PLC0415

    def augmented(step: Any, batch: tuple[Any, Any]) -> tuple[Any, Any]:
        step_seed = tf.stack([tf.constant(seed * 1_000 + epoch, tf.int64), step])
        return augment(batch[0], seed=step_seed), batch[1]

    batches = mnist_pipelines.epoch_batches(X, y, batch_size=BATCH_SIZE, seed=seed, epoch=epoch)
    return (
        batches.take(len(X) // BATCH_SIZE)  # whole ones
        .enumerate()
        .map(augmented, num_parallel_calls=tf.data.AUTOTUNE)
        .prefetch(tf.data.AUTOTUNE)
    )
