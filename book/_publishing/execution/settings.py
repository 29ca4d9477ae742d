"""What a chapter's kernel finds in its environment: the same on every machine and day."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

#: A fixed day: what writes the time into its output shall write the same each time.
EPOCH = "1767225600"
#: What outputs may depend on.
SETTINGS = {
    "CUDA_VISIBLE_DEVICES": "",
    "DLCOURSE_BOOK": "1",
    "PYTHONHASHSEED": "0",
    "PYTHONUTF8": "1",
    "SOURCE_DATE_EPOCH": EPOCH,
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TZ": "UTC",
}
#: TensorFlow's sums in the same order each time, on however many cores: oneDNN shares them out
#: by the number of threads, so that number is fixed.
SAME_SUMS = {"TF_DETERMINISTIC_OPS": "1", "TF_NUM_INTRAOP_THREADS": "2"}


def settings(*, measures_time: bool = False) -> dict[str, str]:
    """Give what is set for a chapter, and decides about its outputs with its code.

    A chapter that measures time measures what readers have: the same order of sums each day
    costs speed, and rules out a compiler.
    """
    return SETTINGS if measures_time else SETTINGS | SAME_SUMS


def environment(root: Path, *, measures_time: bool = False) -> dict[str, str]:
    """Give the whole environment of a chapter's kernel."""
    return {
        **os.environ,
        "IPYTHONDIR": str(Path(tempfile.gettempdir()) / f"dlcourse-ipython-{os.getuid()}"),
        "PYTHONPATH": str(root / "src"),
        "TFDS_DATA_DIR": os.environ.get("TFDS_DATA_DIR") or str(root / "data" / "tfds"),
        **settings(measures_time=measures_time),
    }
