"""What several folders share: a browser, tiny books; no published site is asked for outputs."""

import fcntl
import os
import shutil

import pytest
import tiny_book
from _publishing.build_cache import cache_folder
from playwright.sync_api import sync_playwright

os.environ["DLCOURSE_STORE"] = ""
os.environ["RUN_IN_PAGE"] = "0"  # the tests' own books do without; the site's have it
os.environ.setdefault("TFDS_DATA_DIR", str(cache_folder() / "tfds"))

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium():
    """A headless Chromium: the system's, or else the one playwright has installed."""
    system = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
    with sync_playwright() as playwright:
        if system is None and not shutil.which(playwright.chromium.executable_path):
            pytest.fail(
                "No Chromium: run `apt install chromium` or `playwright install chromium`.",
                pytrace=False,
            )
        browser = playwright.chromium.launch(executable_path=system, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def new_context(chromium):
    """Open contexts of the browser that are closed when the test ends: `new_context(**options)`."""
    contexts = []

    def start(**options):
        contexts.append(chromium.new_context(**options))
        return contexts[-1]

    yield start
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def once(tmp_path_factory, worker_id):
    """Make a folder once for all workers of this run of the tests: `once(name, make)`."""
    base = tmp_path_factory.getbasetemp()
    base = base if worker_id == "master" else base.parent

    def once(name, make):
        folder = base / name
        folder.mkdir(exist_ok=True)
        with (base / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (folder / "made").exists():
                make(folder)
                (folder / "made").touch()
        return folder

    return once


@pytest.fixture(scope="session")
def build_book(tmp_path_factory):
    """Build a tiny book from ``{path: content}``; with ``before``, the same one where it is."""

    def build(files, *, before=None, **options):
        folder = before.html.parents[2] if before else tmp_path_factory.mktemp("book")
        return tiny_book.build(files, folder, **options)

    return build
