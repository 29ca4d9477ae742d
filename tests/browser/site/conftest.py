"""The built site, served on localhost, and pages that notice what goes wrong on them."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

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


@dataclass
class Trouble:
    """What a visitor would see in the console or in the list of requests."""

    home: str
    errors: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    def watch(self, page):
        """Listen to a page."""
        page.on("console", lambda m: self.errors.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", self._note_request)
        page.on("response", self._note_response)
        return page

    def _note_request(self, request):
        parts = urlsplit(request.url)
        local = {urlsplit(self.home).netloc, ""}
        if parts.scheme not in {"data", "blob", "about", "file"} and parts.netloc not in local:
            self.foreign.append(request.url)

    def _note_response(self, response):
        if response.status >= 400:
            self.missing.append(response.url)

    def none(self):
        """Fail if there was any trouble; otherwise say so."""
        assert self.errors == []
        assert self.foreign == []
        assert self.missing == []
        return True


@pytest.fixture
def trouble(site_url):
    """Collects console errors, foreign requests and missing files of this test's pages."""
    return Trouble(site_url)


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
def new_page(chromium, trouble):
    """Open pages that report to ``trouble``: ``new_page(color_scheme="dark", ...)``."""
    contexts = []

    def open_page(**options):
        context = chromium.new_context(**options)
        contexts.append(context)
        context.on("page", patient)
        return trouble.watch(context.new_page())

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def page(new_page):
    """One page, 1280 by 720, light."""
    return new_page(viewport={"width": 1280, "height": 720})


@pytest.fixture(scope="session")
def axe():
    """The source of axe-core, to be put into a page."""
    return (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
