"""The built site."""

import os
import subprocess
import sys

import pytest
from tiny_book import BOOK, ROOT

#: What the site is made of; anything newer than the site means that it is out of date.
SOURCES = ("book/**/*", "src/**/*", "requirements.lock", "package-lock.json")
BUILT = ("_build", "__pycache__")


def newest_source():
    """When the sources last changed."""
    files = (path for pattern in SOURCES for path in ROOT.glob(pattern))
    kept = (p for p in files if p.is_file() and not set(BUILT) & set(p.parts))
    return max(path.stat().st_mtime for path in kept)


@pytest.fixture(scope="session")
def site():
    """Folder of the built site; built first if it is missing or out of date."""
    folder = BOOK / "_build" / "html"
    search = folder / "search.html"
    if not search.exists() or search.stat().st_mtime < newest_source():
        done = subprocess.run(
            [sys.executable, ROOT / "tools" / "make_site.py"],
            env=os.environ | {"PYTHONPATH": str(ROOT / "src"), "RUN_IN_PAGE": "1"},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            pytest.fail(f"The site does not build:\n{done.stdout}\n{done.stderr}", pytrace=False)
    return folder
