"""Find the Chromium or Chrome of this machine."""

from __future__ import annotations

import os
import shutil

#: Where it may be, by name on the path.
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium() -> str | None:
    """Return the path of Chromium or Chrome, which ``$CHROMIUM`` may name; None without one."""
    named = os.environ.get("CHROMIUM")
    return named or next((path for name in NAMES if (path := shutil.which(name))), None)
