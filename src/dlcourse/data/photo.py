"""A photograph to lay kernels on."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

# Luma of ITU-R BT.601: what the eye takes for brightness.
_LUMA = np.array([0.299, 0.587, 0.114])


def photo() -> NDArray[np.float64]:
    """Return a photograph of a Chinese temple in grey, shape (213, 320), 0 black to 1 white.

    It is ``china.jpg`` of scikit-learn (427 by 640 pixels), by the photographer danielbuechele,
    released under CC BY 2.0, at half its size: each pixel is the mean of four of the original. No
    network is needed.

    Source: https://www.flickr.com/photos/danielbuechele/6061409035/

    >>> photo().shape
    (213, 320)
    """
    from sklearn.datasets import load_sample_image  # noqa: PLC0415 - slow to import

    grey = np.asarray(load_sample_image("china.jpg")) @ _LUMA / 255  # (427, 640)
    return np.asarray(grey[:426].reshape(213, 2, 320, 2).mean(axis=(1, 3)))
