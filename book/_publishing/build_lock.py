"""A lock on the folder of builds: of two builds at once the second waits for the first."""

import fcntl
from pathlib import Path
from typing import IO

from _publishing.console import say

_locks: dict[Path, IO[str]] = {}


def take(folder: Path) -> None:
    """Take the lock of a folder, which is made if need be; wait while another build has it."""
    folder.mkdir(parents=True, exist_ok=True)
    file = (folder / ".building.lock").open("w", encoding="utf-8")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        say("another build of this book is under way: waiting for it")
        fcntl.flock(file, fcntl.LOCK_EX)
    _locks[folder] = file


def let_go(folder: Path) -> None:
    """Let the next build in, if this one has the lock."""
    lock = _locks.pop(folder, None)
    if lock:
        lock.close()
