"""Files, read and written with care.

No device, and no pipe that nobody writes to, can hold a reader up or fill the memory; what is
written is there whole or not at all.
"""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path

from dlcourse.errors import DataError


def read(path: Path, name: str, *, at_most: int) -> bytes:
    """Read a file whole, if it is a file and not too long.

    Parameters
    ----------
    path
        The file; a pipe will do, if somebody writes to it.
    name
        What messages call it.
    at_most
        No more bytes are accepted. A longer file is not read at all.

    Raises
    ------
    DataError
        If the file is missing, no file, not to be read, or too long.
    """
    too_long = DataError(f"{name} is too large: at most {at_most:,} bytes are read.")
    try:
        with open(path, "rb", opener=_open) as file:
            about = os.fstat(file.fileno())
            if stat.S_ISCHR(about.st_mode) or stat.S_ISBLK(about.st_mode):
                raise DataError(f"Cannot read {name}: it is a device, not a file.")
            if about.st_size > at_most:
                raise too_long
            pieces, size = [], 0
            while piece := file.read(2**20):
                pieces.append(piece)
                size += len(piece)
                if size > at_most:  # a pipe, or a file that grows
                    raise too_long
    except (OSError, TypeError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise DataError(f"Cannot read {name}: {reason}.") from error
    return b"".join(pieces)


def _open(path: str, flags: int) -> int:
    """Open a file; where it is a pipe, without waiting for somebody who writes to it."""
    descriptor = os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
    if hasattr(os, "O_NONBLOCK"):
        os.set_blocking(descriptor, True)
    return descriptor


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file so that a reader, or a run after a crash, sees all of it or none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".part-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content.encode("utf-8") if isinstance(content, str) else content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o666 & ~_UMASK)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    """Return the rights that new files lack; reading them means setting them for a moment."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


_UMASK = _umask()
