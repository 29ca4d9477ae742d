"""The page that a server shows for an address that is not there; it works from any depth."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

BODY = """<section><h1>Not here</h1>
<p>There is no page at this address. Perhaps it has moved, or the address has a slip.</p>
<p><a href="index.html">Begin at the beginning</a>, or
<a href="search.html">search the book</a>.</p>
</section>"""


def not_found_page(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Make the page; `postprocess` lets its addresses start at the site's root."""
    if app.builder.name == "html":
        yield "404", {"title": "Not here", "body": BODY}, "page.html"


def setup(app: Sphinx) -> None:
    """Write it with the other pages."""
    app.connect("html-collect-pages", not_found_page)
