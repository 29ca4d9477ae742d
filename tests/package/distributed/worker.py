"""One worker of the tests of `dlcourse.distributed`: a small network on made-up pictures.

It is a program of its own, for several of them train together. Its argument is JSON.
"""

import json
import sys
import time
from pathlib import Path

import numpy as np

N_SAMPLES = 97  # in batches of 32 the last one holds a single picture


def model(*, dropout=0.0, seed=0, **averaged):
    import keras

    keras.utils.set_random_seed(seed)
    layers = keras.layers
    made = keras.Sequential(
        [
            keras.Input((8, 8, 1)),
            layers.Conv2D(4, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Flatten(),
            layers.Dropout(dropout),
            layers.Dense(5, kernel_regularizer=keras.regularizers.L2(0.01)),
        ]
    )
    made.compile(
        keras.optimizers.Adam(0.01, weight_decay=0.01, **averaged),
        keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
        jit_compile=False,
    )
    return made


def batches(epoch, *, batch_size=32):
    import tensorflow as tf

    rng = np.random.default_rng(7)
    X = rng.normal(size=(N_SAMPLES, 8, 8, 1)).astype(np.float32)
    y = np.argmax(X[:, :5, 3, 0], axis=1)
    order = np.random.default_rng([1, epoch]).permutation(N_SAMPLES)
    return tf.data.Dataset.from_tensor_slices((X[order], y[order])).batch(batch_size)


def work(*, epochs, out, folder, pause=0.0, linger=0.0):
    """Train as one of several workers, and leave weights and history in `out`."""
    from dlcourse import distributed
    from dlcourse.distributed import checkpoints
    from dlcourse.distributed.launcher import end_with_parent

    end_with_parent()
    strategy = distributed.choose_strategy(agreed={"epochs": epochs}, wait=60)

    def slow_batches(epoch):
        time.sleep(pause)  # so that a test can kill in the middle
        return batches(epoch)

    cluster = distributed.from_environment()
    run = distributed.train(
        model,
        slow_batches,
        epochs=epochs,
        strategy=strategy,
        validation=batches(0),
        folder=Path(folder) if cluster.is_chief else None,
        report=lambda _progress: time.sleep(linger),  # as the first does while it saves
    )
    left = time.time()
    (Path(folder) / f"worker {cluster.index} left").write_text(str(left))
    if cluster.is_chief:
        arrays = {f"weight-{i}": w for i, w in enumerate(run.model.get_weights())}
        checkpoints.save(Path(out), checkpoints.Checkpoint(epochs, arrays, run.history, {}))
        (Path(out) / "trained").write_text(str(len(run.seconds)))


if __name__ == "__main__":
    from dlcourse.errors import DlcourseError

    try:
        work(**json.loads(sys.argv[1]))
    except DlcourseError as error:
        sys.exit(f"dlcourse: {error}")
