"""Install tfds's MNIST on this machine: from four local files, or by tfds's own download.

``tfds.load("mnist")`` downloads from its own host. On a train, behind a firewall or
in a continuous-integration job that host may be out of reach, so the same four files
are checked by their SHA-256 and handed to tfds's own builder, which then believes
that it has downloaded them. What is on disk afterwards is what tfds would have made.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from dlcourse import argument_checks
from dlcourse.data.mnist_checksums import check_files
from dlcourse.errors import DataError

NAME = "mnist/3.0.1"
N_IMAGES = {"train": 60_000, "test": 10_000}


def default_data_dir() -> Path:
    """Return where tfds keeps its data sets: ``$TFDS_DATA_DIR``, or its default in the home."""
    named = os.environ.get("TFDS_DATA_DIR")
    return Path(named).expanduser() if named else Path.home() / "tensorflow_datasets"


def is_prepared(data_dir: Path) -> bool:
    """Return whether `data_dir` holds the complete tfds data set, every shard as long as written.

    >>> is_prepared(Path("/nowhere"))
    False
    """
    folder = argument_checks.path(data_dir, "data_dir") / NAME
    if not os.path.isfile(folder / "dataset_info.json"):  # noqa: PTH113  (Path's may raise OSError)
        return False
    import tensorflow_datasets as tfds  # noqa: PLC0415  (seconds to import)

    try:
        splits = tfds.builder_from_directory(folder).info.splits
    except Exception:  # noqa: BLE001  (whatever tfds says of a description that is damaged)
        return False
    return all(
        name in splits and splits[name].num_examples == count and _is_whole(splits[name])
        for name, count in N_IMAGES.items()
    )


def _is_whole(split: Any) -> bool:
    """Return whether the files of a tfds split exist and hold as many bytes as tfds wrote."""
    files = [Path(name) for name in split.filepaths]
    # TFRecord framing adds 16 bytes (length, two checksums) to each example.
    expected = int(split.num_bytes) + 16 * int(split.num_examples)
    return sum(file.stat().st_size for file in files if file.is_file()) == expected


def prepare(files: Path, data_dir: Path) -> Path:
    """Prepare tfds's MNIST in `data_dir` from the four raw, uncompressed files in `files`.

    tfds makes the data set beside its final place and moves it there once it is complete: a run
    that is killed leaves no data set that is half made, and several may run at once. A complete
    data set that is already there is kept as it is, a damaged one is made anew. Its folder is
    returned, ``<data_dir>/mnist/3.0.1``. `DataError` is raised if a raw file is missing, truncated
    or altered, or `data_dir` cannot be written to.

    Source: Y. LeCun, C. Cortes and C. J. C. Burges, *The MNIST database of handwritten digits*,
    1998.
    """
    files = argument_checks.path(files, "files")
    data_dir = argument_checks.path(data_dir, "data_dir")
    if is_prepared(data_dir):
        return data_dir / NAME
    check_files(files)
    if not is_prepared(data_dir):  # another run may have been quicker
        shutil.rmtree(data_dir / NAME, ignore_errors=True)
    _refuse_damaged(data_dir)

    # What answers tfds's request for four downloads with four local paths.
    def find(urls: dict[str, str]) -> dict[str, str]:
        return {key: str(files / Path(url).stem) for key, url in urls.items()}  # without .gz

    return _build(data_dir, find)


def download(data_dir: Path) -> Path:
    """Let tfds download and prepare MNIST in `data_dir`, unless it is there already; see `prepare`.

    `DataError` is raised if tfds's host cannot be reached or sends something other than the data,
    or if `data_dir` cannot be written to or holds a damaged data set.
    """
    data_dir = argument_checks.path(data_dir, "data_dir")
    if is_prepared(data_dir):
        return data_dir / NAME
    _refuse_damaged(data_dir)
    remedy = (
        "Connect to the network and try again, or give a folder with the four raw files: "
        "`python -m dlcourse data mnist --from FOLDER`."
    )
    if not can_download():
        raise DataError(f"MNIST: tfds's host cannot be reached. {remedy}")
    from tensorflow_datasets.core.download import download_manager, util  # noqa: PLC0415

    try:
        return _build(data_dir)
    except download_manager.NonMatchingChecksumError as error:
        raise DataError(
            "MNIST: what tfds's host sent is not the data set. A school's or a hotel's network "
            f"may have put its own page in its place: sign in there first. {remedy}"
        ) from error
    except (OSError, util.DownloadError) as error:
        raise DataError(f"MNIST: the download broke off ({error}). {remedy}") from error


def _refuse_damaged(data_dir: Path) -> None:
    """Refuse a data set that is not whole, which tfds would take as it is."""
    folder = data_dir / NAME
    if os.path.exists(folder) and not is_prepared(data_dir):  # noqa: PTH110  (may raise OSError)
        raise DataError(
            f"MNIST: {folder} is damaged: expected every file to be as long as its "
            "dataset_info.json says, found one that is not, or none. Delete it and try again."
        )


def can_download() -> bool:
    """Return whether tfds's host for MNIST answers at all; tfds itself would retry for minutes."""
    import requests  # noqa: PLC0415  (tfds downloads with it)
    from tensorflow_datasets.image_classification import mnist  # noqa: PLC0415

    try:
        requests.head(mnist._MNIST_URL, timeout=5)  # noqa: SLF001  (the address is nowhere public)
    except requests.RequestException:
        return False
    return True


def _build(data_dir: Path, find: Callable[[dict[str, str]], dict[str, str]] | None = None) -> Path:
    """Run tfds's own MNIST builder, on what `find` says is there in place of a download."""
    import tensorflow_datasets as tfds  # noqa: PLC0415

    with _tfds_writes(data_dir):
        (data_dir / NAME).parent.mkdir(parents=True, exist_ok=True)
        builder = tfds.builder(NAME.replace("/", ":"), data_dir=str(data_dir))
        if find is not None:
            generate = builder._split_generators  # noqa: SLF001  (tfds has no public way in)
            local = SimpleNamespace(download_and_extract=find)
            builder._split_generators = lambda *_, **__: generate(local)  # noqa: SLF001
        builder.download_and_prepare()
    return data_dir / NAME


@contextmanager
def _tfds_writes(data_dir: Path) -> Iterator[None]:
    """Turn what is raised where nothing can be written, mostly from within tfds, into ours."""
    import requests  # noqa: PLC0415
    import tensorflow as tf  # noqa: PLC0415

    try:
        yield
    except (requests.RequestException, ConnectionError):
        raise  # of the network, though they are OSErrors
    except (OSError, RuntimeError, tf.errors.OpError) as error:
        if is_prepared(data_dir):
            return  # another run was quicker
        reason = getattr(error, "strerror", None) or str(error).rpartition("; ")[2].strip()
        raise DataError(f"MNIST: cannot write to {data_dir}: {reason}.") from error
