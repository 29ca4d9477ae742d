"""Files that outlive a build: where they are kept, and how they are written."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def cache_folder() -> Path:
    """Return the folder that every checkout of this user shares.

    ``$DLCOURSE_CACHE`` names it; else it is ``dlcourse`` in ``$XDG_CACHE_HOME`` or ``~/.cache``.
    """
    named = os.environ.get("DLCOURSE_CACHE")
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(named) if named else Path(base) / "dlcourse"


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
