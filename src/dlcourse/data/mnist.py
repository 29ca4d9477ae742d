"""MNIST: 70,000 scanned handwritten digits of 28 by 28 pixels, through ``tfds``.

The images are white ink (255) on black paper (0). `load` and `as_arrays` read them;
`dlcourse.data.mnist_pipelines` feeds them to training and evaluation.

Source: Y. LeCun, L. Bottou, Y. Bengio and P. Haffner, *Gradient-based learning applied to document
recognition*, Proceedings of the IEEE 86 (1998), 2278-2324, section III.A.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from dlcourse import argument_checks
from dlcourse.data import install_mnist
from dlcourse.errors import InputError

#: Training images set aside to watch over the training; the last ones of the training set.
N_VALIDATION = 5_000
SPLITS = {
    "train": f"train[:-{N_VALIDATION}]",
    "validation": f"train[-{N_VALIDATION}:]",
    "test": "test",
}


def load(split: str = "train") -> Any:
    """Load one part of MNIST as a ``tf.data.Dataset`` of images and digits.

    The `split` is "train" (55,000 images), "validation" (5,000) or "test" (10,000), or whatever
    tfds understands, such as "train[:100]". An image has shape (28, 28, 1), uint8; its digit is an
    int64 scalar. tfds downloads the images when they are not on this machine yet. `DataError` is
    raised, and says what to do, if they cannot be had over the network either.
    """
    split = argument_checks.text(split, "split")
    import tensorflow_datasets as tfds  # noqa: PLC0415  (seconds to import)

    wanted = SPLITS.get(split, split)
    folder = install_mnist.default_data_dir()
    install_mnist.download(folder)
    try:
        return tfds.load("mnist", split=wanted, as_supervised=True, data_dir=str(folder))
    except ValueError as error:
        raise InputError(
            f"`split` must be one of {', '.join(SPLITS)}, or a split that tfds understands: "
            f"got {split!r}."
        ) from error


def as_arrays(split: str = "test") -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Load one part of MNIST into memory; `split` is that of `load`.

    Images come in shape (n_samples, 28, 28), uint8, and their digits in (n_samples,), int64.
    """
    batches = list(load(split).batch(1_000).as_numpy_iterator())
    images = np.concatenate([images for images, _ in batches])[..., 0]
    return images, np.concatenate([labels for _, labels in batches])
