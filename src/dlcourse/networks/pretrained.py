"""The networks that come trained with the package: plain, inverted, robust, and the finder.

``plain`` and ``inverted`` are the network of the workshop that this course follows, trained for one
epoch on MNIST and on MNIST with inverted copies. ``robust`` is ours: two more convolutions,
stronger augmentation, and an eleventh answer, "none". How these three are trained:
`dlcourse.robust.train_digit_networks`; how the finder is, which says where a digit stands:
`dlcourse.robust.finder.training`.
"""

from importlib import resources
from pathlib import Path

from dlcourse import argument_checks
from dlcourse.networks import weights_file
from dlcourse.networks.network_dataclasses import TrainedNetwork

NAMES = ("plain", "inverted", "robust")
#: The robust network's answers; the plain and the inverted network have the first ten.
CLASSES = (*"0123456789", "none")


def path(name: str) -> Path:
    """Return the file of a network that comes with the package."""
    name = argument_checks.choice(name, "name", NAMES)
    return Path(str(resources.files("dlcourse"))) / "networks" / "weights" / f"{name}.safetensors"


def load(name: str = "robust") -> TrainedNetwork:
    """Load "plain", "inverted" or "robust", trained as they come with the package; no TensorFlow.

    A file that is missing or damaged raises `DataError`.

    >>> load("plain").n_weights
    215370
    """
    return weights_file.load(path(name))


def load_finder() -> TrainedNetwork:
    """Load the network that finds where a digit stands (see `dlcourse.digits.finder`)."""
    return weights_file.load(path("robust").with_name("finder.safetensors"))
