"""How fast the robust network trains: an epoch against the machine's floor.

The floor is the time that its multiplications alone would take as plain matrix products.
"""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks import Row
from dlcourse.networks.quicker_dtype import quicker_dtype
from dlcourse.robust import model as robust_model
from dlcourse.robust import training_data

if TYPE_CHECKING:
    from numpy.typing import NDArray

N_STEPS = 60


def run() -> list[Row]:
    """Time an epoch, with augmentation and without, against the machine's floor.

    Once in single precision, once with 16-bit products; the floor is measured with numbers of the
    same kind. The last row sets the epoch as it is trained, with those that are quicker here,
    beside the floor in single precision, which is what a plain matrix product gives.
    """
    rng = np.random.default_rng(0)
    n = N_STEPS * training_data.BATCH_SIZE
    X = rng.integers(0, 256, (n, 28, 28, 1), dtype=np.uint8)
    y = rng.integers(0, 11, n).astype(np.uint8)
    rows = []
    epochs: dict[str, float] = {}
    single = 0.0
    for dtype, product in (("float32", "float32"), ("mixed_bfloat16", "bfloat16")):
        model = robust_model.robust_network(dtype=dtype)
        robust_model.compile_for_training(model, 1e-3)
        _epoch(model, X, y, epoch=0, augmented=True)
        plain, augmented, floors = [], [], []
        for epoch in range(3):  # in turn, so that a busy machine slows all alike
            plain.append(_epoch(model, X, y, epoch=epoch, augmented=False))
            augmented.append(_epoch(model, X, y, epoch=epoch, augmented=True))
            # 6: multiply and add, once forward and twice backward
            floors.append(6 * _multiplications(model) * n / _operations_a_second(product))
        scale = 55_000 / n
        single = single or float(np.median(floors)) * scale
        epochs[dtype] = float(np.median(augmented)) * scale
        cost = max(0.0, 1 - np.median(plain) / np.median(augmented))
        rows += [
            Row(
                f"robust: an epoch of 55,000, augmented, {product}",
                epochs[dtype],
                float(np.median(floors)) * scale,
                "the machine's floor",
            ),
            Row(f"robust: augmentation's share of it, {product}", cost, 0.30, "at most", unit="%"),
        ]
    as_trained = epochs[quicker_dtype()]
    name = "robust: an epoch of 55,000, augmented, as trained"
    return [*rows, Row(name, as_trained, single, "the machine's floor in single precision")]


def _epoch(
    model: Any, X: NDArray[np.uint8], y: NDArray[np.uint8], *, epoch: int, augmented: bool
) -> float:
    """Train for one epoch; give the seconds."""
    pipeline = training_data.robust_pipeline(X, y, seed=0, epoch=epoch, augmented=augmented)
    start = perf_counter()
    model.fit(pipeline, epochs=1, verbose=0, shuffle=False)
    return perf_counter() - start


def _operations_a_second(dtype: str) -> float:
    """Multiply large matrices, one after another."""
    import tensorflow as tf  # noqa: PLC0415

    a = tf.cast(tf.random.stateless_normal((2048, 2048), (1, 2)), dtype)
    tf.cast(tf.linalg.matmul(a, a), tf.float32).numpy()
    start = perf_counter()
    for _ in range(10):
        b = tf.linalg.matmul(a, a)
    tf.cast(b, tf.float32).numpy()
    return 10 * 2 * 2048**3 / (perf_counter() - start)


def _multiplications(model: Any) -> int:
    """Count the multiplications of one picture's forward pass."""
    total = 0
    for layer in model.layers:
        if type(layer).__name__ == "Conv2D":
            total += int(np.prod(layer.output.shape[1:3])) * int(np.prod(layer.kernel.shape))
        elif type(layer).__name__ == "Dense":
            total += int(np.prod(layer.kernel.shape))
    return total
