"""A model under a strategy of ``tf.distribute``: its steps, its epochs, what checkpoints keep.

`epoch_loop.train` calls it, and users call that.

Every step uses one *global batch*. Each replica (a device, on this machine or another) computes
the gradient on its rows; the gradients are summed over all replicas (the *all-reduce*); and all
replicas take the same step. Losses are divided by the size of the global batch, not of the
part, so the sum is the true mean even if a batch cannot be divided evenly.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from dlcourse import argument_checks
from dlcourse.distributed import checkpoints
from dlcourse.distributed.cluster import from_environment
from dlcourse.distributed.progress_and_time_left import Watch
from dlcourse.distributed.split_global_batch import rows_of_this_worker
from dlcourse.errors import InputError

History = dict[str, list[float]]


class Trainer:
    """A model under a strategy, and its training steps."""

    def __init__(self, strategy: Any, make_model: Callable[[], Any]) -> None:
        self.strategy = strategy
        self.n_replicas = int(strategy.num_replicas_in_sync)
        self.has_other_workers = isinstance(strategy, tf.distribute.MultiWorkerMirroredStrategy)
        cluster = from_environment() if self.has_other_workers else None
        self.is_chief = cluster is None or cluster.is_chief
        self.names = ("loss", "accuracy")
        self.accuracy = keras.metrics.sparse_categorical_accuracy
        with strategy.scope():
            self.model = make_model()
            self.loss = _loss_of(self.model)
            self.optimiser = self.model.optimizer
            self.optimiser.build(self.model.trainable_variables)
            # Loss, accuracy and rows: each replica adds to its own, and reading gives their sum.
            self.totals = tf.Variable(
                tf.zeros(len(self.names) + 1),
                synchronization=tf.VariableSynchronization.ON_READ,
                aggregation=tf.VariableAggregation.SUM,
            )
        self._refuse_what_acts_on_parts()
        self.seeds = [
            v for v in self.model.non_trainable_variables if v.path.endswith("seed_generator_state")
        ]
        self._draw_apart()
        self.learn = tf.function(partial(self._repeat, self._learn_step))
        without_learning = partial(self._loss, learn=False)
        self.evaluate = tf.function(partial(self._repeat, without_learning))

    def _refuse_what_acts_on_parts(self) -> None:
        optimiser = self.optimiser
        clips = [n for n in ("clipnorm", "clipvalue", "global_clipnorm") if getattr(optimiser, n)]
        if self.n_replicas > 1 and clips:
            raise InputError(f"The optimiser must not clip under several replicas: got {clips[0]}.")
        if self.n_replicas > 1 and type(optimiser).__name__ == "LossScaleOptimizer":
            raise InputError(
                "Under several replicas the policy mixed_float16 is not supported. "
                "Take mixed_bfloat16, which needs no scaling of the loss."
            )

    def _draw_apart(self) -> None:
        """Let each replica draw its own random numbers; the first one draws those of ``fit``."""
        if self.n_replicas == 1 or not self.seeds:
            return

        def shift() -> None:
            replica = tf.distribute.get_replica_context().replica_id_in_sync_group
            for state in self.seeds:
                value = tf.convert_to_tensor(state.value)
                away = tf.cast(tf.stack([replica * 7919, 0]), value.dtype)
                state.value.assign(value + away)

        tf.function(lambda: self.strategy.run(shift))()

    # --- steps -----------------------------------------------------------------------

    def _loss(self, X: Any, y: Any, weight: Any, global_size: Any, *, learn: bool) -> Any:
        """Return this replica's part of the loss, and add its part of the totals.

        `weight` is what each row counts in the mean: 1 / `global_size`, the rows of the batch over
        all replicas; 0 for a replica without rows (`split_global_batch`).
        """
        outputs = tf.cast(self.model(X, training=learn), tf.float32)  # as `fit` does
        means = [weight * tf.reduce_sum(_each(f, y, outputs)) for f in (self.loss, self.accuracy)]
        if self.model.losses:
            means[0] += tf.cast(tf.add_n(self.model.losses), tf.float32) / self.n_replicas
        rows = tf.cast(tf.shape(y)[0], tf.float32) * tf.sign(weight)
        self.totals.assign_add([*(global_size * tf.stop_gradient(mean) for mean in means), rows])
        return means[0]

    def _learn_step(self, *piece: Any) -> None:
        """Take one step, as one of the replicas."""
        variables = self.model.trainable_variables
        with tf.GradientTape() as tape:
            loss = self.optimiser.scale_loss(self._loss(*piece, learn=True))
        gradients = tape.gradient(loss, variables)
        # This is the all-reduce: before it takes the step, Keras's optimiser sums the gradients
        # over all replicas.
        self.optimiser.apply(gradients, variables)

    def _repeat(self, step: Callable[..., Any], batches: Any, n_steps: Any) -> Any:
        """Take `n_steps` steps; return their totals over all workers."""
        self.totals.assign(tf.zeros_like(self.totals))
        for _ in tf.range(n_steps):
            self.strategy.run(step, args=next(batches))  # X, y, weight, global_size
        return self.totals.read_value()

    # --- epochs ----------------------------------------------------------------------

    def pass_over(
        self, dataset: Any, steps_per_call: int, watch: Watch | None, *, learn: bool
    ) -> dict[str, float]:
        """Go over all batches once, and return the means."""
        steps = n_batches(dataset)
        with _must_fit():
            batches = iter(
                self.strategy.distribute_datasets_from_function(
                    lambda context: rows_of_this_worker(dataset, context)
                )
            )
        totals, logs = np.zeros(len(self.names) + 1), {}
        advance = self.learn if learn else self.evaluate
        for first in range(0, steps, steps_per_call):
            n_steps = min(steps_per_call, steps - first)
            with _must_fit():
                totals += advance(batches, tf.constant(n_steps)).numpy()
            *sums, n_examples = totals.tolist()
            logs = {name: total / n_examples for name, total in zip(self.names, sums, strict=True)}
            if watch is not None:
                watch.step(first + n_steps, steps, round(n_examples), logs)
        return logs

    # --- what is kept ----------------------------------------------------------------

    def variables(self) -> dict[str, Any]:
        """Return all that training changes, by names that are the same in every run."""
        groups = {
            "weight": self.model.weights,
            "seed": self.seeds,
            "optimiser": self.optimiser.variables,
        }
        return {
            f"{group}-{i:03}": variable
            for group, variables in groups.items()
            for i, variable in enumerate(variables)
        }

    def state(
        self, epoch: int, history: History, settings: Mapping[str, Any]
    ) -> checkpoints.Checkpoint:
        """Return what a checkpoint keeps; a run with other `settings` cannot go on from it."""
        arrays = {name: np.asarray(v.numpy()) for name, v in self.variables().items()}
        return checkpoints.Checkpoint(epoch, arrays, history, dict(settings))

    def resume(self, folder: Path | None, settings: Mapping[str, Any]) -> tuple[int, History]:
        """Restore the last epoch that was kept, on all workers; return its number and history."""
        kept = None
        if folder is not None and self.is_chief:
            kept = checkpoints.load_latest(folder, settings)
        epoch, history = (0, {}) if kept is None else (kept.epoch, kept.history)
        if self.has_other_workers:  # the others need no folder
            epoch = int(self._from_first(np.array(epoch)))
        if epoch:
            self._restore(None if kept is None else kept.arrays)
        return epoch, history

    def _restore(self, arrays: Mapping[str, Any] | None) -> None:
        """Set all variables; without a file, to the values of the first worker."""
        variables = self.variables()
        shapes = {name: tuple(variable.shape) for name, variable in variables.items()}
        if arrays is not None and shapes != {name: each.shape for name, each in arrays.items()}:
            raise InputError(
                "The folder must hold epochs of this very model and optimiser: its variables "
                "differ. Choose another folder, or delete that one."
            )
        for name, variable in variables.items():
            value = np.zeros(variable.shape, variable.dtype) if arrays is None else arrays[name]
            variable.value.assign(self._from_first(value) if self.has_other_workers else value)
        self._draw_apart()

    def _from_first(self, value: Any) -> Any:
        """Return the first worker's value on every worker: the others add zero to it."""
        value = tf.convert_to_tensor(value)

        def give() -> Any:
            replica = tf.distribute.get_replica_context()
            first = tf.cast(tf.equal(replica.replica_id_in_sync_group, 0), value.dtype)
            return replica.all_reduce(tf.distribute.ReduceOp.SUM, value * first)

        values = tf.function(lambda: self.strategy.run(give))()
        return self.strategy.experimental_local_results(values)[0].numpy()

    def wait_for_all(self) -> None:
        """Let no worker leave before the first has saved the last epoch."""
        if self.has_other_workers:
            self._from_first(np.array(0))


def n_batches(dataset: Any) -> int:
    """Return how many batches a dataset has, which must be known."""
    if not isinstance(dataset, tf.data.Dataset):
        raise InputError(
            "`make_batches` must return a tf.data.Dataset: "
            f"got {argument_checks.describe(dataset)}."
        )
    n = int(dataset.cardinality())
    if n < 1:
        raise InputError(
            f"An epoch must have a known number of batches, at least one: got {n}. "
            "Leave out `repeat`, or set the number: `tf.data.experimental.assert_cardinality`."
        )
    return n


@contextmanager
def _must_fit() -> Iterator[None]:
    """Turn TensorFlow's errors about batches that do not fit the model into one line."""
    try:
        yield
    except InputError:
        raise
    except (ValueError, TypeError, tf.errors.InvalidArgumentError) as error:
        cause = " ".join(str(error).split())
        raise InputError(f"Batches and model must fit each other: … {cause[-300:]}") from error


def _loss_of(model: Any) -> Callable[[Any, Any], Any]:
    """Return the model's loss as a function that returns a number for each example."""
    optimiser = getattr(model, "optimizer", None) if isinstance(model, keras.Model) else None
    if optimiser is None or not model.built:
        raise InputError("`make_model` must return a model that is built and compiled.")
    loss, wanted = model.loss, keras.losses.SparseCategoricalCrossentropy
    if loss == "sparse_categorical_crossentropy":
        loss = wanted()
    if (
        not isinstance(loss, wanted)
        or loss.reduction in {"sum", "none", None}
        or loss.ignore_class is not None
    ):
        raise InputError(
            "The model must be compiled with the mean SparseCategoricalCrossentropy, without "
            f"`ignore_class`: got {argument_checks.describe(loss)}."
        )
    return loss.call  # type: ignore[no-any-return]


def _each(function: Callable[[Any, Any], Any], y: Any, outputs: Any) -> Any:
    """Return a number for each example: the mean over all axes but the first."""
    values = tf.cast(function(y, outputs), tf.float32)
    return tf.reduce_mean(values, axis=list(range(1, values.shape.rank)))
