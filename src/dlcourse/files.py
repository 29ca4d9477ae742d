"""Read files that others name: no pipe or device can hold the reader up or fill the memory."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from dlcourse.errors import DataError

if TYPE_CHECKING:
    from pathlib import Path


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
