"""Run a trained network forward in plain NumPy: no TensorFlow needed.

This is the whole of what a network does when it reads a picture: multiply, add, keep the
largest, drop the negative. ``tests`` hold it against Keras.
"""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike, NDArray

from dlcourse import argument_checks
from dlcourse.errors import InputError
from dlcourse.networks.network_dataclasses import Layer, TrainedNetwork

BATCH_SIZE = 256  # bounds the memory: a convolution's windows are many times its input


def logits(network: TrainedNetwork, X: ArrayLike) -> NDArray[np.float32]:
    """Run pictures through `network`, up to the numbers before the softmax.

    `X` has shape (n_samples, 28, 28) or (n_samples, 28, 28, 1), values from 0 to 1; what comes back
    has shape (n_samples, n_classes). If the network ends with a softmax, it is the logarithms of
    the probabilities.
    """
    network = argument_checks.instance(network, "network", TrainedNetwork)
    X = _checked(X, network.input_shape)
    batches = [
        forward(network, X[start : start + BATCH_SIZE]) for start in range(0, len(X), BATCH_SIZE)
    ]
    rows = np.concatenate(batches) if batches else np.empty(0, np.float32)
    return rows.reshape(-1, len(network.classes))


def probabilities(network: TrainedNetwork, X: ArrayLike) -> NDArray[np.float32]:
    """Run pictures through `network` and its softmax: as `logits`, but each row sums to one."""
    return softmax(logits(network, X))


def softmax(z: NDArray[np.float32]) -> NDArray[np.float32]:
    """Turn logits into probabilities over the last axis, in single precision as they come."""
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return np.asarray(e / e.sum(axis=-1, keepdims=True))


def _checked(X: ArrayLike, shape: tuple[int, int, int]) -> NDArray[np.float32]:
    """Return `X` as float32 of shape (n_samples, *shape)."""
    images = argument_checks.brightness(X, "X", may_be_empty=True).astype(np.float32, copy=False)
    if images.ndim == 3 and shape[2] == 1:
        images = images[..., np.newaxis]
    if images.ndim != 4 or images.shape[1:] != shape:
        raise InputError(
            f"`X` must have shape (n_samples, {', '.join(map(str, shape))}): got {images.shape}."
        )
    return images


def forward(network: TrainedNetwork, a: NDArray[np.float32]) -> NDArray[np.float32]:
    """Run one batch through every layer.

    A network of convolutions and poolings only takes pictures of any size, and answers for
    every window of it.
    """
    for layer in network.layers:
        if layer.kind == "max_pool":
            a = _max_pool(a, layer.size)
        elif layer.kind == "flatten":
            a = a.reshape(len(a), -1)
        else:
            a = _weighted(network, layer, a)
    if network.layers[-1].activation == "softmax":
        return np.log(np.maximum(a, np.finfo(np.float32).tiny))
    return a


def _weighted(network: TrainedNetwork, layer: Layer, a: NDArray[np.float32]) -> NDArray[np.float32]:
    """Apply a convolution or a dense layer, and its activation."""
    kernel = network.tensors[f"{layer.name}.kernel"]
    z = _correlate(a, kernel, layer.padding) if layer.kind == "conv" else a @ kernel
    z = z + network.tensors[f"{layer.name}.bias"]
    if layer.activation == "relu":
        return np.maximum(z, 0)
    if layer.activation == "softmax":
        return softmax(z)
    return z


def _correlate(
    a: NDArray[np.float32], kernel: NDArray[np.float32], padding: str
) -> NDArray[np.float32]:
    """Slide `kernel` over `a`: one matrix product of all windows with all filters."""
    rows, columns = kernel.shape[:2]
    if padding == "same":
        top, left = (rows - 1) // 2, (columns - 1) // 2
        a = np.pad(a, ((0, 0), (top, rows - 1 - top), (left, columns - 1 - left), (0, 0)))
    windows = sliding_window_view(a, (rows, columns), axis=(1, 2))  # (n, h, w, n_in, rows, columns)
    return np.tensordot(windows, kernel, axes=((4, 5, 3), (0, 1, 2)))


def _max_pool(a: NDArray[np.float32], size: tuple[int, int]) -> NDArray[np.float32]:
    """Keep the largest value of each window."""
    n, height, width, channels = a.shape
    rows, columns = height // size[0], width // size[1]
    a = a[:, : rows * size[0], : columns * size[1]]
    return np.asarray(a.reshape(n, rows, size[0], columns, size[1], channels).max(axis=(2, 4)))
