"""Pipelines that feed MNIST to training and evaluation, batch by batch, from 0 to 1.

`dlcourse.data.mnist` loads the images.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from dlcourse import argument_checks
from dlcourse.errors import InputError
from dlcourse.quick import QUICK_BATCHES, is_quick

N_IMAGES = 60_000  #: to shuffle at most, where a dataset does not know how many it has


def normalise(images: Any, labels: Any) -> tuple[Any, Any]:
    """Scale brightness of any shape from 0-255 to 0-1, float32; labels stay as they are."""
    import tensorflow as tf  # noqa: PLC0415

    return tf.cast(images, tf.float32) / 255.0, labels


def training_pipeline(dataset: Any, *, batch_size: int = 128, seed: int = 0) -> Any:
    """Prepare images for training: cache, shuffle, batch, scale, prefetch.

    The order matters for speed. Decoded images are cached as bytes, four times smaller than floats;
    they are scaled a batch at a time, not one by one; and the next batch is prepared while the
    network trains on this one.

    The dataset has pairs of image and label, as `mnist.load` gives them; the `seed` decides their
    order, a new one each epoch. Batches are images (batch_size, 28, 28, 1), float32 from 0 to 1,
    and labels (batch_size,). With ``DLCOURSE_QUICK`` set, there are only a few.
    """
    import tensorflow as tf  # noqa: PLC0415

    argument_checks.instance(dataset, "dataset", tf.data.Dataset)
    batch_size, seed = argument_checks.count(batch_size, "batch_size"), argument_checks.seed(seed)
    dataset = dataset.take(QUICK_BATCHES * batch_size) if is_quick() else dataset
    n_images = int(dataset.cardinality())
    return (
        dataset.cache()
        .shuffle(n_images if n_images > 0 else N_IMAGES, seed=seed)
        .batch(batch_size)
        .map(normalise, num_parallel_calls=tf.data.AUTOTUNE)
        .prefetch(tf.data.AUTOTUNE)
    )


def epoch_batches(
    images: NDArray[np.uint8],
    labels: NDArray[np.int64],
    *,
    batch_size: int = 128,
    seed: int = 0,
    epoch: int = 0,
    with_inverted_copies: bool = False,
) -> Any:
    """Prepare one epoch from arrays, in an order that depends on seed and epoch alone.

    So every worker of several goes through the same batches, and so does a run that was stopped and
    goes on. Whole batches are gathered at once: nothing is done image by image.

    The arrays are those of `mnist.as_arrays`, the batches those of `training_pipeline`; the last
    may be smaller. With `with_inverted_copies`, black digits on white are shown as well, shuffled
    among the others.
    """
    images = argument_checks.instance(images, "images", np.ndarray)
    if images.ndim != 3 or images.dtype != np.uint8 or not images.size:
        raise InputError(
            "`images` must have shape (n_samples, height, width) and type uint8: "
            f"got {argument_checks.describe(images)}."
        )
    labels = argument_checks.labels(labels, "labels", "n_samples")
    argument_checks.same_length(images, "images", labels, "labels")
    batch_size = argument_checks.count(batch_size, "batch_size")
    seed, epoch = argument_checks.seed(seed), argument_checks.seed(epoch, "epoch")
    import tensorflow as tf  # noqa: PLC0415

    n_images = len(images)
    order = np.random.default_rng([seed, epoch]).permutation(n_images * (1 + with_inverted_copies))
    if is_quick():
        order = order[: QUICK_BATCHES * batch_size]
    pictures = tf.constant(images[..., np.newaxis])
    answers = tf.constant(labels)

    def gather(rows: Any) -> tuple[Any, Any]:
        which = rows % n_images
        ink = tf.gather(pictures, which)
        if with_inverted_copies:
            ink = tf.where((rows >= n_images)[:, None, None, None], 255 - ink, ink)
        return normalise(ink, tf.gather(answers, which))

    return (
        tf.data.Dataset.from_tensor_slices(order)
        .batch(batch_size)
        .map(gather, num_parallel_calls=tf.data.AUTOTUNE)
        .prefetch(tf.data.AUTOTUNE)
    )


def evaluation_pipeline(dataset: Any, *, batch_size: int = 128) -> Any:
    """Prepare images for measuring: batch, scale, cache, prefetch; in order, none left out.

    Arguments and batches are those of `training_pipeline`.
    """
    import tensorflow as tf  # noqa: PLC0415

    argument_checks.instance(dataset, "dataset", tf.data.Dataset)
    batch_size = argument_checks.count(batch_size, "batch_size")
    return (
        dataset.batch(batch_size)
        .map(normalise, num_parallel_calls=tf.data.AUTOTUNE)
        .cache()
        .prefetch(tf.data.AUTOTUNE)
    )
