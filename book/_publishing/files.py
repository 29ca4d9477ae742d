"""Where files are kept that outlive a build."""

from __future__ import annotations

import os
from pathlib import Path


def cache_folder() -> Path:
    """Return the folder that every checkout of this user shares.

    ``$DLCOURSE_CACHE`` names it; else it is ``dlcourse`` in ``$XDG_CACHE_HOME`` or ``~/.cache``.
    """
    named = os.environ.get("DLCOURSE_CACHE")
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(named) if named else Path(base) / "dlcourse"
