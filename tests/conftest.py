"""What tests in several folders share: one real browser; no published site is asked for outputs."""

import os
import shutil

import pytest
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
