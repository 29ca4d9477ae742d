"""Where the tools find what they share: this checkout, its packages, the user's cache, a browser.

Like `make_ready`, it uses the standard library alone and no syntax newer than Python 3.6.
"""

import os
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
NODE_MODULES = ROOT / "node_modules"
SCRIPTS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = SCRIPTS / "python"


def cache_folder():
    """Return the folder that every checkout of this user shares."""
    named = os.environ.get("DLCOURSE_CACHE")
    if named:
        return Path(named)
    return Path(os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")) / "dlcourse"


def chromium():
    """Return the path of Chromium or Chrome, which ``$CHROMIUM`` may name; None without one."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
