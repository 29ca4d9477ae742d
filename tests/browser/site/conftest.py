"""Pages of the built site, served on localhost, that notice what goes wrong on them."""

import sys
from pathlib import Path

import firefox
import pytest
from file_server import served
from waiting import patient

sys.path.insert(0, str(Path(__file__).parent))  # for what the tests of this folder share


@pytest.fixture(scope="session")
def site_url(site):
    """Address of the site on localhost, without a trailing slash."""
    with served(site) as address:
        yield address


@pytest.fixture(scope="module")
def open_browser(chromium, tmp_path_factory):
    """Return a page in either browser, which stays open for all tests of a module."""
    pages = {}

    def open_page(browser):
        if browser == "firefox" and not firefox.command():
            pytest.skip("Firefox is not installed")
        if browser not in pages:
            pages[browser] = (
                chromium.new_page()
                if browser == "chromium"
                else firefox.Firefox(tmp_path_factory.mktemp("firefox"))
            )
        return pages[browser]

    yield open_page
    for page in pages.values():
        page.close()


@pytest.fixture
def trouble():
    """What this test's pages say in the console, ask of other hosts, and do not find."""
    return []


@pytest.fixture
def new_page(new_context, site_url, trouble):
    """Open pages that report to ``trouble``: ``new_page(color_scheme="dark", ...)``."""
    local = (site_url, "data:", "blob:", "about:", "file:")

    def open_page(**options):
        context = new_context(**options)
        context.on("page", patient)
        page = context.new_page()
        page.on("console", lambda m: trouble.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.on("request", lambda r: None if r.url.startswith(local) else trouble.append(r.url))
        page.on("response", lambda r: trouble.append(r.url) if r.status >= 400 else None)
        return page

    return open_page


@pytest.fixture
def page(new_page):
    """One page, 1280 by 720, light."""
    return new_page(viewport={"width": 1280, "height": 720})
