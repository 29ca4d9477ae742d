"""The training loop: like ``fit``, under any strategy of ``tf.distribute``."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dlcourse import validation as check
from dlcourse.distributed import checkpoints
from dlcourse.distributed.cluster import LONGEST_WAIT, from_environment, meet
from dlcourse.distributed.progress import Progress, Watch
from dlcourse.distributed.trainer import Trainer
from dlcourse.errors import ClusterError, InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from dlcourse.distributed.trainer import History, Metrics


@dataclass(frozen=True)
class Run:
    """A trained model, and how it got there.

    Attributes
    ----------
    model
        The Keras model.
    history
        As that of ``fit``: ``loss``, ``accuracy``, ``val_loss``, ``val_accuracy``, a number for
        each epoch, those before a crash included.
    seconds
        The time of each epoch that this process trained, validation left out.
    rates
        Examples a second in each of them, once everything was compiled.
    resumed_after
        The epoch after which this run went on; 0 if it began anew.
    """

    model: Any
    history: History
    seconds: list[float]
    rates: list[float]
    resumed_after: int


def choose_strategy(*, run: Mapping[str, Any] | None = None, wait: float = 300.0) -> Any:
    """Choose the strategy that fits: several workers, several graphics cards, or one device.

    Call it before anything else of TensorFlow: several workers must be told of each other first.

    Parameters
    ----------
    run
        What this process was asked to do, by name; must be the same for all workers.
    wait
        Seconds to wait for all workers.

    Returns
    -------
    tf.distribute.Strategy
        ``MultiWorkerMirroredStrategy`` if ``TF_CONFIG`` or Slurm name several workers,
        ``MirroredStrategy`` if this machine has several graphics cards, or the default one.

    Raises
    ------
    ClusterError
        If a worker does not come, a port is in use, or versions or `run` differ.
    InputError
        If the cluster's description cannot be understood, or TensorFlow has begun to work, or
        `run` or `wait` are no such things.
    """
    run = check.mapping({} if run is None else run, "run", of="settings")
    wait = check.number(wait, "wait", at_least=0, below=LONGEST_WAIT)
    cluster = from_environment()
    if cluster is not None and len(cluster.addresses) > 1:
        meet(cluster, run, wait=wait)
        os.environ.setdefault("TF_CONFIG", cluster.tf_config)
        import tensorflow as tf  # noqa: PLC0415  (seconds to import)

        try:
            return tf.distribute.MultiWorkerMirroredStrategy()
        except RuntimeError as error:
            raise InputError(
                f"`choose_strategy` must be called before all else of TensorFlow ({error})."
            ) from None
    import tensorflow as tf  # noqa: PLC0415

    several = len(tf.config.list_physical_devices("GPU")) > 1
    return tf.distribute.MirroredStrategy() if several else tf.distribute.get_strategy()


def train(
    make_model: Callable[[], Any],
    make_batches: Callable[[int], Any],
    *,
    epochs: int,
    strategy: Any = None,
    validation: Any = None,
    metrics: Metrics | None = None,
    folder: Path | None = None,
    settings: Mapping[str, Any] | None = None,
    report: Callable[[Progress], None] | None = None,
    steps_per_call: int = 32,
) -> Run:
    """Train a Keras model, as ``fit`` does, under any strategy.

    On one device it takes the very steps of ``fit``, dropout included. With several replicas
    the steps are the same up to rounding, except for what draws or measures within a batch:
    each replica's dropout draws its own masks, and batch normalisation sees only its part.

    Parameters
    ----------
    make_model
        Gives a built and compiled model with one loss; called within the strategy's scope.
    make_batches
        Gives, for epoch 0, 1, …, a ``tf.data.Dataset`` of *global* batches ``(X, y)``. It
        decides the order from the epoch alone (and a seed), the same on all workers and after
        a crash; each replica takes its rows of each batch.
    epochs
        How many in all, those before a crash included.
    strategy
        From `choose_strategy`; default: one device.
    validation
        A dataset of batches, evaluated after each epoch.
    metrics
        Functions by name that give a number for each example; default: ``accuracy``, of class
        indices against shares or logits.
    folder
        Where each epoch is kept, so that a run that was stopped goes on. Only the first
        worker needs it. Default: nothing is kept.
    settings
        What the run depends on, by name: a folder of a run with others is refused.
    report
        Is handed a `Progress` every `steps_per_call` steps, in the first worker.
    steps_per_call
        How many steps TensorFlow takes before Python looks again.

    Returns
    -------
    Run

    Raises
    ------
    InputError
        If model, data or folder do not fit.
    DataError
        If what the folder keeps is damaged, or it cannot be written to.
    ClusterError
        If another worker is lost. What was kept stays, and the same call goes on from there.

    Notes
    -----
    ``make weights`` trains the robust network through it, see `dlcourse.robust.training`: each
    epoch is a dataset of its own, so a run that was killed goes on with the pictures it would
    have seen.
    """
    epochs = check.count(epochs, "epochs")
    steps_per_call = check.count(steps_per_call, "steps_per_call")
    check.function(make_model, "make_model")
    check.function(make_batches, "make_batches")
    _require_functions(metrics, report)
    folder = None if folder is None else check.path(folder, "folder")
    settings = check.mapping({} if settings is None else settings, "settings", of="settings")
    import tensorflow as tf  # noqa: PLC0415

    if validation is not None:
        validation = check.instance(validation, "validation", tf.data.Dataset)
    strategy = tf.distribute.get_strategy() if strategy is None else strategy
    strategy = check.instance(strategy, "strategy", tf.distribute.Strategy)
    has_company = isinstance(strategy, tf.distribute.MultiWorkerMirroredStrategy)
    try:
        trainer = Trainer(strategy, make_model, metrics)
        done, history = trainer.resume(folder, settings)
        seconds: list[float] = []
        rates: list[float] = []
        for epoch in range(done, epochs):
            watch = Watch(epoch, epochs, report if trainer.is_chief else None)
            logs = trainer.pass_over(make_batches(epoch), steps_per_call, watch, learn=True)
            seconds.append(time.perf_counter() - watch.begin)
            rates.append(watch.rate)
            if validation is not None:
                judged = trainer.pass_over(validation, steps_per_call, None, learn=False)
                logs |= {f"val_{name}": value for name, value in judged.items()}
            for name, value in logs.items():
                history.setdefault(name, []).append(value)
            if folder is not None and trainer.is_chief:
                checkpoints.save(folder, trainer.state(epoch + 1, history, settings))
            watch.end(logs)
        trainer.wait_for_all()
    except _lost_errors() as error:
        if not has_company:
            raise
        raise ClusterError(
            "Another worker can no longer be reached "
            f"({type(error).__name__}). Start all workers again"
            + ("." if folder is None else f": the run goes on after the last epoch in {folder}.")
        ) from None
    return Run(trainer.model, history, seconds, rates, done)


def _require_functions(metrics: object, report: object) -> None:
    """Check what may be left out."""
    if metrics is not None:
        for metric in check.mapping(metrics, "metrics", of="functions").values():
            check.function(metric, "metrics")
    if report is not None:
        check.function(report, "report")


def _lost_errors() -> tuple[type[Exception], ...]:
    """Give the errors by which TensorFlow says that another worker has gone."""
    from tensorflow import errors  # noqa: PLC0415

    return (
        errors.UnavailableError,
        errors.AbortedError,
        errors.CancelledError,
        errors.DeadlineExceededError,
        errors.InternalError,
    )
