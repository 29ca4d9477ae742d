"""MNIST: 70,000 scanned handwritten digits of 28 by 28 pixels, through ``tfds``.

The images are white ink (255) on black paper (0). `load` reads them; the pipelines feed them to
training and evaluation.

References
----------
Y. LeCun, L. Bottou, Y. Bengio and P. Haffner, *Gradient-based learning applied to document
recognition*, Proceedings of the IEEE 86 (1998), 2278-2324, section III.A.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from dlcourse import argument_checks
from dlcourse.data import install_mnist
from dlcourse.errors import DataError, InputError
from dlcourse.quick import QUICK_BATCHES, is_quick

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Training images set aside to watch over the training; the last ones of the training set.
N_VALIDATION = 5_000
SPLITS = {
    "train": f"train[:-{N_VALIDATION}]",
    "validation": f"train[-{N_VALIDATION}:]",
    "test": "test",
}


def load(split: str = "train", *, data_dir: Path | str | None = None) -> Any:
    """Load one part of MNIST as a ``tf.data.Dataset``.

    tfds is asked first. If it has no copy and cannot download one, Keras's own copy, from
    another host, stands in; if that cannot be had either, the error says what to do.

    Parameters
    ----------
    split
        "train" (55,000 images), "validation" (5,000) or "test" (10,000), or any split that
        tfds understands, such as "train[:100]".
    data_dir
        Where tfds keeps its data sets; default: ``$TFDS_DATA_DIR`` or tfds's own.

    Returns
    -------
    tf.data.Dataset
        Pairs of an image of shape (28, 28, 1), uint8, and its digit, an int64 scalar.

    Raises
    ------
    DataError
        If the images are neither on this machine nor to be had over the network.
    """
    split = argument_checks.text(split, "split")
    if data_dir is not None:
        data_dir = argument_checks.path(data_dir, "data_dir")
    import tensorflow_datasets as tfds  # noqa: PLC0415  (seconds to import)

    wanted = SPLITS.get(split, split)
    folder = install_mnist.default_data_dir() if data_dir is None else Path(data_dir)
    if not install_mnist.is_prepared(folder) and not install_mnist.can_download():
        return _from_keras(wanted)
    try:
        return tfds.load("mnist", split=wanted, as_supervised=True, data_dir=str(folder))
    except OSError:  # the network, or what a firewall answers in its place
        return _from_keras(wanted)
    except ValueError as error:
        raise InputError(
            f"`split` must be one of {', '.join(SPLITS)}, or a split that tfds understands: "
            f"got {split!r}."
        ) from error


def _from_keras(split: str) -> Any:
    """Load MNIST from Keras's host, for when tfds's is out of reach."""
    import keras  # noqa: PLC0415
    import tensorflow as tf  # noqa: PLC0415
    import tensorflow_datasets as tfds  # noqa: PLC0415

    try:
        train, test = keras.datasets.mnist.load_data()
    except Exception as error:
        raise DataError(
            "MNIST is not on this machine, and neither tfds's host nor Keras's can be reached. "
            "Connect to the network and run this again, or prepare it from local files: "
            "`python -m dlcourse data mnist --from FOLDER`."
        ) from error
    named = {"train": train, "test": test}
    instruction = tfds.core.ReadInstruction.from_spec(split)
    part = instruction.to_absolute({name: len(y) for name, (_, y) in named.items()})[0]
    images, labels = named[part.splitname]
    rows = slice(part.from_, part.to)
    return tf.data.Dataset.from_tensor_slices(
        (images[rows, ..., np.newaxis], labels[rows].astype(np.int64))
    )


def as_arrays(split: str = "test") -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Load one part of MNIST into memory.

    Parameters
    ----------
    split
        As for `load`.

    Returns
    -------
    images : ndarray of shape (n_samples, 28, 28), uint8
    labels : ndarray of shape (n_samples,), int64

    Raises
    ------
    DataError
        As for `load`.
    """
    batches = list(load(split).batch(1_000).as_numpy_iterator())
    images = np.concatenate([images for images, _ in batches])[..., 0]
    return images, np.concatenate([labels for _, labels in batches])


def normalise(images: Any, labels: Any) -> tuple[Any, Any]:
    """Scale brightness from 0-255 to 0-1; labels stay as they are.

    Parameters
    ----------
    images
        Tensor of any shape, uint8.
    labels
        Anything.

    Returns
    -------
    images : tensor of the same shape, float32
    labels : as given
    """
    import tensorflow as tf  # noqa: PLC0415

    return tf.cast(images, tf.float32) / 255.0, labels


def training_pipeline(dataset: Any, *, batch_size: int = 128, seed: int = 0) -> Any:
    """Prepare images for training: cache, shuffle, batch, scale, prefetch.

    The order matters for speed. Decoded images are cached as bytes, four times smaller than
    floats; they are scaled a batch at a time, not one by one; and the next batch is prepared
    while the network trains on this one.

    Parameters
    ----------
    dataset
        Pairs of image and label, as `load` gives them.
    batch_size
        Images in a batch.
    seed
        Decides the order of the images, a new one each epoch.

    Returns
    -------
    tf.data.Dataset
        Batches of images (batch_size, 28, 28, 1), float32 from 0 to 1, and labels
        (batch_size,). With ``DLCOURSE_QUICK`` set, only a few batches.

    Raises
    ------
    InputError
        If `dataset` is not such a dataset, or `batch_size` is not positive.
    """
    _require_dataset(dataset)
    batch_size, seed = argument_checks.count(batch_size, "batch_size"), argument_checks.seed(seed)
    import tensorflow as tf  # noqa: PLC0415

    dataset = dataset.take(QUICK_BATCHES * batch_size) if is_quick() else dataset
    n_images = max(int(dataset.cardinality()), 1)
    return (
        dataset.cache()
        .shuffle(n_images, seed=seed)
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

    So every worker of several goes through the same batches, and so does a run that was stopped
    and goes on. Whole batches are gathered at once: nothing is done image by image.

    Parameters
    ----------
    images : ndarray of shape (n_samples, 28, 28)
    labels : ndarray of shape (n_samples,)
    batch_size
        Images in a batch; the last batch may be smaller.
    seed, epoch
        Decide the order.
    with_inverted_copies
        Whether black digits on white are shown as well, shuffled among the others.

    Returns
    -------
    tf.data.Dataset
        As `training_pipeline`.

    Raises
    ------
    InputError
        If `images` are no bytes of that shape, `labels` no class indices of the same length, or
        `batch_size` is not positive.
    """
    images = argument_checks.pixels(images, "images", "n_samples height width")
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

    Parameters
    ----------
    dataset
        Pairs of image and label, as `load` gives them.
    batch_size
        Images in a batch.

    Returns
    -------
    tf.data.Dataset
        As `training_pipeline`, not shuffled.

    Raises
    ------
    InputError
        If `dataset` is not such a dataset, or `batch_size` is not positive.
    """
    _require_dataset(dataset)
    batch_size = argument_checks.count(batch_size, "batch_size")
    import tensorflow as tf  # noqa: PLC0415

    return (
        dataset.batch(batch_size)
        .map(normalise, num_parallel_calls=tf.data.AUTOTUNE)
        .cache()
        .prefetch(tf.data.AUTOTUNE)
    )


def _require_dataset(dataset: object) -> None:
    import tensorflow as tf  # noqa: PLC0415

    argument_checks.instance(dataset, "dataset", tf.data.Dataset)
