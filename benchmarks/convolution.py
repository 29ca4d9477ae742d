"""dlcourse.convolution against the best of scipy.signal and TensorFlow."""

from __future__ import annotations

import numpy as np
import tensorflow as tf
from scipy import signal

from benchmarks import Row, compare
from dlcourse.convolution import correlate2d, max_pool2d


def run() -> list[Row]:
    """Compare on a photo of 512 × 512."""
    rng = np.random.default_rng(0)
    rows = []
    for dtype in ("float32", "float64"):
        photo = rng.random((512, 512)).astype(dtype)
        photo_tf = tf.constant(photo[None, :, :, None])
        kernels = [rng.random((k, k)).astype(dtype) for k in (3, 5, 11)]
        rows += [_photo(photo, photo_tf, kernel) for kernel in kernels]
        rows.append(_pool("max_pool2d, 512×512, ", photo_tf, max_pool2d, photo))
    return rows


def _photo(photo, photo_tf, kernel) -> Row:  # noqa: ANN001
    kernel_tf = tf.constant(kernel[:, :, None, None])
    return compare(
        f"correlate2d, 512×512, kernel {len(kernel)}×{len(kernel)}, {photo.dtype}",
        lambda: correlate2d(photo, kernel),
        {
            "scipy.signal.correlate2d": lambda: signal.correlate2d(photo, kernel, "valid"),
            "scipy.signal.fftconvolve": lambda: signal.fftconvolve(photo, kernel, "valid"),
            "tf.nn.conv2d": lambda: tf.nn.conv2d(photo_tf, kernel_tf, 1, "VALID").numpy(),
        },
    )


def _pool(name, tensor, ours, array) -> Row:  # noqa: ANN001
    return compare(
        f"{name}{array.dtype}",
        lambda: ours(array),
        {"tf.nn.max_pool2d": lambda: tf.nn.max_pool2d(tensor, 2, 2, "VALID").numpy()},
    )
