"""``dlcourse train mnist``: train the plain or the inverted network, on one machine or several."""

import argparse
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dlcourse import argument_checks, distributed
from dlcourse.distributed import Progress, Run
from dlcourse.distributed.handshake import LONGEST_WAIT
from dlcourse.distributed.launcher import LOST, end_with_parent
from dlcourse.errors import ClusterError, InputError
from dlcourse.networks import keras_conversion, weights_file
from dlcourse.networks.keras_settings import settle_keras
from dlcourse.quick import is_quick
from dlcourse.safe_files import write_whole

NETWORKS = ("plain", "inverted")
HELP = "train a digit network, on one machine or on several"
DESCRIPTION = """\
Train the network that reads handwritten digits.

    python -m dlcourse train mnist
    python -m dlcourse train mnist --network inverted --epochs 3
    python -m dlcourse train mnist --workers 2        two processes on this machine

On several machines, start the same command on each of them, with TF_CONFIG set, or with `srun`
under Slurm; the book's page "On several machines" has an example of each, and one
for Kubernetes. Several graphics cards in one machine are all used automatically.

Each epoch is kept: if a run is stopped or a worker is killed, give the same command again, and
it goes on after the last complete epoch.
"""
EPILOG = """\
exit status: 0 trained, 1 not (one line on stderr says why), 2 usage, 3 another worker was lost.
The folder then holds NETWORK.safetensors, for `dlcourse.networks.weights_file.load`,
and history.json.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("dataset", choices=["mnist"], help="which data set")
    options: list[tuple[str, type, Any, str, str]] = [
        ("--workers", int, 1, "N", "processes on this machine, on its processor"),
        ("--epochs", int, 1, "N", "how often all images are shown"),
        ("--batch-size", int, 128, "N", "images in a step, of all workers together"),
        ("--learning-rate", float, 0.001, "R", "length of the steps"),
        ("--dropout", float, 0.4, "SHARE", "of activations switched off"),
        ("--images", int, None, "N", "only the first N images (default: all 55,000)"),
        ("--seed", int, 0, "N", "decides weights, order and dropout"),
        ("--to", Path, None, "FOLDER", "what is kept (default: runs/mnist-NETWORK-SEED)"),
        ("--wait", float, 300, "S", "seconds to wait for all workers"),
    ]
    parser.add_argument(
        "--network",
        choices=NETWORKS,
        default="plain",
        help="plain (default): trained on MNIST alone; inverted: with inverted copies too",
    )
    for name, of_type, default, value, words in options:
        text = words if default is None else f"{words} (default: %(default)s)"
        parser.add_argument(name, type=of_type, default=default, metavar=value, help=text)


def run(arguments: argparse.Namespace) -> int:
    """Start the workers, or be one."""
    if arguments.to is None:
        arguments.to = Path("runs") / f"mnist-{arguments.network}-{arguments.seed}"
    arguments.to = arguments.to.expanduser()
    _require_sense(arguments)
    if distributed.from_environment() is not None or arguments.workers == 1:
        return _be_a_worker(arguments)
    # The same words again: TF_CONFIG tells each that it is a worker.
    command = [sys.executable, "-m", "dlcourse", *arguments.words]
    distributed.launch(command, arguments.workers)
    return 0


def _require_sense(arguments: argparse.Namespace) -> None:
    """Refuse numbers out of range at once; loading TensorFlow first would take seconds."""
    argument_checks.count(arguments.epochs, "--epochs")
    argument_checks.count(arguments.batch_size, "--batch-size")
    argument_checks.number(arguments.learning_rate, "--learning-rate", above=0)
    argument_checks.number(arguments.dropout, "--dropout", at_least=0, below=1)
    if arguments.images is not None:
        argument_checks.count(arguments.images, "--images", at_most=55_000)
    argument_checks.seed(arguments.seed, "--seed")
    argument_checks.number(arguments.wait, "--wait", at_least=0, below=LONGEST_WAIT)
    nearest = next(
        path for path in (arguments.to, *arguments.to.absolute().parents) if path.exists()
    )
    if not nearest.is_dir():
        raise InputError(f"`--to` must be a folder: got {arguments.to}, but {nearest} is a file.")
    cluster = distributed.from_environment()
    if (cluster is None or cluster.is_chief) and not os.access(nearest, os.W_OK):
        raise InputError(f"`--to` must be a folder that can be written to: got {arguments.to}.")


def _be_a_worker(arguments: argparse.Namespace) -> int:
    """Train, alone or as one of several workers."""
    end_with_parent()
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ["KERAS_BACKEND"] = "tensorflow"  # TensorFlow, loaded for its strategy, loads Keras
    settings = {
        name: getattr(arguments, name)
        for name in ("network", "batch_size", "learning_rate", "dropout", "images", "seed")
    }
    if is_quick():  # a full run must not go on from a rehearsal
        settings["quick"] = True
    # What all workers must have been started with; a run that goes on may have more epochs.
    agreed = {**settings, "epochs": arguments.epochs}
    strategy = distributed.choose_strategy(agreed=agreed, wait=arguments.wait)
    cluster = distributed.from_environment()
    settle_keras()
    try:
        trained = _train(arguments, settings, strategy)
    except ClusterError as error:
        # At a normal exit TensorFlow would wait for the lost worker.
        print(f"dlcourse: {error}", file=sys.stderr, flush=True)  # noqa: T201
        os._exit(LOST)
    if cluster is None or cluster.is_chief:
        _save(arguments, trained)
    return 0


def _train(arguments: argparse.Namespace, settings: dict[str, Any], strategy: Any) -> Run:
    from dlcourse.data import mnist, mnist_pipelines  # noqa: PLC0415

    part = "train" if arguments.images is None else f"train[:{arguments.images}]"
    images, labels = mnist.as_arrays(part)
    inverted = arguments.network == "inverted"

    def make_batches(epoch: int) -> Any:
        return mnist_pipelines.epoch_batches(
            images, labels, batch_size=arguments.batch_size, seed=arguments.seed, epoch=epoch,
            with_inverted_copies=inverted,
        )  # fmt: skip

    return distributed.train(
        lambda: _model(arguments),
        make_batches,
        epochs=arguments.epochs,
        strategy=strategy,
        validation=mnist_pipelines.evaluation_pipeline(mnist.load("validation"), batch_size=500),
        folder=arguments.to,
        settings=settings,
        report=_reporter(),
        steps_per_call=16,
    )


def _model(arguments: argparse.Namespace) -> Any:
    import keras  # noqa: PLC0415

    from dlcourse.networks.models import mnist_network  # noqa: PLC0415
    from dlcourse.networks.seeding import seed_everything  # noqa: PLC0415

    seed_everything(arguments.seed, deterministic=False)
    model = mnist_network(dropout=arguments.dropout)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(arguments.learning_rate), loss, metrics=["accuracy"])
    return model


def _reporter() -> Callable[[Progress], None]:
    """Return what prints progress: one line rewritten in a terminal, else a line an epoch."""
    live = sys.stdout.isatty()

    def show(progress: Progress) -> None:
        whole = progress.step == progress.steps
        if not (live or whole):
            return
        logs = "  ".join(f"{name} {value:.4f}" for name, value in progress.logs.items())
        minutes, seconds = divmod(round(progress.seconds_left), 60)
        line = (
            f"epoch {progress.epoch}/{progress.epochs}  {progress.step / progress.steps:4.0%}  "
            f"{logs}  {progress.rate:,.0f} images/s  {minutes}:{seconds:02} left"
        )
        start, end = ("\r\033[K", "\n" if whole else "") if live else ("", "\n")
        print(f"{start}{line}", end=end, flush=True)  # noqa: T201

    return show


def _save(arguments: argparse.Namespace, trained: Run) -> None:
    """Save the network and its history in the folder."""
    path = arguments.to / f"{arguments.network}.safetensors"
    path.parent.mkdir(parents=True, exist_ok=True)
    weights_file.save(keras_conversion.from_keras(trained.model), path, dtype="float32")
    record = {"history": trained.history, "seconds": trained.seconds, "rates": trained.rates}
    history = arguments.to / "history.json"
    if trained.seconds or not history.exists():  # nothing was left to train: the times stay
        write_whole(history, json.dumps(record, indent=2) + "\n")
    accuracy = trained.history["val_accuracy"][-1]
    print(f"{path}: reads {100 * accuracy:.2f} % of the validation digits")  # noqa: T201
