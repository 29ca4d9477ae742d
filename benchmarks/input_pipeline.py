"""An epoch of the digit network through our input pipeline and through tfds's published one.

The other pipeline is that of the guide *Training a neural network on MNIST with Keras*
on tensorflow.org/datasets: it scales image by image, keeps the scaled images in memory,
and trains one batch at a time. Network, images, batch size and optimiser are the same.
"""

from __future__ import annotations

import gc
from statistics import fmean, median
from time import perf_counter

import keras
import tensorflow as tf
import tensorflow_datasets as tfds

from benchmarks import Row
from dlcourse.data import install_mnist, mnist, mnist_pipelines
from dlcourse.networks.models import mnist_network
from dlcourse.networks.seeding import seed_everything


def run(*, n_images: int = 60_000, rounds: int = 4) -> list[Row]:
    """Train for one epoch each, in turn, who is first changing; the median of the rounds counts."""
    train = f"train[:{n_images}]"
    test = mnist_pipelines.evaluation_pipeline(mnist.load("test"))
    ways = [("ours", _ours, 32), ("published", _published, 1)]
    seconds: dict[str, list[float]] = {"ours": [], "published": []}
    accuracies: dict[str, list[float]] = {"ours": [], "published": []}
    for _, make, steps in ways:  # TensorFlow and the files warm up; nobody's time
        _epoch(make("train[:2560]"), test, seed=0, steps=steps)
    for seed in range(rounds):
        for name, make, steps in ways if seed % 2 else ways[::-1]:
            seconds_, accuracy = _epoch(make(train), test, seed=seed, steps=steps)
            seconds[name].append(seconds_)
            accuracies[name].append(accuracy)
    ours, theirs = (100 * fmean(accuracies[name]) for name in ("ours", "published"))
    told = (
        f"the published pipeline; {rounds} rounds, mean test accuracy {ours:.2f} % and"
        f" {theirs:.2f} %, seconds {_range(seconds['ours'])} and {_range(seconds['published'])}"
    )
    name = f"MNIST pipeline, an epoch of {n_images:,} images"
    return [Row(name, median(seconds["ours"]), median(seconds["published"]), told)]


def _range(seconds: list[float]) -> str:
    return f"{min(seconds):.1f}–{max(seconds):.1f}"


def _ours(split: str) -> tf.data.Dataset:
    return mnist_pipelines.training_pipeline(mnist.load(split))


def _published(split: str) -> tf.data.Dataset:
    dataset = tfds.load(
        "mnist", split=split, as_supervised=True, data_dir=str(install_mnist.default_data_dir())
    )
    dataset = dataset.map(mnist_pipelines.normalise, num_parallel_calls=tf.data.AUTOTUNE)
    dataset = dataset.cache().shuffle(int(dataset.cardinality())).batch(128)
    return dataset.prefetch(tf.data.AUTOTUNE)


def _epoch(
    training: tf.data.Dataset, test: tf.data.Dataset, *, seed: int, steps: int
) -> tuple[float, float]:
    """Return the seconds that `fit` takes, its compilation included, and the test accuracy."""
    keras.backend.clear_session()
    gc.collect()
    seed_everything(seed, deterministic=False)
    network = mnist_network()
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    adam = keras.optimizers.Adam(learning_rate=0.002)
    network.compile(adam, loss, metrics=["accuracy"], steps_per_execution=steps)
    start = perf_counter()
    network.fit(training, epochs=1, shuffle=False, verbose=0)
    return perf_counter() - start, network.evaluate(test, verbose=0, return_dict=True)["accuracy"]
