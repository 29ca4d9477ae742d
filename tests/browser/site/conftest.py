"""The built site, served on localhost, and pages that notice what goes wrong on them."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from file_server import served

sys.path.insert(0, str(Path(__file__).parent))  # for what the tests of this folder share

from pages import ROOT, SITE

#: What the site is made of; anything newer than the site means that it is out of date.
SOURCES = ("book/**/*", "src/**/*.py", "requirements.lock", "package-lock.json")
BUILT = ("_build", "__pycache__")


def newest_source():
    """When the sources last changed."""
    files = (path for pattern in SOURCES for path in ROOT.glob(pattern))
    kept = (p for p in files if p.is_file() and not set(BUILT) & set(p.parts))
    return max(path.stat().st_mtime for path in kept)


@pytest.fixture(scope="session")
def site():
    """Folder of the built site; built first if it is missing or out of date."""
    search = SITE / "search.html"
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
    return SITE


@pytest.fixture(scope="session")
def site_url(site):
    """Address of the site on localhost, without a trailing slash."""
    with served(site) as address:
        yield address


@pytest.fixture
def trouble():
    """What this test's pages say in the console, ask of other hosts, and do not find."""
    return []


def patient(page):
    """Let a page wait for a condition without `eval`, which the site's policy forbids it."""

    def wait_for_function(expression, *, arg=None, timeout=30_000):
        end = time.monotonic() + timeout / 1000
        while not page.evaluate(expression, arg):
            if time.monotonic() > end:
                raise TimeoutError(f"in {timeout} ms it never came true: {expression}")
            page.wait_for_timeout(30)

    page.wait_for_function = wait_for_function
    return page


@pytest.fixture
def new_page(chromium, site_url, trouble):
    """Open pages that report to ``trouble``: ``new_page(color_scheme="dark", ...)``."""
    contexts = []
    local = (site_url, "data:", "blob:", "about:", "file:")

    def open_page(**options):
        context = chromium.new_context(**options)
        contexts.append(context)
        context.on("page", patient)
        page = context.new_page()
        page.on("console", lambda m: trouble.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.on("request", lambda r: None if r.url.startswith(local) else trouble.append(r.url))
        page.on("response", lambda r: trouble.append(r.url) if r.status >= 400 else None)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def page(new_page):
    """One page, 1280 by 720, light."""
    return new_page(viewport={"width": 1280, "height": 720})
