"""A model under a strategy of ``tf.distribute``, and the steps that it takes.

Every step takes one *global batch*. Each replica (a device, on this machine or another) works
out the gradient of its rows, the gradients are added up over all replicas (the *all-reduce*),
and all take the same step. Losses are divided by the size of the global batch, not by that of
the part, so the sum is the true mean also where a batch cannot be cut evenly.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from dlcourse import validation as check
from dlcourse.distributed import checkpoints
from dlcourse.distributed.cluster import from_environment
from dlcourse.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlcourse.distributed.progress import Watch

History = dict[str, list[float]]
Metrics = Mapping[str, Callable[[Any, Any], Any]]


class Trainer:
    """A model under a strategy, and its steps."""

    def __init__(
        self, strategy: Any, make_model: Callable[[], Any], metrics: Metrics | None
    ) -> None:
        import keras  # noqa: PLC0415
        import tensorflow as tf  # noqa: PLC0415

        self.strategy = strategy
        self.n_replicas = int(strategy.num_replicas_in_sync)
        self.has_company = isinstance(strategy, tf.distribute.MultiWorkerMirroredStrategy)
        cluster = from_environment() if self.has_company else None
        self.is_chief = cluster is None or cluster.is_chief
        if metrics is None:
            metrics = {"accuracy": keras.metrics.sparse_categorical_accuracy}
        self.metrics = tuple(metrics.values())
        self.names = ("loss", *metrics)
        with strategy.scope():
            self.model = make_model()
            self.loss = _loss_of(self.model)
            self.optimiser = self.model.optimizer
            self.optimiser.build(self.model.trainable_variables)
        self._refuse_what_acts_on_parts()
        self.seeds = [
            v for v in self.model.non_trainable_variables if v.path.endswith("seed_generator_state")
        ]
        self._draw_apart()
        self.learn = tf.function(self._learn)
        self.judge = tf.function(self._judge)

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
        """Let each replica draw its own random numbers; the first draws those of ``fit``."""
        import tensorflow as tf  # noqa: PLC0415

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

    def _values(self, X: Any, y: Any, share: Any, n_rows: Any, *, learn: bool) -> tuple[Any, Any]:
        """Give this replica's part of the loss, and of the sums that become means."""
        import tensorflow as tf  # noqa: PLC0415

        outputs = self.model(X, training=learn)
        means = [share * tf.reduce_sum(_each(f, y, outputs)) for f in (self.loss, *self.metrics)]
        if self.model.losses:
            means[0] += tf.cast(tf.add_n(self.model.losses), tf.float32) / self.n_replicas
        return means[0], n_rows * tf.stop_gradient(tf.stack(means))

    def _learn_step(self, *piece: Any) -> Any:
        """Take one step, as one replica among others."""
        import tensorflow as tf  # noqa: PLC0415

        variables = self.model.trainable_variables
        with tf.GradientTape() as tape:
            loss, sums = self._values(*piece, learn=True)
            loss = self.optimiser.scale_loss(loss)
        gradients = tape.gradient(loss, variables)
        # Here is the all-reduce: Keras's optimiser adds the gradients up over all replicas
        # before it takes the step, so that each takes the same.
        self.optimiser.apply(gradients, variables)
        return sums

    def _judge_step(self, *piece: Any) -> Any:
        """Measure without learning."""
        return self._values(*piece, learn=False)[1]

    def _learn(self, batches: Any, n_steps: Any) -> Any:
        return self._repeat(self._learn_step, batches, n_steps)

    def _judge(self, batches: Any, n_steps: Any) -> Any:
        return self._repeat(self._judge_step, batches, n_steps)

    def _repeat(self, step: Callable[..., Any], batches: Any, n_steps: Any) -> Any:
        """Take so many steps at a go; give the sums and the number of examples."""
        import tensorflow as tf  # noqa: PLC0415

        totals = tf.zeros(len(self.names))
        n_examples = tf.zeros(())
        for _ in tf.range(n_steps):
            piece = next(batches)
            sums = self.strategy.run(step, args=piece)
            totals += tf.add_n(self.strategy.experimental_local_results(sums))
            n_examples += self.strategy.experimental_local_results(piece[-1])[0]
        return self._over_all_workers(totals), n_examples

    def _over_all_workers(self, totals: Any) -> Any:
        """Add up what each worker has."""
        import tensorflow as tf  # noqa: PLC0415

        if not self.has_company:
            return totals
        n_here = len(self.strategy.extended.worker_devices)

        def add(totals: Any) -> Any:
            replica = tf.distribute.get_replica_context()
            return replica.all_reduce(tf.distribute.ReduceOp.SUM, totals / n_here)

        found = self.strategy.run(add, args=(totals,))
        return self.strategy.experimental_local_results(found)[0]

    # --- epochs ----------------------------------------------------------------------

    def pass_over(
        self, dataset: Any, steps_per_call: int, watch: Watch | None, *, learn: bool
    ) -> dict[str, float]:
        """Go over all batches once, and give the means."""
        import tensorflow as tf  # noqa: PLC0415

        if not isinstance(dataset, tf.data.Dataset):
            raise InputError(
                f"`make_batches` must give a tf.data.Dataset: got {check.describe(dataset)}."
            )
        steps = int(dataset.cardinality())
        if steps < 1:
            raise InputError(
                f"An epoch must have a known number of batches, at least one: got {steps}. "
                "Leave out `repeat`, or say the number: `tf.data.experimental.assert_cardinality`."
            )
        with _must_fit():
            batches = iter(
                self.strategy.distribute_datasets_from_function(
                    lambda context: rows_of_this_worker(dataset, context)
                )
            )
        totals, n_examples, logs = np.zeros(len(self.names)), 0, {}
        advance = self.learn if learn else self.judge
        for first in range(0, steps, steps_per_call):
            n_steps = min(steps_per_call, steps - first)
            with _must_fit():
                found, n = advance(batches, tf.constant(n_steps))
            totals += found.numpy()
            n_examples += round(float(n))
            logs = dict(zip(self.names, (totals / n_examples).tolist(), strict=True))
            if watch is not None:
                watch.step(first + n_steps, steps, n_examples, logs)
        return logs

    # --- what is kept ----------------------------------------------------------------

    def variables(self) -> dict[str, Any]:
        """Give all that changes in training, by a name that is the same in every run."""
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
        """Give what a checkpoint keeps."""
        arrays = {name: np.asarray(v.numpy()) for name, v in self.variables().items()}
        return checkpoints.Checkpoint(epoch, arrays, history, dict(settings))

    def resume(self, folder: Path | None, settings: Mapping[str, Any]) -> tuple[int, History]:
        """Go back to the last epoch that was kept; all workers follow the first."""
        kept = None
        if folder is not None and self.is_chief:
            kept = checkpoints.load_latest(Path(folder), settings)
        epoch, history = 0, {}
        if kept is not None:
            epoch, history = kept.epoch, {n: list(values) for n, values in kept.history.items()}
        if self.has_company and folder is not None:
            epoch = int(self._from_first(np.array(epoch)))
        if epoch:
            self._restore(None if kept is None else kept.arrays)
        return epoch, history

    def _restore(self, arrays: Mapping[str, Any] | None) -> None:
        """Set all variables; where there is no file, to what the first worker has."""
        variables = self.variables()
        if arrays is not None and (
            arrays.keys() != variables.keys()
            or any(arrays[name].shape != tuple(v.shape) for name, v in variables.items())
        ):
            raise InputError(
                "The folder must hold epochs of this very model and optimiser: its variables "
                "differ. Choose another folder, or delete that one."
            )
        for name, variable in variables.items():
            value = np.zeros(variable.shape, variable.dtype) if arrays is None else arrays[name]
            variable.value.assign(self._from_first(value) if self.has_company else value)
        self._draw_apart()

    def _from_first(self, value: Any) -> Any:
        """Give every worker the first one's value, by an all-reduce to which others add zero."""
        import tensorflow as tf  # noqa: PLC0415

        value = tf.convert_to_tensor(value)

        def give() -> Any:
            replica = tf.distribute.get_replica_context()
            first = tf.cast(tf.equal(replica.replica_id_in_sync_group, 0), value.dtype)
            return replica.all_reduce(tf.distribute.ReduceOp.SUM, value * first)

        found = tf.function(lambda: self.strategy.run(give))()
        return self.strategy.experimental_local_results(found)[0].numpy()

    def wait_for_all(self) -> None:
        """Let no worker leave before the first has saved the last epoch."""
        if self.has_company:
            self._from_first(np.array(0))


@contextmanager
def _must_fit() -> Iterator[None]:
    """Say in a line, where TensorFlow says it in fifty, that batches and model do not fit."""
    import tensorflow as tf  # noqa: PLC0415

    try:
        yield
    except InputError:
        raise
    except (ValueError, TypeError, tf.errors.InvalidArgumentError) as error:
        said = " ".join(str(error).split())
        raise InputError(f"Batches and model must fit each other: {said[:300]}") from error


def _loss_of(model: Any) -> Callable[[Any, Any], Any]:
    """Give the model's loss as a function of labels and outputs, a number for each example."""
    import keras  # noqa: PLC0415

    optimiser = getattr(model, "optimizer", None) if isinstance(model, keras.Model) else None
    if optimiser is None or not model.built:
        raise InputError("`make_model` must give a model that is built and compiled.")
    loss = model.loss
    if not isinstance(loss, str | keras.losses.Loss) and not callable(loss):
        raise InputError(f"The model must be compiled with one loss: got {check.describe(loss)}.")
    loss = keras.losses.get(loss)
    return loss.call if isinstance(loss, keras.losses.Loss) else loss  # type: ignore[no-any-return]


def _each(function: Callable[[Any, Any], Any], y: Any, outputs: Any) -> Any:
    """Give a number for each example: the mean over all axes but the first."""
    import tensorflow as tf  # noqa: PLC0415

    values = tf.cast(function(y, outputs), tf.float32)
    return tf.reduce_mean(values, axis=list(range(1, values.shape.rank)))


def rows_of_this_worker(dataset: Any, context: Any) -> Any:
    """Cut from each global batch the rows of this worker's replicas, one piece for each.

    With the rows come the share of each in the mean, 1 / (size of the global batch), and that
    size. Of 10 rows and 3 replicas the first takes 3, the second 3 and the third 4. A replica
    for which there is no row gets one with a share of 0, for not every operation can work on
    nothing.
    """
    import tensorflow as tf  # noqa: PLC0415

    n_replicas = context.num_replicas_in_sync
    n_here = n_replicas // context.num_input_pipelines
    first = context.input_pipeline_id * n_here

    def cut(X: Any, y: Any, replica: Any) -> tuple[Any, Any, Any, Any]:
        n_rows = tf.shape(y, tf.int64)[0]
        replica = tf.cast(replica, tf.int64)
        start, stop = replica * n_rows // n_replicas, (replica + 1) * n_rows // n_replicas
        size = tf.cast(n_rows, tf.float32)
        share = tf.where(stop > start, 1 / size, 0.0)
        rows = slice(start, tf.maximum(stop, start + 1))
        return X[rows], y[rows], share, size

    if n_here == 1:
        pieces = dataset.map(lambda X, y: cut(X, y, first))
    else:
        pieces = dataset.flat_map(
            lambda X, y: tf.data.Dataset.range(first, first + n_here).map(lambda i: cut(X, y, i))
        )
    return pieces.prefetch(tf.data.AUTOTUNE)
