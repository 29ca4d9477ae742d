"""The environment variables of a chapter's kernel: the same on every machine and day."""

import os
import tempfile
from pathlib import Path

from sphinx.errors import SphinxError

from _publishing.build_cache import cache_folder

#: What outputs may depend on.
SETTINGS = {
    "CUDA_VISIBLE_DEVICES": "",
    "DLCOURSE_BOOK": "1",
    "KERAS_BACKEND": "tensorflow",
    "PYTHONHASHSEED": "0",
    "PYTHONUTF8": "1",
    "SOURCE_DATE_EPOCH": "1767225600",  # a fixed day, so that what writes the time writes the same
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TZ": "UTC",
}
#: TensorFlow's sums in the same order each time, on however many cores: oneDNN shares them out
#: by the number of threads. One thread for each chapter, because the other cores run
#: other chapters: threads that wait for each other cost a tenth of a training.
SAME_SUMS = {"TF_DETERMINISTIC_OPS": "1", "TF_NUM_INTRAOP_THREADS": "1"}
#: What a kernel takes over: where programs, Python's own libraries and scratch files are. Nothing
#: else passes, so no setting of a user's changes an output; the next two, where they are set, give
#: outputs with keys of their own.
PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "TMPDIR")
#: What NumPy needs on some processors; its sums may then be in another order.
PROCESSOR = "OPENBLAS_CORETYPE"
#: Shortens every training, for a rehearsal (`dlcourse.quick`).
QUICK = "DLCOURSE_QUICK"


def settings(*, measures_time: bool = False) -> dict[str, str]:
    """Return what is set for a chapter, and decides about its outputs with its code.

    A chapter that measures time measures what readers have: `SAME_SUMS` cost speed.
    """
    quick = {QUICK: "1"} if os.environ.get(QUICK, "0") not in {"", "0"} else {}
    processor = {PROCESSOR: os.environ[PROCESSOR]} if PROCESSOR in os.environ else {}
    return SETTINGS | quick | processor | ({} if measures_time else SAME_SUMS)


def data_folder() -> Path:
    """Return where MNIST lies."""
    return Path(os.environ.get("TFDS_DATA_DIR") or cache_folder() / "tfds")


def environment(source: Path, *, measures_time: bool = False) -> dict[str, str]:
    """Return the whole environment of a chapter's kernel; `source` is the package's folder."""
    home = str(_home())
    return {
        **{name: os.environ[name] for name in PASSED_ON if name in os.environ},
        "HOME": home,
        "IPYTHONDIR": f"{home}/ipython",
        "KERAS_HOME": f"{home}/keras",
        "MPLCONFIGDIR": f"{home}/matplotlib",
        "PYTHONPATH": str(source),
        "TFDS_DATA_DIR": str(data_folder()),
        **settings(measures_time=measures_time),
    }


def for_starting_kernels() -> dict[str, str]:
    """Return what the build itself needs, so that it starts this Python's kernel.

    Jupyter looks for kernels among the user's files, and writes into the home how to reach one.
    """
    home = _home()
    return {
        "IPYTHONDIR": f"{home}/ipython",
        "JUPYTER_DATA_DIR": f"{home}/jupyter",
        "JUPYTER_NO_CONFIG": "1",
        "JUPYTER_PATH": "",
        "JUPYTER_PREFER_ENV_PATH": "1",
        "JUPYTER_RUNTIME_DIR": f"{home}/jupyter/runtime",
    }


def _home() -> Path:
    """Return a home for kernels: no setting of the user's is in it, and it can be written."""
    folder = Path(tempfile.gettempdir()) / f"dlcourse-home-{os.getuid()}"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid != os.getuid():
        raise SphinxError(f"{folder} belongs to somebody else: remove it, or set TMPDIR.")
    return folder
