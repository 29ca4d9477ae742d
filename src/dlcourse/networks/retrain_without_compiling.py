"""Train a small network time after time: other seeds and rates, without compiling it anew.

Keras takes a second or two to compile a network, as long as it takes to train a small one. A
network that is given new first weights is as good as a new one, and is compiled already.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import keras
import tensorflow as tf
from numpy.typing import NDArray

from dlcourse import argument_checks
from dlcourse.errors import InputError
from dlcourse.networks.seeding import seed_everything
from dlcourse.networks.training_record import Trial
from dlcourse.quick import QUICK_BATCHES, is_quick
from dlcourse.quick import epochs as epochs_or_one  # one epoch in a quick run

Samples = tuple[NDArray[Any], NDArray[Any]]


def compile_network(network: Any, optimizer: Any, *, from_logits: bool = True) -> Any:
    """Compile a classifier with the cross-entropy, and return it.

    Its outputs are logits; `from_logits` is False for a network that ends with a softmax. The
    Keras `optimizer` is its own: no other network may use it.
    """
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=from_logits)
    network.compile(optimizer, loss, metrics=["accuracy"], jit_compile=False)
    return network


def restart(network: Any, *, seed: int, learning_rate: float | None = None) -> None:
    """Draw new first weights, and let the optimiser forget what it remembers.

    The `seed` decides the weights, and the order of the examples in the training that follows. The
    learning rate stays as it is, unless there is a new one.
    """
    optimizer = getattr(network, "optimizer", None)
    if optimizer is None:
        raise InputError("`network` must be compiled: call `compile_network` first.")
    seed_everything(seed)
    fresh = keras.models.clone_model(network)
    new = optimizer.from_config(optimizer.get_config())
    for one in (optimizer, new):
        one.build(network.trainable_variables)
    old_and_new = zip(
        [*network.variables, *optimizer.variables], [*fresh.variables, *new.variables], strict=True
    )
    for variable, first in old_and_new:
        variable.assign(first)
    if learning_rate is not None:
        optimizer.learning_rate = learning_rate
    seed_everything(seed)


def train_anew(
    network: Any,
    training: Samples,
    held_out: Samples,
    *,
    epochs: int = 20,
    batch_size: int = 25,
    seed: int = 0,
    learning_rate: float | None = None,
    callbacks: Sequence[Any] = (),
) -> Trial:
    """Train a network of `compile_network` from new first weights, and record how it went.

    It learns from `training` and is watched on `held_out`, pairs (X, y), and is left trained. A
    quick run (`dlcourse.quick`) has one epoch. Seed and learning rate are those of `restart`;
    `callbacks` are Keras's, for instance ``keras.callbacks.EarlyStopping``.
    """
    _require_measured(network)
    restart(network, seed=seed, learning_rate=learning_rate)
    argument_checks.same_length(held_out[0], "X", held_out[1], "y")
    examples = _in_new_order_each_time(*training, seed=seed)
    batches = examples.batch(argument_checks.count(batch_size, "batch_size"))
    # Whole sets as one batch each: Keras prepares arrays anew at each look, which takes longer,
    # and TensorFlow warns in the chapter where `test_on_batch` measures several networks.
    all_training, all_held_out = map(tf.data.Dataset.from_tensors, (training, held_out))
    first_loss, _ = network.evaluate(all_training, verbose=0)
    history = network.fit(
        batches,
        validation_data=all_held_out,
        epochs=epochs_or_one(epochs),
        shuffle=False,
        callbacks=list(callbacks),
        verbose=0,
    ).history
    names = ("loss", "accuracy", "val_loss", "val_accuracy")
    return Trial(float(first_loss), *(tuple(history.get(name, ())) for name in names))


def take_steps(
    network: Any, X: NDArray[Any], y: NDArray[Any], *, steps: int, batch_size: int = 25, seed: int
) -> None:
    """Train a network of `compile_network` on so many batches, however few examples there are.

    The examples are gone through again and again, each time in a new order. The `seed` and the last
    `seeding.seed_everything` (`restart` calls it) decide the orders together. A quick run
    (`dlcourse.quick`) takes at most 40 steps.
    """
    _require_measured(network)
    steps = argument_checks.count(steps, "steps")
    examples = _in_new_order_each_time(X, y, seed=seed).repeat()
    batches = examples.batch(argument_checks.count(batch_size, "batch_size"))
    batches = batches.take(min(steps, QUICK_BATCHES) if is_quick() else steps)
    network.fit(batches, shuffle=False, verbose=0)


def _require_measured(network: Any) -> None:
    """Check that a network was compiled, and measures what `train_anew` records."""
    compiled = getattr(network, "compiled", False)
    metrics = network.get_compile_config()["metrics"] if compiled else None
    if metrics != ["accuracy"]:
        raise InputError(
            f"`network` must be compiled with the metrics ['accuracy']: got {metrics}. "
            "Call `compile_network` first."
        )


def _in_new_order_each_time(X: NDArray[Any], y: NDArray[Any], *, seed: int) -> Any:
    """Return examples one by one for `tf.data`, shuffled anew each time they are gone through."""
    argument_checks.same_length(X, "X", argument_checks.labels(y, "y", "n_samples"), "y")
    return tf.data.Dataset.from_tensor_slices((X, y)).shuffle(len(X), seed=seed)
