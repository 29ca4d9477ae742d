"""Install tfds's MNIST on this machine: from four local files, or by tfds's own download.

``tfds.load("mnist")`` downloads from its own host. On a train, behind a firewall or
in a continuous-integration job that host may be out of reach, so the same four files
are checked by their SHA-256 and handed to tfds's own builder, which then believes
that it has downloaded them. What is on disk afterwards is what tfds would have made.
"""

from __future__ import annotations

import os
import shutil
import socket
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies

from dlcourse import argument_checks
from dlcourse.data.mnist_checksums import FILES, check_files
from dlcourse.errors import DataError

NAME = "mnist/3.0.1"
N_IMAGES = {"train": 60_000, "test": 10_000}
#: Seconds without a change after which a half made data set is taken for a killed run's.
STALE = 3600


def default_data_dir() -> Path:
    """Return where tfds keeps its data sets: ``$TFDS_DATA_DIR``, or its default in the home."""
    named = os.environ.get("TFDS_DATA_DIR")
    return Path(named).expanduser() if named else Path.home() / "tensorflow_datasets"


def is_prepared(data_dir: Path) -> bool:
    """Return whether `data_dir` holds the complete tfds data set, every shard as long as written.

    Examples
    --------
    >>> is_prepared(Path("/nowhere"))
    False
    """
    folder = argument_checks.path(data_dir, "data_dir") / NAME
    if not os.path.isfile(folder / "dataset_info.json"):  # noqa: PTH113  (Path's may raise OSError)
        return False
    import tensorflow_datasets as tfds  # noqa: PLC0415  (seconds to import)

    try:
        builder = tfds.builder_from_directory(folder)
    except Exception:  # noqa: BLE001  (whatever tfds says of a description that is damaged)
        return False
    return all(
        split in builder.info.splits
        and builder.info.splits[split].num_examples == count
        and _records_are_whole(builder.info.splits[split])
        for split, count in N_IMAGES.items()
    )


def _records_are_whole(split: Any) -> bool:
    """Return whether the files of a tfds split exist and hold as many bytes as tfds wrote."""
    files = [Path(name) for name in split.filepaths]
    if not all(file.is_file() for file in files):
        return False
    # TFRecord framing adds 16 bytes (length, two checksums) to each example.
    expected = int(split.num_bytes) + 16 * int(split.num_examples)
    return sum(file.stat().st_size for file in files) == expected


def prepare(files: Path, data_dir: Path) -> Path:
    """Prepare tfds's MNIST in `data_dir` from the four raw files in the folder `files`.

    The data set is made beside its final place and moved there once it is complete, so
    that a run killed at any moment leaves nothing half made behind, and several may run at
    once. A complete data set that is already there is kept as it is.

    Parameters
    ----------
    files
        The folder with the four uncompressed IDX files.
    data_dir
        Where tfds keeps its data sets, such as `default_data_dir`.

    Returns
    -------
    Path
        The folder of the prepared data set, ``<data_dir>/mnist/3.0.1``.

    Raises
    ------
    DataError
        If a raw file is missing, truncated or altered (see `check_files`), or `data_dir` cannot
        be written to.

    References
    ----------
    Y. LeCun, C. Cortes and C. J. C. Burges, *The MNIST database of handwritten digits*, 1998.
    """
    files = argument_checks.path(files, "files")
    data_dir = argument_checks.path(data_dir, "data_dir")
    target = data_dir / NAME
    if is_prepared(data_dir):
        return target
    check_files(files)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with _scratch_folder(data_dir) as scratch:
            _build(files, scratch)
            _install(scratch, data_dir)
    except OSError as error:
        raise DataError(f"MNIST: cannot write to {data_dir}: {error.strerror or error}.") from error
    return target


@contextmanager
def _scratch_folder(data_dir: Path) -> Iterator[Path]:
    """Make a scratch folder on the same file system as `data_dir`; remove it, and stale ones."""
    for other in data_dir.glob(".mnist-*"):
        if time.time() - _last_change(other) > STALE:
            shutil.rmtree(other, ignore_errors=True)
    scratch = Path(tempfile.mkdtemp(prefix=".mnist-", dir=data_dir))
    try:
        yield scratch
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _last_change(folder: Path) -> float:
    """Return when something last changed in a folder, which may be going away."""
    changes = [0.0]
    for path in (folder, *folder.rglob("*")):
        with suppress(OSError):
            changes.append(path.stat().st_mtime)
    return max(changes)


def _install(scratch: Path, data_dir: Path) -> None:
    """Move a data set from the scratch folder to its place, unless another run was quicker."""
    target = data_dir / NAME
    if is_prepared(data_dir):
        return
    try:
        if target.exists():  # incomplete: set aside, never mixed with
            target.rename(scratch / "incomplete")
        (scratch / NAME).rename(target)
    except OSError:
        if not is_prepared(data_dir):
            raise


def _build(files: Path, data_dir: Path) -> None:
    """Run tfds's own MNIST builder on local files, into `data_dir`."""
    import tensorflow_datasets as tfds  # noqa: PLC0415

    # What answers tfds's request for four downloads with four local paths.
    local = SimpleNamespace(
        download_and_extract=lambda urls: {key: str(files / FILES[key][0]) for key in urls}
    )
    builder = tfds.builder(NAME.replace("/", ":"), data_dir=str(data_dir))
    generate = builder._split_generators  # noqa: SLF001  (tfds has no public way in)
    builder._split_generators = lambda _downloads, **_: generate(local)  # noqa: SLF001
    with _tfds_writes(data_dir):
        builder.download_and_prepare()


@contextmanager
def _tfds_writes(data_dir: Path) -> Iterator[None]:
    """Turn what TensorFlow raises on a full disk, mostly inside an error of tfds's, into ours."""
    import tensorflow as tf  # noqa: PLC0415

    try:
        yield
    except (RuntimeError, tf.errors.OpError) as error:
        reason = str(error).rpartition("; ")[2].strip()
        raise DataError(
            f"MNIST: cannot write to {data_dir}: {reason}. Make room, then try again."
        ) from error


def download(data_dir: Path) -> Path:
    """Let tfds download and prepare MNIST in `data_dir`, unless it is there already.

    `data_dir` and the result are those of `prepare`.

    Raises
    ------
    DataError
        If tfds's host cannot be reached or sends something other than the data, or if `data_dir`
        cannot be written.
    """
    data_dir = argument_checks.path(data_dir, "data_dir")
    if is_prepared(data_dir):
        return data_dir / NAME
    remedy = (
        "Connect to the network and try again, or give a folder with the four raw files: "
        "`python -m dlcourse data mnist --from FOLDER`."
    )
    if not can_download():
        raise DataError(f"MNIST: tfds's host cannot be reached. {remedy}")
    import tensorflow_datasets as tfds  # noqa: PLC0415
    from tensorflow_datasets.core.download import download_manager, util  # noqa: PLC0415

    builder = tfds.builder(NAME.replace("/", ":"), data_dir=str(data_dir))
    try:
        with _tfds_writes(data_dir):
            builder.download_and_prepare()
    except download_manager.NonMatchingChecksumError as error:
        raise DataError(
            "MNIST: what tfds's host sent is not the data set. A school's or a hotel's network "
            f"may have put its own page in its place: sign in there first. {remedy}"
        ) from error
    except (OSError, util.DownloadError) as error:
        if getattr(error, "filename", None):  # not the network's
            raise DataError(f"MNIST: cannot write to {data_dir}: {error.strerror}.") from error
        raise DataError(f"MNIST: the download broke off ({error}). {remedy}") from error
    if not is_prepared(data_dir):  # tfds takes what is there, damaged or not
        raise DataError(f"MNIST: {data_dir / NAME} is damaged. Delete it and try again.")
    return data_dir / NAME


def can_download() -> bool:
    """Return whether tfds's host for MNIST answers at all; tfds itself would retry for minutes."""
    from tensorflow_datasets.image_classification import mnist  # noqa: PLC0415

    if "https" in getproxies():  # tfds goes through the proxy, whose answer we cannot foresee
        return True
    address = urlsplit(mnist._MNIST_URL)  # noqa: SLF001  (the address is nowhere public)
    try:
        socket.create_connection((address.hostname, 443), timeout=5).close()
    except OSError:
        return False
    return True
