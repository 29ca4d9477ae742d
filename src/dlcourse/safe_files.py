"""Files, read and written with care.

No device and no pipe can hold a reader up or fill the memory; what is written is there whole or
not at all.
"""

import os
from pathlib import Path
from uuid import uuid4

from dlcourse.errors import DataError


def read(path: Path, name: str, *, at_most: int) -> bytes:
    """Read a file whole; `name` is what messages call it.

    `DataError` is raised if it is missing, no file, not to be read, or longer than `at_most` bytes.
    """
    try:
        size = path.stat().st_size
        if not path.is_file() and not path.is_dir():
            raise DataError(
                f"Cannot read {name}: it is a device or a pipe, not a file. Save it to one first."
            )
        if size > at_most:
            raise DataError(f"{name} is too large: at most {at_most:,} bytes are read.")
        return path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise DataError(f"Cannot read {name}: {reason}.") from error


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file so that a reader, or a run after a crash, sees all of it or none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".part-{uuid4().hex}")
    try:
        with part.open("xb") as file:
            file.write(content.encode("utf-8") if isinstance(content, str) else content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
