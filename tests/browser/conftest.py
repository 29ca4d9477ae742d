"""The built site, and pages in a browser that notice what goes wrong on them."""

import os
import subprocess
import sys

import pytest
from tiny_book import BOOK, ROOT
from waiting import patient

#: What the site is made of; anything newer than the site means that it is out of date.
SOURCES = ("book/**/*", "src/**/*", "requirements.lock", "package-lock.json")
BUILT = ("_build", "__pycache__")
#: Where a page may take its files from: the tests serve what they look at, or open it as a file.
LOCAL = ("http://127.0.0.1:", "data:", "blob:", "about:", "file:")


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


@pytest.fixture
def trouble():
    """What this test's pages say in the console, ask of other hosts, and do not find."""
    return []


@pytest.fixture
def new_page(new_context, trouble):
    """Open pages that report to ``trouble`` and note in ``asked`` the addresses of what they load.

    ``new_page(color_scheme="dark", ...)``.
    """

    def open_page(**options):
        context = new_context(**options)
        context.on("page", patient)
        page = context.new_page()
        page.asked = []
        page.on("console", lambda m: trouble.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.on("request", lambda r: page.asked.append(r.url))
        page.on("request", lambda r: None if r.url.startswith(LOCAL) else trouble.append(r.url))
        page.on("response", lambda r: trouble.append(r.url) if r.status >= 400 else None)
        return page

    return open_page


@pytest.fixture
def page(new_page):
    """One page, 1280 by 720, light."""
    return new_page(viewport={"width": 1280, "height": 720})
