"""Train the finder, for ``make weights``, which ships what `kept_network` returns.

The finder says of a window of 32 by 32 pixels what stands in its middle, how far off and how large
it is. A slice is `N_WINDOWS` windows cut out of made scenes; ink is the pictures that are laid into
scenes.

Training goes slice by slice. Each slice makes new windows, in a process beside it, and trains on
them and on those of the slices before. After each slice the network is kept in `folder`, so a run
that was cut off goes on where it was, and ends with the weights that it would have had. (With more
slices than before it goes on, too, but the rates before were those of the shorter run.)
"""

from __future__ import annotations

import json
import multiprocessing
import time
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from dlcourse.data import mnist
from dlcourse.digits import finder
from dlcourse.errors import InputError
from dlcourse.networks import keras_conversion
from dlcourse.networks.quicker_dtype import quicker_dtype
from dlcourse.networks.seeding import seed_everything
from dlcourse.networks.trained_network import TrainedNetwork
from dlcourse.robust import code_digest
from dlcourse.robust.finder import source_pictures, windows
from dlcourse.robust.finder.model import N_CLASSES, OUTPUTS, finder_network, loss
from dlcourse.safe_files import write_arrays_whole

N_SLICES = 17
N_WINDOWS = 25_000  #: made for each slice
N_KEPT = 6  #: slices whose windows are trained on at once
BATCH_SIZE = 256
HIGHEST_RATE = 2e-3
N_VALIDATION = 8_000


def make_slice(folder: Path, number: int, seed: int) -> Path:
    """Make the windows of one slice, unless they are there."""
    path = folder / f"windows-{number:03d}.npz"
    if not path.exists():
        ink = source_pictures.load_ink(folder / "ink.npz", seed=seed)
        rng = np.random.default_rng([seed, 2, number])
        X, y = windows.make_windows(ink, N_WINDOWS, rng)
        write_arrays_whole(path, X=X, y=y)
    return path


def make_validation(folder: Path, seed: int) -> Path:
    """Make windows to choose by, with MNIST's validation digits in place of training ones."""
    path = folder / "windows-validation.npz"
    if not path.exists():
        images, labels = mnist.as_arrays("validation")
        ink = source_pictures.load_ink(folder / "ink.npz", seed=seed)
        ink = replace(ink, mnist=images, mnist_labels=labels.astype(np.uint8))
        rng = np.random.default_rng([seed, 3])
        X, y = windows.make_windows(ink, N_VALIDATION, rng)
        write_arrays_whole(path, X=X, y=y)
    return path


def _pipeline(paths: list[Path], seed: int) -> Any:
    """Shuffle windows, and turn black on white into white on black half the time."""
    import tensorflow as tf  # noqa: PLC0415

    files = [np.load(path) for path in paths]
    X = np.concatenate([file["X"] for file in files])
    y = np.concatenate([file["y"] for file in files])
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(X))
    # `windows` keeps pixels as bytes, LEVELS times the light in units of its spread. Here they are
    # turned back, half of the windows inverted, with up to a tenth more or less contrast.
    factors = rng.choice([-1.0, 1.0], len(X)) * rng.uniform(0.9, 1.1, len(X)) / windows.LEVELS

    def batches() -> Any:
        for start in range(0, len(X) - BATCH_SIZE + 1, BATCH_SIZE):
            rows = order[start : start + BATCH_SIZE]
            pixels = X[rows, :, :, np.newaxis] * factors[rows, None, None, None].astype(np.float32)
            yield pixels, y[rows]

    # y: the class, rows and columns to the thing's middle, and its size (`windows.answer`)
    shapes = (
        tf.TensorSpec((BATCH_SIZE, finder.WINDOW, finder.WINDOW, 1), tf.float32),
        tf.TensorSpec((BATCH_SIZE, 4), tf.float32),
    )
    data = tf.data.Dataset.from_generator(batches, output_signature=shapes)
    return data.apply(tf.data.experimental.assert_cardinality(len(X) // BATCH_SIZE)).prefetch(4)


def scores(model: Any, path: Path) -> dict[str, float]:
    """Return the shares of digits, nothing and signs that are taken for what they are."""
    with np.load(path) as file:
        X, y = file["X"], file["y"][:, 0].astype(int)
    pixels = X[..., np.newaxis].astype(np.float32) / windows.LEVELS
    answers = model.predict(pixels, batch_size=1000, verbose=0).reshape(len(X), -1)
    right = answers[:, :N_CLASSES].argmax(axis=1) == y
    groups = {
        "digits": y < finder.NOTHING,
        "nothing": y == finder.NOTHING,
        "signs": y == finder.OTHER_SIGN,
    }
    return {name: round(float(right[which].mean()), 4) for name, which in groups.items()}


def _reseed(model: Any, seed: int, number: int) -> None:
    """Let the dropout of a slice depend on seed and slice alone, not on what ran before it."""
    for layer in model.layers:
        generator = getattr(layer, "seed_generator", None)
        if generator is not None:
            generator.state.assign(np.array([seed, number], generator.state.dtype))


def train(folder: Path, *, n_slices: int, seed: int = 0) -> Any:
    """Train up to slice `n_slices`, and keep network and optimiser after each.

    Raises
    ------
    InputError
        If `folder` holds what another seed, or the code before an edit, has made.
    """
    import keras  # noqa: PLC0415

    folder.mkdir(parents=True, exist_ok=True)
    made_by, settings = folder / "made-by.txt", f"seed {seed}, code {code_digest()}"
    log = folder / "progress.jsonl"
    made = made_by.read_text() if made_by.exists() else "something older"
    if (made_by.exists() or log.exists()) and made != settings:
        raise InputError(
            f"{folder} holds another run: it was made by {made}, and this one is of {settings}. "
            "Choose another folder, or delete that one."
        )
    made_by.write_text(settings)
    source_pictures.load_ink(folder / "ink.npz", seed=seed)
    done = len(log.read_text().splitlines()) if log.exists() else 0
    seed_everything(seed, deterministic=True)
    if done:
        model = keras.saving.load_model(_after(folder, done - 1), custom_objects={"loss": loss})
    else:
        model = finder_network(dtype=quicker_dtype())
        optimiser = keras.optimizers.AdamW(HIGHEST_RATE, weight_decay=2e-3)
        model.compile(optimizer=optimiser, loss=loss, steps_per_execution=8)
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as maker:
        waiting: dict[int, Future[Path]] = {}
        judged = maker.submit(make_validation, folder, seed)
        for number in range(done, n_slices):
            for ahead in range(max(0, number - N_KEPT + 1), min(number + 3, n_slices)):
                if ahead not in waiting:
                    waiting[ahead] = maker.submit(make_slice, folder, ahead, seed)
            paths = [waiting[i].result() for i in range(max(0, number - N_KEPT + 1), number + 1)]
            start = time.perf_counter()
            rate = HIGHEST_RATE * max(0.01, (1 + np.cos(np.pi * number / n_slices)) / 2)
            model.optimizer.learning_rate.assign(rate)
            data = _pipeline(paths, seed * 1_000 + number)
            _reseed(model, seed, number)
            history = model.fit(data, epochs=1, verbose=0, shuffle=False).history
            seconds = time.perf_counter() - start
            line = {
                "slice": number,
                "windows": N_WINDOWS * len(paths),
                "rate": round(float(rate), 6),
                "seconds": round(seconds, 1),
                "loss": round(float(history["loss"][-1]), 4),
                **scores(model, judged.result()),
            }
            model.save(_after(folder, number))
            with log.open("a") as file:  # from here on the slice counts as done
                file.write(json.dumps(line) + "\n")
            _after(folder, number - 1).unlink(missing_ok=True)
            print(json.dumps(line), flush=True)  # noqa: T201
    return model


def _after(folder: Path, number: int) -> Path:
    """Return the file that keeps the network, and its optimiser, as it is after a slice."""
    return folder / f"finder-after-slice-{number}.keras"


def kept_network(folder: Path, *, seed: int = 0) -> TrainedNetwork:
    """Return the network that is kept in `folder`, with where it comes from."""
    import keras  # noqa: PLC0415

    lines = [json.loads(line) for line in (folder / "progress.jsonl").read_text().splitlines()]
    model = keras.saving.load_model(_after(folder, len(lines) - 1), compile=False)
    about = {
        "name": "finder",
        "seed": str(seed),
        "slices": str(len(lines)),
        "windows": str(sum(line["windows"] for line in lines)),
        "validation": json.dumps(
            {name: lines[-1][name] for name in ("digits", "nothing", "signs")}
        ),
        "versions": json.dumps({"keras": keras.__version__, "numpy": np.__version__}),
        "licence": "CC BY 4.0",
    }
    return keras_conversion.from_keras(model, classes=OUTPUTS, about=about)
