"""Train the plain, the inverted or the robust digit network from a seed, for ``make weights``.

The robust one takes half an hour or more on two cores; a run that was stopped goes on where it was.
"""

import hashlib
import json
import shutil
import time
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

import dlcourse
from dlcourse import argument_checks, distributed
from dlcourse.data import mnist, mnist_pipelines
from dlcourse.distributed import Progress
from dlcourse.networks import inference, keras_conversion, weights_file
from dlcourse.networks.models import mnist_network
from dlcourse.networks.network_dataclasses import TrainedNetwork
from dlcourse.networks.pretrained import CLASSES, NAMES
from dlcourse.networks.seeding import seed_everything
from dlcourse.robust import training_data
from dlcourse.robust.model import robust_network
from dlcourse.robust.training_data import BATCH_SIZE

EPOCHS = {"plain": 1, "inverted": 1, "robust": 30}
#: The highest learning rates: Keras's own for Adam, and one that ``python -m
#: benchmarks.robust_learning_rate`` chose by pictures that the reader is not scored on.
RATES = {"plain": 1e-3, "inverted": 1e-3, "robust": 4e-3}
#: Keras's own weight decay for AdamW.
WEIGHT_DECAY = 4e-3
#: Epochs that use the same made pictures, before others are made.
ROUND = 10


def train(
    name: str,
    *,
    seed: int = 0,
    n_epochs: int | None = None,
    rate: float | None = None,
    scratch: Path | None = None,
    report: Callable[[str], None] = lambda _: None,
) -> TrainedNetwork:
    """Train the plain, the inverted or the robust network; `about` of it says how.

    `n_epochs` and `rate`, the robust network's highest learning rate, are by default those of
    `EPOCHS` and `RATES`. In the folder `scratch` each epoch is kept, so that a run that was killed
    goes on where it was; it is emptied when the run is complete. `report` is handed a line of
    progress after each epoch.
    """
    name = argument_checks.choice(name, "name", NAMES)
    n_epochs, rate = n_epochs or EPOCHS[name], rate or RATES[name]
    kept = scratch / f"{name}-{seed}-{n_epochs}-{rate:g}" if scratch else None
    seed_everything(seed, deterministic=False)
    begun = time.perf_counter()
    model, digest = _train(name, seed, n_epochs, rate, kept=kept, report=report)
    seconds = time.perf_counter() - begun
    network = keras_conversion.from_keras(model, classes=CLASSES[: model.output_shape[-1]])
    about = _about(name, network, seed=seed, n_epochs=n_epochs, digest=digest)
    if kept:
        shutil.rmtree(kept, ignore_errors=True)
    report(f"{name}: {seconds:.0f} s, {about['accuracy']}")
    return replace(network, about=about)


def _compiled(name: str, n_steps: int, rate: float) -> Any:
    """Build and compile a network; the robust one's learning rate rises, then falls."""
    import keras  # noqa: PLC0415

    if name == "robust":
        schedule = keras.optimizers.schedules.CosineDecay(
            1e-5, n_steps, alpha=0.001, warmup_target=rate, warmup_steps=min(500, n_steps // 4)
        )
        model, optimiser = robust_network(), keras.optimizers.AdamW(schedule, WEIGHT_DECAY)
    else:
        model, optimiser = mnist_network(), keras.optimizers.Adam(rate)
    model.compile(optimiser, keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return model


def _train(
    name: str,
    seed: int,
    n_epochs: int,
    rate: float,
    *,
    kept: Path | None,
    report: Callable[[str], None],
) -> tuple[Any, str]:
    """Train a network, keeping each epoch, and go on where a run was stopped."""
    import tensorflow as tf  # noqa: PLC0415

    @cache
    def data(part: int) -> Any:
        if name == "robust":
            return training_data.robust_data(seed=seed, part=part)
        return mnist.as_arrays("train")

    X, y = data(0)
    digest = hashlib.sha256(X.tobytes() + y.tobytes()).hexdigest()

    def batches(epoch: int) -> Any:
        if name == "robust":
            return training_data.robust_pipeline(*data(epoch // ROUND), seed=seed, epoch=epoch)
        return mnist_pipelines.epoch_batches(
            X, y, batch_size=BATCH_SIZE, seed=seed, epoch=epoch,
            with_inverted_copies=name == "inverted",
        )  # fmt: skip

    def tell(progress: Progress) -> None:
        if progress.step == progress.steps:
            report(
                f"{name}: epoch {progress.epoch}, "
                f"{progress.rate:,.0f} pictures a second, loss {progress.logs['loss']:.4f}, "
                f"validation accuracy {progress.logs['val_accuracy']:.4f}"
            )

    images, labels = mnist.as_arrays("validation")
    held_out = (images[..., np.newaxis] / np.float32(255), labels)
    # On one machine, too: it keeps each epoch in a folder, and goes on from there.
    model = distributed.train(
        lambda: _compiled(name, n_epochs * (len(X) // BATCH_SIZE), rate),
        batches,
        epochs=n_epochs,
        validation=tf.data.Dataset.from_tensor_slices(held_out).batch(500),
        folder=kept,
        settings={"data": digest[:12], "code": _code_digest()},
        report=tell,
    ).model
    return model, digest


def _code_digest() -> str:
    """Return a digest of this folder's code: a stopped training goes on under the same code."""
    files = sorted(Path(__file__).parent.rglob("*.py"))
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]


def _about(
    name: str, network: TrainedNetwork, *, seed: int, n_epochs: int, digest: str
) -> dict[str, str]:
    """Say where the weights come from, and how well the saved (float16) network does.

    It is measured on validation digits: whoever trains anew will choose by this figure, and no
    choice may be made by test digits.
    """
    import keras  # noqa: PLC0415
    import tensorflow as tf  # noqa: PLC0415

    saved = weights_file.from_bytes(weights_file.to_bytes(network))
    images, labels = mnist.as_arrays("validation")
    X = images / np.float32(255)
    accuracy = {}
    for condition, pictures in {"validation": X, "validation inverted": 1 - X}.items():
        # Without the robust network's eleventh answer, "none".
        answers = inference.logits(saved, pictures)[:, :10].argmax(axis=1)
        accuracy[condition] = round(float((answers == labels).mean()), 4)
    versions = {library.__name__: library.__version__ for library in (dlcourse, tf, keras, np)}
    return {
        "name": name,
        "seed": str(seed),
        "epochs": str(n_epochs),
        "batch_size": str(BATCH_SIZE),
        "accuracy": json.dumps(accuracy),
        "training_data_sha256": digest,
        "versions": json.dumps(versions),
        "licence": "CC BY 4.0",
    }
