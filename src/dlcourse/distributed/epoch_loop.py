"""The loop over epochs: like ``fit``, under any strategy of ``tf.distribute``.

`trainer_under_strategy` takes the steps of an epoch, and there the gradients are averaged.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dlcourse import argument_checks
from dlcourse.distributed import checkpoints
from dlcourse.distributed.progress_and_time_left import Progress, Watch
from dlcourse.errors import ClusterError, InputError


@dataclass(frozen=True)
class Run:
    """A trained Keras model, and how it got there.

    `history` is as that of ``fit``: ``loss``, ``accuracy``, ``val_loss``, ``val_accuracy``, with a
    number for each epoch, including those before a crash. For each epoch that this process trained,
    `seconds` are those without validation, and `rates` the examples a second once everything was
    compiled.
    """

    model: Any
    history: dict[str, list[float]]
    seconds: list[float]
    rates: list[float]


def train(
    make_model: Callable[[], Any],
    make_batches: Callable[[int], Any],
    *,
    epochs: int,
    strategy: Any = None,
    validation: Any = None,
    folder: Path | None = None,
    settings: Mapping[str, Any] | None = None,
    report: Callable[[Progress], None] | None = None,
    steps_per_call: int = 32,
) -> Run:
    """Train a Keras model, as ``fit`` does, under any strategy.

    On one device it takes exactly the steps of ``fit``, dropout included. With several replicas the
    steps are the same up to rounding, except for what draws or measures within a batch: each
    replica's dropout draws its own masks, and batch normalisation sees only its part.

    Its arguments:

    make_model
        Returns a built model, compiled with the mean sparse categorical cross-entropy; called
        within the strategy's scope.
    make_batches
        Returns, for epoch 0, 1, …, a ``tf.data.Dataset`` of *global* batches ``(X, y)``. Their
        order must depend on the epoch (and a seed) alone, so that it is the same on all workers
        and after a crash. Each replica takes its rows of each batch.
    epochs
        How many in total, including those before a crash.
    strategy
        From `dlcourse.distributed.choose_strategy`; default: one device.
    validation
        A dataset of batches, evaluated after each epoch.
    folder
        Where the first worker keeps each epoch, so that a stopped run can go on; the others need
        none. Default: nothing is kept.
    settings
        What the run depends on, by name. A folder of a run with other settings is refused.
    report
        Called with a `Progress` every `steps_per_call` steps, in the first worker.
    steps_per_call
        How many steps TensorFlow takes before Python looks again.

    It raises `DataError` if the folder cannot be written to or what it keeps is damaged, and
    `ClusterError` if another worker is lost; what was kept stays: the same call goes on from there.
    """
    import tensorflow as tf  # noqa: PLC0415  (seconds to import)

    from dlcourse.distributed.trainer_under_strategy import Trainer, n_batches  # noqa: PLC0415

    strategy = tf.distribute.get_strategy() if strategy is None else strategy
    argument_checks.function(make_model, "make_model")
    argument_checks.function(make_batches, "make_batches")
    if report is not None:
        argument_checks.function(report, "report")
    argument_checks.count(epochs, "epochs")
    argument_checks.count(steps_per_call, "steps_per_call")
    argument_checks.instance(strategy, "strategy", tf.distribute.Strategy)
    if validation is not None:
        n_batches(argument_checks.instance(validation, "validation", tf.data.Dataset))
    folder = None if folder is None else argument_checks.path(folder, "folder")
    settings = argument_checks.mapping(settings or {}, "settings", of="settings")
    seconds: list[float] = []
    rates: list[float] = []
    with _lost_workers_named(strategy, folder):
        trainer = Trainer(strategy, make_model)
        first, history = trainer.resume(folder, settings)
        if first > epochs:
            raise InputError(
                f"{folder} holds {first} epochs already: `epochs` must be at least as many, got "
                f"{epochs}. Choose another folder."
            )
        for epoch in range(first, epochs):
            watch = Watch(epoch, epochs, report if trainer.is_chief else None)
            logs = trainer.pass_over(make_batches(epoch), steps_per_call, watch, learn=True)
            seconds.append(time.perf_counter() - watch.begin)
            rates.append(watch.last.rate)
            if validation is not None:
                means = trainer.pass_over(validation, steps_per_call, None, learn=False)
                logs |= {f"val_{name}": value for name, value in means.items()}
            for name, value in logs.items():
                history.setdefault(name, []).append(value)
            if folder is not None and trainer.is_chief:
                checkpoints.save(folder, trainer.state(epoch + 1, history, settings))
            watch.end(logs)
        trainer.wait_for_all()
        # As at the end of `fit`: an optimiser that keeps a mean of the weights now puts it in.
        trainer.optimiser.finalize_variable_values(trainer.model.trainable_variables)
    return Run(trainer.model, history, seconds, rates)


@contextmanager
def _lost_workers_named(strategy: Any, folder: Path | None) -> Iterator[None]:
    """Turn the errors by which TensorFlow says that another worker has gone into one line."""
    from tensorflow import distribute, errors  # noqa: PLC0415

    try:
        yield
    except (
        errors.UnavailableError,
        errors.AbortedError,
        errors.CancelledError,
        errors.DeadlineExceededError,
        errors.InternalError,
    ) as error:
        if not isinstance(strategy, distribute.MultiWorkerMirroredStrategy):
            raise
        raise ClusterError(
            "Another worker can no longer be reached "
            f"({type(error).__name__}). Start all workers again"
            + ("." if folder is None else f": the run goes on after the last epoch in {folder}.")
        ) from None
