"""Train the finder, for ``make weights``, which ships what `train` returns.

The finder says of a window of 32 by 32 pixels what stands in its middle, how far off and how large
it is. A slice is `N_WINDOWS` windows cut out of made scenes; ink is the pictures that are laid into
scenes. The training goes on with each slice and with those before it.
"""

from __future__ import annotations

import json
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dlcourse.data import mnist
from dlcourse.digits import finder
from dlcourse.networks import keras_conversion
from dlcourse.networks.network_dataclasses import TrainedNetwork
from dlcourse.networks.seeding import seed_everything
from dlcourse.robust.finder import source_pictures, windows
from dlcourse.robust.finder.model import N_CLASSES, OUTPUTS, finder_network, loss

N_SLICES = 17
N_WINDOWS = 25_000  #: made for each slice
N_KEPT = 6  #: slices whose windows are trained on at once
BATCH_SIZE = 256
HIGHEST_RATE = 2e-3
N_VALIDATION = 8_000

Windows = tuple[NDArray[np.int8], NDArray[np.float32]]


def made_windows(n_slices: int, seed: int) -> Iterator[Windows]:
    """Make windows to choose by, of MNIST's validation digits, and then slice by slice."""
    ink = source_pictures.make_ink(seed=seed)
    images, labels = mnist.as_arrays("validation")
    held_out = replace(ink, mnist=images, mnist_labels=labels.astype(np.uint8))
    yield windows.make_windows(held_out, N_VALIDATION, np.random.default_rng([seed, 3]))
    for number in range(n_slices):
        yield windows.make_windows(ink, N_WINDOWS, np.random.default_rng([seed, 2, number]))


def _pipeline(X: NDArray[np.int8], y: NDArray[np.float32], seed: int) -> Any:
    """Shuffle windows, and turn black on white into white on black half the time.

    `X` and `y` are those of `windows.make_windows`.
    """
    import tensorflow as tf  # noqa: PLC0415

    rng = np.random.default_rng(seed)
    order = rng.permutation(len(X))
    # `windows` keeps pixels as bytes, LEVELS times the light in units of its spread. Here they are
    # turned back, half of the windows inverted, with up to a tenth more or less contrast.
    factors = rng.choice([-1.0, 1.0], len(X)) * rng.uniform(0.9, 1.1, len(X)) / windows.LEVELS
    light, contrasts = tf.constant(X), tf.constant(factors.astype(np.float32))

    def gather(rows: Any) -> tuple[Any, Any]:
        pixels = tf.cast(tf.gather(light, rows), tf.float32)
        pixels *= tf.gather(contrasts, rows)[:, tf.newaxis, tf.newaxis]
        return pixels[..., tf.newaxis], tf.gather(y, rows)

    batches = tf.data.Dataset.from_tensor_slices(order).batch(BATCH_SIZE, drop_remainder=True)
    return batches.map(gather).prefetch(4)


def scores(model: Any, X: NDArray[np.int8], y: NDArray[np.float32]) -> dict[str, float]:
    """Return the shares of digits, nothing and signs that are taken for what they are."""
    pixels = X[..., np.newaxis].astype(np.float32) / windows.LEVELS
    answers = model.predict(pixels, batch_size=1000, verbose=0).reshape(len(X), -1)
    truth = y[:, 0].astype(int)
    right = answers[:, :N_CLASSES].argmax(axis=1) == truth
    groups = {
        "digits": truth < finder.NOTHING,
        "nothing": truth == finder.NOTHING,
        "signs": truth == finder.OTHER_SIGN,
    }
    return {name: round(float(right[which].mean()), 4) for name, which in groups.items()}


def train(
    *,
    n_slices: int = N_SLICES,
    seed: int = 0,
    report: Callable[[str], None] = lambda _: None,
) -> TrainedNetwork:
    """Train the finder, slice by slice; `report` is handed a line of JSON after each."""
    import keras  # noqa: PLC0415

    seed_everything(seed, deterministic=False)
    model = finder_network()
    optimiser = keras.optimizers.AdamW(HIGHEST_RATE, weight_decay=2e-3)
    model.compile(optimizer=optimiser, loss=loss, steps_per_execution=8)
    made = made_windows(n_slices, seed)
    validation = next(made)
    kept: deque[Windows] = deque(maxlen=N_KEPT)
    n_windows = 0
    for number, one in enumerate(made):
        kept.append(one)
        start = time.perf_counter()
        rate = HIGHEST_RATE * max(0.01, (1 + np.cos(np.pi * number / n_slices)) / 2)
        model.optimizer.learning_rate.assign(rate)
        X, y = (np.concatenate(arrays) for arrays in zip(*kept, strict=True))
        data = _pipeline(X, y, seed * 1_000 + number)
        history = model.fit(data, epochs=1, verbose=0, shuffle=False).history
        n_windows += N_WINDOWS * len(kept)
        judged = scores(model, *validation)
        line = {
            "slice": number,
            "rate": round(float(rate), 6),
            "seconds": round(time.perf_counter() - start, 1),
            "loss": round(float(history["loss"][-1]), 4),
        }
        report(json.dumps(line | judged))
    about = {
        "name": "finder",
        "seed": str(seed),
        "slices": str(n_slices),
        "windows": str(n_windows),
        "validation": json.dumps(judged),
        "versions": json.dumps({"keras": keras.__version__, "numpy": np.__version__}),
        "licence": "CC BY 4.0",
    }
    return replace(keras_conversion.from_keras(model, classes=OUTPUTS), about=about)
