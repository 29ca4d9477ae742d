"""The page that a server shows for an address that is not there; it works from any depth."""

import re
from typing import Any

from bs4 import BeautifulSoup
from sphinx.application import Sphinx

BODY = """<section><h1>Not here</h1>
<p>There is no page at this address. Perhaps it has moved, or the address has a slip.</p>
<p><a href="index.html">Begin at the beginning</a>, or
<a href="search.html">search the book</a>.</p>
</section>"""
#: Addresses that are neither of another site nor of the same page.
_INTO_SITE = re.compile(r"^(?![a-z]+:|#|/)")


def not_found_page(_app: Sphinx) -> list[tuple[str, dict[str, Any], str]]:
    """Make the page; `postprocess` has `start_at_root` mend its addresses."""
    return [("404", {"title": "Not here", "body": BODY}, "page.html")]


def start_at_root(page: BeautifulSoup, root: str) -> None:
    """Make a page's addresses work wherever the server shows the page."""
    for attribute in ("href", "src", "action", "data-content_root"):
        for tag in page.find_all(None, {attribute: _INTO_SITE}):
            tag[attribute] = root + str(tag[attribute]).removeprefix("./")


def setup(app: Sphinx) -> None:
    """Write it with the other pages."""
    app.connect("html-collect-pages", not_found_page)
