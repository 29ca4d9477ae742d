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

    Parameters
    ----------
    network
        A Keras model whose outputs are logits.
    optimizer
        A Keras optimiser of its own: no other network may use it.
    from_logits
        False for a network that ends with a softmax.
    """
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=from_logits)
    network.compile(optimizer, loss, metrics=["accuracy"], jit_compile=False)
    return network


def restart(network: Any, *, seed: int, learning_rate: float | None = None) -> None:
    """Draw new first weights, and let the optimiser forget what it remembers.

    Parameters
    ----------
    network
        A compiled Keras model.
    seed
        Decides the weights, and the order of the examples in the training that follows.
    learning_rate
        A new learning rate; by default it stays as it is.

    Raises
    ------
    InputError
        If the seed is out of range, or the network has not been compiled.
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
    """Train a network from new first weights, and record how it went.

    Parameters
    ----------
    network
        From `compile_network`. It is left trained.
    training, held_out
        Pairs (X, y): what the network learns from, and what it is watched on.
    epochs
        How many times to go through the training set; once in a quick run (`dlcourse.quick`).
    seed, learning_rate
        As for `restart`.
    callbacks
        Keras callbacks, for instance ``keras.callbacks.EarlyStopping``.

    Raises
    ------
    InputError
        As `restart`, or if X and y differ in length, or `batch_size` is not a whole number from 1.
    """
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
    return Trial(float(first_loss), *(tuple(history[name]) for name in names))


def take_steps(
    network: Any, X: NDArray[Any], y: NDArray[Any], *, steps: int, batch_size: int = 25, seed: int
) -> None:
    """Train for a fixed number of steps, however few examples there are.

    The examples are gone through again and again, in a new order each time.

    Parameters
    ----------
    network
        From `compile_network`.
    steps
        How many batches to train on; at most 40 in a quick run (`dlcourse.quick`).
    seed
        Decides the order.

    Raises
    ------
    InputError
        If X and y differ in length or are empty, or `steps` or `batch_size` is not a whole
        number from 1.
    """
    steps = argument_checks.count(steps, "steps")
    examples = _in_new_order_each_time(X, y, seed=seed).repeat()
    batches = examples.batch(argument_checks.count(batch_size, "batch_size"))
    batches = batches.take(min(steps, QUICK_BATCHES) if is_quick() else steps)
    network.fit(batches, shuffle=False, verbose=0)


def _in_new_order_each_time(X: NDArray[Any], y: NDArray[Any], *, seed: int) -> Any:
    """Return examples one by one for `tf.data`, shuffled anew each time they are gone through."""
    argument_checks.same_length(X, "X", argument_checks.labels(y, "y", "n_samples"), "y")
    return tf.data.Dataset.from_tensor_slices((X, y)).shuffle(len(X), seed=seed)
