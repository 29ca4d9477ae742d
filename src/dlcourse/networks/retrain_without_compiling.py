"""Train a small network fast, time after time: other seeds and rates, without compiling it anew.

Keras takes a second or two to compile a network, as long as it takes to train a small one. A
network that is given new first weights is as good as a new one, and is compiled already.

``fit`` prepares its data anew in each epoch, which takes longer than such an epoch itself. Here
TensorFlow goes through an epoch in one call. The steps are those of ``fit``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import keras
import numpy as np
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

    # A partial of each network's own: TensorFlow takes functions of the same code for one that
    # it has to trace again and again, and warns.
    whole_numbers = tf.TensorSpec((None,), tf.int64)
    samples = tf.TensorSpec((None, *network.input_shape[1:])), whole_numbers
    network.train_epoch = tf.function(
        partial(_train_epoch, network),
        input_signature=(*samples, whole_numbers, tf.TensorSpec((), tf.int64)),
    )
    network.test_all = tf.function(partial(_test_all, network), input_signature=samples)
    return network


def _train_epoch(network: Any, X: Any, y: Any, order: Any, batch_size: Any) -> None:
    """Take the steps of an epoch; TensorFlow makes a loop of its own of this one."""
    for start in tf.range(0, tf.size(order, tf.int64), batch_size):
        rows = order[start : start + batch_size]
        network.train_step((tf.gather(X, rows), tf.gather(y, rows)))


def _test_all(network: Any, X: Any, y: Any) -> None:
    """Measure the network on all examples at once; its metrics keep the result."""
    network.test_step((X, y))


def _require_compiled(network: Any) -> None:
    if not hasattr(network, "train_epoch"):
        raise InputError("`network` must be compiled: call `compile_network` first.")


def evaluate(network: Any, X: NDArray[Any], y: NDArray[Any]) -> tuple[float, float]:
    """Return the loss and the accuracy of a network, as Keras's ``evaluate`` does.

    All examples are one batch. So do not hand over more than fit into memory.

    Parameters
    ----------
    network
        From `compile_network`.
    X, y
        The examples: what goes in, and the classes, shape (n_samples,).

    Raises
    ------
    InputError
        If X and y differ in length, or the network is not from `compile_network`.
    """
    _require_compiled(network)
    argument_checks.same_length(X, "X", y, "y")
    network.reset_metrics()
    network.test_all(np.asarray(X, np.float32), np.asarray(y, np.int64))
    result = network.get_metrics_result()
    network.reset_metrics()
    return float(result["loss"]), float(result["accuracy"])


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
    for variable, first in zip(network.variables, fresh.variables, strict=True):
        variable.assign(first)
    new = optimizer.from_config(optimizer.get_config())
    for one in (optimizer, new):
        one.build(network.trainable_variables)
    for variable, first in zip(optimizer.variables, new.variables, strict=True):
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
        From `compile_network`.
    training, held_out
        Pairs (X, y): what the network learns from, and what it is watched on.
    epochs
        How many times to go through the training set; once in a quick run (`dlcourse.quick`).
    batch_size
        Examples in a batch.
    seed, learning_rate
        As for `restart`.
    callbacks
        Keras callbacks, for instance ``keras.callbacks.EarlyStopping``.

    Returns
    -------
    Trial
        The curves; `network` is left trained.

    Raises
    ------
    InputError
        As `restart` and `evaluate`, or if `batch_size` is not a whole number from 1.
    """
    _require_compiled(network)
    batch_size = argument_checks.count(batch_size, "batch_size")
    restart(network, seed=seed, learning_rate=learning_rate)
    first_loss, _ = evaluate(network, *training)
    rng = np.random.default_rng(seed)
    X, y = np.asarray(training[0], np.float32), np.asarray(training[1], np.int64)
    watching = keras.callbacks.CallbackList(list(callbacks), model=network)
    network.stop_training = False
    watching.on_train_begin()
    epoch_logs: list[dict[str, float]] = []
    while len(epoch_logs) < epochs_or_one(epochs) and not network.stop_training:
        watching.on_epoch_begin(len(epoch_logs))
        network.reset_metrics()
        network.train_epoch(X, y, rng.permutation(len(y)), batch_size)
        logs = {name: float(value) for name, value in network.get_metrics_result().items()}
        logs["val_loss"], logs["val_accuracy"] = evaluate(network, *held_out)
        epoch_logs.append(logs)
        watching.on_epoch_end(len(epoch_logs) - 1, logs)
    watching.on_train_end()
    names = ("loss", "accuracy", "val_loss", "val_accuracy")
    curves = (tuple(logs[name] for logs in epoch_logs) for name in names)
    return Trial(first_loss, *curves)


def take_steps(
    network: Any, X: NDArray[Any], y: NDArray[Any], *, steps: int, batch_size: int = 25, seed: int
) -> None:
    """Train for a fixed number of steps, however few examples there are.

    The examples are gone through again and again, in a new order each time.

    Parameters
    ----------
    network
        From `compile_network`.
    X, y
        The examples.
    steps
        How many batches to train on; at most 40 in a quick run (`dlcourse.quick`).
    batch_size
        Examples in a batch.
    seed
        Decides the order.

    Raises
    ------
    InputError
        If X and y differ in length or are empty, `steps` or `batch_size` is not a whole number
        from 1, or the network is not from `compile_network`.
    """
    _require_compiled(network)
    steps = argument_checks.count(steps, "steps")
    n = argument_checks.count(batch_size, "batch_size") * (
        min(steps, QUICK_BATCHES) if is_quick() else steps
    )
    y = argument_checks.labels(y, "y", "n_samples")
    argument_checks.same_length(X, "X", y, "y")
    order = in_rounds(len(X), n, seed=seed)
    network.train_epoch(np.asarray(X, np.float32), np.asarray(y, np.int64), order, batch_size)


def in_rounds(n_examples: int, n: int, *, seed: int) -> NDArray[np.int64]:
    """Return `n` indices that go round all examples, each round in a new order.

    Examples
    --------
    >>> sorted(in_rounds(3, 7, seed=0)[:6])
    [np.int64(0), np.int64(0), np.int64(1), np.int64(1), np.int64(2), np.int64(2)]
    """
    rng = np.random.default_rng(seed)
    rounds = [rng.permutation(n_examples) for _ in range(-(-n // n_examples))]
    return np.concatenate(rounds)[:n]
