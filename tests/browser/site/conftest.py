"""The built site on localhost, and pages of it that stay open in either browser."""

import firefox
import pytest
from file_server import served


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
