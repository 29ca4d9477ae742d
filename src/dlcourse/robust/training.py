"""How the three networks that come with the package are trained, from a seed.

`train` makes one of them, or trains the robust one further, on pictures that have been thought of
since. It takes the robust network an hour or two on two cores, and goes on where it was stopped.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import time
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from dlcourse import validation
from dlcourse.errors import InputError
from dlcourse.networks import keras_conversion, weights_file
from dlcourse.networks.pretrained import CLASSES, NAMES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray

DTYPES = ("float32", "mixed_bfloat16", "mixed_float16")
EPOCHS = {"plain": 1, "inverted": 1, "robust": 40}
#: Learning rates of the robust network: the highest from scratch, and that of further training.
HIGHEST_RATE, FURTHER_RATE = 2e-3, 5e-4
#: How far further training moves the weights, from where they were to where it would take them.
FURTHER_SHARE = 0.4
#: Epochs that use the same made pictures, before others are made.
ROUND = 10
BATCH_SIZE = 128
N_PRINTED, N_DRAWN, N_SHOWN = 5_000, 5_000, 2_000
N_NOT_DIGITS, N_SPOILT = 13_500, 1_500
#: How often an epoch shows each made picture, each time in another look.
TIMES = 2


def robust_network(*, dropout: float = 0.2, dtype: str = "float32") -> Any:
    """Build the robust network: four convolutions, two dense layers, eleven logits.

    Parameters
    ----------
    dropout
        Share of the 128 dense activations that each training step switches off.
    dtype
        "mixed_bfloat16" multiplies with 16-bit numbers while it keeps 32-bit weights, which
        many processors and graphics cards do twice as fast (see `quicker_dtype`).

    Returns
    -------
    keras.Sequential
        Input shape (n_samples, 28, 28, 1), brightness from 0 to 1; output shape
        (n_samples, 11): logits of the ten digits and of "none of these". Not compiled. Each
        convolution is followed by a batch normalisation, which training alone needs: the
        file has it folded into the convolution, 216,875 weights. The workshop's network has
        215,370.

    Notes
    -----
    Pooling comes before normalisation and ReLU, which keep the order of numbers, so that they
    have a quarter of the work: the same network, trained in half the time.

    References
    ----------
    S. Ioffe and C. Szegedy, "Batch normalization", 2015.
    """
    dropout = validation.number(dropout, "dropout", at_least=0, below=1)
    dtype = validation.choice(dtype, "dtype", DTYPES)
    import keras  # noqa: PLC0415  (seconds to import)

    layers = keras.layers

    def convolution(n_filters: int, size: int, *, pooled: bool) -> list[Any]:
        convolve = layers.Conv2D(
            n_filters,
            size,
            padding="same",
            use_bias=False,
            kernel_initializer="he_normal",
            dtype=dtype,
        )
        pool = [layers.MaxPooling2D(2, dtype=dtype)] if pooled else []
        # The ReLU lets any factor through, so the normalisation needs none of its own.
        normalise = layers.BatchNormalization(momentum=0.98, scale=False, dtype=dtype)
        return [convolve, *pool, normalise, layers.ReLU(dtype=dtype)]

    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1), name="image"),
            *convolution(32, 5, pooled=True),
            *convolution(64, 3, pooled=True),
            *convolution(80, 3, pooled=False),
            *convolution(80, 3, pooled=True),
            layers.Flatten(dtype=dtype),
            layers.Dense(128, activation="relu", kernel_initializer="he_normal", dtype=dtype),
            layers.Dropout(dropout, dtype=dtype),
            layers.Dense(len(CLASSES), name="logits"),
        ],
        name="robust",
    )


@cache
def quicker_dtype() -> str:
    """Measure which numbers this machine multiplies faster: "float32" or "mixed_bfloat16".

    Without instructions for 16-bit numbers a processor takes many times longer with them.
    """
    import tensorflow as tf  # noqa: PLC0415  (seconds to import)

    from dlcourse.networks.speed import take_turns  # noqa: PLC0415

    def product(dtype: str) -> Callable[[], object]:
        a = tf.cast(tf.random.stateless_normal((1024, 1024), (1, 2)), dtype)
        return lambda: tf.cast(tf.linalg.matmul(a, a), tf.float32).numpy()

    seconds = take_turns({"float32": product("float32"), "mixed_bfloat16": product("bfloat16")})
    return min(seconds, key=seconds.__getitem__)


def robust_data(*, seed: int = 0, part: int = 0) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Gather what the robust network is trained on: 55,000 MNIST digits, and `variety`.

    What is made takes the longest, and augmentation gives it another look each time: so there
    is half of it, and it stands in the data twice.

    Parameters
    ----------
    part
        Each part of a training has its own made pictures.

    Returns
    -------
    X : ndarray of shape (n_samples, 28, 28, 1), ink 255 on paper 0
    y : ndarray of shape (n_samples,), 0 to 9, and 10 for none of these
    """
    seed, part = validation.seed(seed), validation.seed(part, "part")
    from dlcourse.data import mnist  # noqa: PLC0415
    from dlcourse.robust import variety  # noqa: PLC0415

    rng = np.random.default_rng([seed, part])
    X, y = mnist.as_arrays("train")
    parts = [
        (X, y.astype(np.uint8)),
        variety.printed_digits(N_PRINTED, rng=rng),
        variety.drawn_digits(N_DRAWN, rng=rng),
        variety.shown_digits(N_SHOWN, rng=rng),
    ]
    none = [
        variety.not_digits(N_NOT_DIGITS, rng=rng),
        variety.spoilt_digits(X[y != 1], N_SPOILT, rng=rng),  # a 1 far too large is still a bar
    ]
    parts += [(pictures, np.full(len(pictures), variety.NONE, np.uint8)) for pictures in none]
    pictures, labels = zip(parts[0], *(TIMES * parts[1:]), strict=True)
    return np.concatenate(pictures)[..., np.newaxis], np.concatenate(labels)


def robust_pipeline(X: Any, y: Any, *, seed: int, epoch: int, augmented: bool = True) -> Any:
    """Shuffle, batch and augment; the order and the augmentation depend on seed and epoch only.

    Returns
    -------
    tf.data.Dataset
        Batches of pictures (batch_size, 28, 28, 1), float32, and labels.
    """
    X = validation.pixels(X, "X", "n_samples 28 28 1")
    labels = validation.labels(y, "y", "n_samples", n_classes=len(CLASSES))
    validation.same_length(X, "X", labels, "y")
    seed, epoch = validation.seed(seed), validation.seed(epoch, "epoch")
    import tensorflow as tf  # noqa: PLC0415

    from dlcourse.robust.augmentation import augment  # noqa: PLC0415

    order = np.random.default_rng([seed, epoch]).permutation(len(X))
    n_batches = len(X) // BATCH_SIZE
    pictures, labels = tf.constant(X), tf.constant(labels)
    batches = tf.data.Dataset.from_tensor_slices(
        order[: n_batches * BATCH_SIZE].reshape(n_batches, BATCH_SIZE)
    )

    def prepare(step: Any, rows: Any) -> tuple[Any, Any]:
        ink = tf.cast(tf.gather(pictures, rows), tf.float32) / 255.0
        ink = tf.ensure_shape(ink, (BATCH_SIZE, 28, 28, 1))
        if augmented:
            ink = augment(ink, seed=tf.stack([tf.constant(seed * 1_000 + epoch, tf.int64), step]))
        return ink, tf.gather(labels, rows)

    return (
        batches.enumerate()
        .map(prepare, num_parallel_calls=tf.data.AUTOTUNE)
        .prefetch(tf.data.AUTOTUNE)
    )


def train(
    name: str,
    *,
    seed: int = 0,
    n_epochs: int | None = None,
    start: weights_file.TrainedNetwork | None = None,
    scratch: Path | None = None,
    report: Callable[[str], None] = lambda _: None,
) -> weights_file.TrainedNetwork:
    """Train one of the three networks.

    Parameters
    ----------
    name
        "plain", "inverted" or "robust".
    n_epochs
        Default: `EPOCHS`.
    start
        A robust network to train further, with shorter steps, on the pictures that
        `dlcourse.robust.variety` makes today. What comes back lies between the two, so that it
        keeps more of what the first could. Default: from scratch.
    scratch
        A folder in which each epoch of ``robust`` is kept, so that a run that was killed goes
        on where it was; emptied when the run is complete. Default: nothing is kept.
    report
        Is handed a line of progress after each epoch.

    Returns
    -------
    TrainedNetwork
        With seed, versions, accuracy and the data's SHA-256 in its `about`; of one that was
        trained further, the epochs of both trainings, and under "start" what the first was.

    References
    ----------
    M. Wortsman et al., "Robust fine-tuning of zero-shot models", 2022 (a mean of the weights
    before and after).
    """
    name = validation.choice(name, "name", NAMES)
    if start is not None:
        start = validation.instance(start, "start", weights_file.TrainedNetwork)
        if name != "robust" or start.classes != CLASSES:
            raise InputError(
                f"`start` must be a network with the classes {', '.join(CLASSES)}, to go on with "
                f"as 'robust': got {', '.join(start.classes)}, for {name!r}."
            )
    seed, report = validation.seed(seed), validation.function(report, "report")
    n_epochs = EPOCHS[name] if n_epochs is None else validation.count(n_epochs, "n_epochs")
    scratch = None if scratch is None else validation.path(scratch, "scratch")
    from dlcourse.networks.models import seed_everything  # noqa: PLC0415

    seed_everything(seed, deterministic=False)
    begun = time.perf_counter()
    if name == "robust":
        model, digest = _train_robust(seed, n_epochs, start, scratch, report)
    else:
        model, digest = _train_workshop(name, seed, n_epochs)
    seconds = time.perf_counter() - begun
    network = keras_conversion.from_keras(model, classes=CLASSES[: model.output_shape[-1]])
    if start is not None:
        network = _between(start, network)
    about = _about(name, network, seed=seed, n_epochs=n_epochs, digest=digest)
    if start is not None:
        kept = ("seed", "epochs", "training_data_sha256", "versions", "start")
        about["start"] = json.dumps({key: start.about[key] for key in kept if key in start.about})
        about["epochs"] = str(int(start.about.get("epochs", 0)) + n_epochs)
    report(f"{name}: {seconds:.0f} s, {about['accuracy']}")
    return weights_file.TrainedNetwork(
        network.layers, network.tensors, network.input_shape, network.classes, about
    )


def _between(
    start: weights_file.TrainedNetwork, end: weights_file.TrainedNetwork
) -> weights_file.TrainedNetwork:
    """Go `FURTHER_SHARE` of the way from one network's weights to another's."""
    tensors = {
        name: ((1 - FURTHER_SHARE) * start.tensors[name] + FURTHER_SHARE * tensor).astype(
            np.float32
        )
        for name, tensor in end.tensors.items()
    }
    return replace(end, tensors=tensors)


def compile_for_training(
    model: Any, learning_rate: Any, *, weight_decay: float | None = None
) -> None:
    """Compile a digit network: Adam, cross-entropy from logits, 16 steps at a time."""
    if weight_decay is not None:
        weight_decay = validation.number(weight_decay, "weight_decay", at_least=0)
    import keras  # noqa: PLC0415

    model = validation.instance(model, "model", keras.Model)
    if not isinstance(learning_rate, keras.optimizers.schedules.LearningRateSchedule):
        learning_rate = validation.number(learning_rate, "learning_rate", above=0)
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate, weight_decay=weight_decay),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
        steps_per_execution=16,
    )


def _train_workshop(name: str, seed: int, n_epochs: int) -> tuple[Any, str]:
    """Train the workshop's network, with inverted copies or without."""
    import tensorflow as tf  # noqa: PLC0415

    from dlcourse.data import mnist  # noqa: PLC0415
    from dlcourse.networks.models import mnist_network  # noqa: PLC0415
    from dlcourse.robust.augmentation import with_inverted_copies  # noqa: PLC0415

    images, labels = mnist.as_arrays("train")
    digest = hashlib.sha256(images.tobytes() + labels.tobytes()).hexdigest()
    dataset = tf.data.Dataset.from_tensor_slices((images[..., np.newaxis], labels))
    if name == "inverted":
        dataset = with_inverted_copies(dataset)
    model = mnist_network()
    compile_for_training(model, 0.002)
    pipeline = mnist.training_pipeline(dataset, batch_size=BATCH_SIZE, seed=seed)
    model.fit(pipeline, epochs=n_epochs, verbose=0, shuffle=False)
    return model, digest


def _train_robust(
    seed: int,
    n_epochs: int,
    start: weights_file.TrainedNetwork | None,
    scratch: Path | None,
    report: Callable[[str], None],
) -> tuple[Any, str]:
    """Train the robust network, keeping each epoch, and go on where a run was stopped."""
    import keras  # noqa: PLC0415
    import tensorflow as tf  # noqa: PLC0415

    from dlcourse import distributed  # noqa: PLC0415
    from dlcourse.data import mnist  # noqa: PLC0415

    @cache
    def data(part: int) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
        return robust_data(seed=seed, part=part)

    X, y = data(0)
    digest = hashlib.sha256(X.tobytes() + y.tobytes()).hexdigest()
    run = f"robust-{seed}-{n_epochs}-{digest[:12]}"
    if start is not None:
        run += f"-after-{hashlib.sha256(weights_file.to_bytes(start)).hexdigest()[:12]}"
    kept = None if scratch is None else scratch / run

    def beginning() -> Any:
        n_steps = n_epochs * (len(X) // BATCH_SIZE)
        schedule = keras.optimizers.schedules.CosineDecay(
            1e-5,
            n_steps,
            alpha=0.001,
            warmup_target=HIGHEST_RATE if start is None else FURTHER_RATE,
            warmup_steps=min(500, n_steps // 4),
        )
        if start is None:
            model = robust_network(dtype=quicker_dtype())
        else:
            model = keras_conversion.to_keras(start)
        compile_for_training(model, schedule, weight_decay=2e-3)
        return model

    def pipeline(epoch: int) -> Any:
        return robust_pipeline(*data(epoch // ROUND), seed=seed, epoch=epoch)

    first_seen = True

    def tell(progress: distributed.Progress) -> None:
        nonlocal first_seen
        if first_seen and progress.epoch > 1:
            report(f"robust: going on after epoch {progress.epoch - 1}")
        first_seen = False
        if progress.step == progress.steps:
            report(
                f"robust: epoch {progress.epoch}, "
                f"{progress.rate:,.0f} pictures a second, loss {progress.logs['loss']:.4f}, "
                f"validation accuracy {progress.logs['val_accuracy']:.4f}"
            )

    images, labels = mnist.as_arrays("validation")
    held_out = (images[..., np.newaxis] / np.float32(255), labels)
    model = distributed.train(
        beginning,
        pipeline,
        epochs=n_epochs,
        validation=tf.data.Dataset.from_tensor_slices(held_out).batch(500),
        folder=kept,
        settings={"seed": seed, "epochs": n_epochs},
        report=tell,
    ).model
    if kept is not None:
        shutil.rmtree(kept, ignore_errors=True)
    return model, digest


def _about(
    name: str, network: weights_file.TrainedNetwork, *, seed: int, n_epochs: int, digest: str
) -> dict[str, str]:
    """Say where the weights come from, and how well the saved (float16) network does.

    It is measured on validation digits: whoever trains anew will choose by this figure, and no
    choice may be made by test digits.
    """
    import keras  # noqa: PLC0415
    import tensorflow as tf  # noqa: PLC0415

    from dlcourse import __version__  # noqa: PLC0415
    from dlcourse.data import mnist  # noqa: PLC0415
    from dlcourse.networks import inference  # noqa: PLC0415

    saved = weights_file.from_bytes(weights_file.to_bytes(network))
    images, labels = mnist.as_arrays("validation")
    X = images / np.float32(255)
    accuracy = {}
    for condition, pictures in {"validation": X, "validation inverted": 1 - X}.items():
        answers = inference.logits(saved, pictures)[:, :10].argmax(axis=1)
        accuracy[condition] = round(float((answers == labels).mean()), 4)
    return {
        "name": name,
        "seed": str(seed),
        "epochs": str(n_epochs),
        "batch_size": str(BATCH_SIZE),
        "accuracy": json.dumps(accuracy),
        "training_data_sha256": digest,
        "versions": json.dumps(
            {
                "dlcourse": __version__,
                "tensorflow": tf.__version__,
                "keras": keras.__version__,
                "numpy": np.__version__,
            }
        ),
        "licence": "CC BY 4.0",
    }
