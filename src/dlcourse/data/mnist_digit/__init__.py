"""A single digit of MNIST, which comes with the package: no network, no TensorFlow."""

from __future__ import annotations

from importlib import resources

import numpy as np
from numpy.typing import NDArray


def load() -> NDArray[np.uint8]:
    """Load an image of MNIST's test set, a two (the first in the order of tfds).

    Brightness, shape (28, 28), uint8, goes from 0, the black paper, to 255, white ink.
    `dlcourse.data.mnist` says whence.

    >>> load().shape, int(load().max())
    ((28, 28), 255)
    """
    from PIL import Image  # noqa: PLC0415

    file = resources.files("dlcourse.data.mnist_digit") / "two.png"
    with file.open("rb") as opened, Image.open(opened) as image:
        return np.array(image)
