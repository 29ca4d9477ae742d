"""The built site on localhost, and a page in either browser."""

import firefox
import pytest
from file_server import served


@pytest.fixture(scope="session")
def site_url(site):
    """Address of the site on localhost, without a trailing slash."""
    with served(site) as address:
        yield address


@pytest.fixture(scope="session")
def firefox_page(tmp_path_factory):
    """A page in Firefox, which takes seconds to start: it stays open."""
    if not firefox.command():
        pytest.skip("Firefox is not installed")
    page = firefox.Firefox(tmp_path_factory.mktemp("firefox"))
    yield page
    page.close()


@pytest.fixture
def browser_page(request, browser):
    """A page in the browser that a test has as a parameter."""
    return request.getfixturevalue({"chromium": "page", "firefox": "firefox_page"}[browser])
