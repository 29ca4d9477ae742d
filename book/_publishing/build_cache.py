"""Cache what takes long to make, for all checkouts of a user, by the recipe that made it."""

import functools
import hashlib
import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from dlcourse.safe_files import write_whole

#: What no build has used for this long is removed.
UNUSED = 90 * 86_400


def cache_folder() -> Path:
    """Return the folder that every checkout of this user shares.

    ``$DLCOURSE_CACHE`` names it; else it is ``dlcourse`` in ``$XDG_CACHE_HOME`` or ``~/.cache``.
    """
    named = os.environ.get("DLCOURSE_CACHE")
    if named:
        return Path(named)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "dlcourse"


def remembered(recipe: bytes, make: Callable[[], bytes]) -> bytes:
    """Return what `make` makes, from the user's cache if it was made by this recipe before.

    A recipe holds all that the result depends on, with the code that makes it.
    """
    content = recall(recipe)
    if content is None:
        content = make()
        with suppress(OSError):  # where the cache cannot be written, it is made anew each time
            keep(recipe, content)
    return content


def recall(recipe: bytes) -> bytes | None:
    """Return what a recipe made; None if it is not in the cache, or not as it was written."""
    path = _path(recipe)
    try:
        kept = path.read_bytes()
    except OSError:
        return None
    digest, content = kept[:32], kept[32:]
    if hashlib.sha256(content).digest() != digest:
        return None
    with suppress(OSError):  # a cache that cannot be written serves as well
        os.utime(path)
    return content


def keep(recipe: bytes, content: bytes) -> None:
    """Keep what a recipe made; `OSError` if the cache cannot be written."""
    path = _path(recipe)
    write_whole(path, hashlib.sha256(content).digest() + content)
    remove_unused(path.parent)


def _path(recipe: bytes) -> Path:
    return cache_folder() / "made" / hashlib.sha256(recipe).hexdigest()


@functools.cache
def remove_unused(folder: Path) -> None:
    """Remove what no build has used for long; once in a build."""
    for path in folder.iterdir():
        with suppress(FileNotFoundError):
            if time.time() - path.stat().st_mtime > UNUSED:
                path.unlink()
