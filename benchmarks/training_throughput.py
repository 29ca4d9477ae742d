"""Images a second in training: one process, two workers, and what the machine could do at most.

All train the same network on the same images; the workers are processes of this machine, so they
share its cores. The floor is the least time that the counted operations and bytes take at the
speeds measured here: see `dlcourse.networks.roofline`. ``python -m benchmarks training_throughput``
prints the rows that `run` returns.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import keras
import tensorflow as tf

from benchmarks import Row
from dlcourse import timing
from dlcourse.data import mnist, mnist_pipelines
from dlcourse.networks import roofline
from dlcourse.networks.models import mnist_network

if TYPE_CHECKING:
    from collections.abc import Callable

N_IMAGES = 12_800
BATCH_SIZE = 128


def run() -> list[Row]:
    """Time our pipeline, that of the workshop that this course follows, workers, and the floor."""
    images, labels = mnist.as_arrays(f"train[:{N_IMAGES}]")
    ours = mnist_pipelines.epoch_batches(images, labels, batch_size=BATCH_SIZE)
    seconds = timing.take_turns(
        {"theirs": _epoch(_pipeline_of_the_workshop(), steps=1), "ours": _epoch(ours, steps=25)},
        rounds=6,
    )
    workers = {n: N_IMAGES / _rate_of(n) for n in (1, 2)}
    machine = roofline.measure_machine()
    work = roofline.work_of(mnist_network())
    # A layer takes the longer of two times for an image: to compute, and to move its bytes.
    least = sum(max(machine.seconds(layer, batch_size=BATCH_SIZE)) for layer in work)
    floor = 3 * N_IMAGES * least  # backwards takes about twice as long as forwards
    name = f"digit network, {N_IMAGES:,} images"
    rates = _rates(seconds["ours"], seconds["theirs"])
    published = f"pipeline of the workshop that this course follows; {rates}"
    alone = f"one process, the same loop; {_rates(workers[2], workers[1])}"
    return [
        Row(name, seconds["ours"], seconds["theirs"], published),
        Row(f"{name}, two workers", workers[2], workers[1], alone),
        Row(f"{name}: share", floor / seconds["ours"], 1.0, "the machine's floor", "%"),
        Row(f"{name}, two workers: share", floor / workers[2], 1.0, "the machine's floor", "%"),
    ]


def _rates(ours: float, other: float) -> str:
    return f"{N_IMAGES / ours:,.0f} and {N_IMAGES / other:,.0f} images/s"


def _pipeline_of_the_workshop() -> tf.data.Dataset:
    """Make the pipeline of the workshop that this course follows.

    Scale image by image, keep the floats, batch what comes.
    """
    dataset = mnist.load(f"train[:{N_IMAGES}]")
    dataset = dataset.map(mnist_pipelines.normalise, num_parallel_calls=tf.data.AUTOTUNE).cache()
    return dataset.shuffle(N_IMAGES).batch(BATCH_SIZE).prefetch(tf.data.AUTOTUNE)


def _epoch(pipeline: tf.data.Dataset, *, steps: int) -> Callable[[], object]:
    network = mnist_network()
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    network.compile("adam", loss, steps_per_execution=steps, jit_compile=False)
    return lambda: network.fit(pipeline, shuffle=False, verbose=0)


def _rate_of(n_workers: int) -> float:
    """Train in processes of their own; give the images a second of the second epoch."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [sys.executable, "-m", "dlcourse", "train", "mnist", f"--workers={n_workers}",
             f"--images={N_IMAGES}", f"--batch-size={BATCH_SIZE}", "--epochs=2", f"--to={folder}"],
            check=True,
            capture_output=True,
        )  # fmt: skip
        told = json.loads((Path(folder) / "history.json").read_text())
    return float(told["rates"][-1])
