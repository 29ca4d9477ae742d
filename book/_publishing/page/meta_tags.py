"""What search engines and messages show of a page, and how they find it.

Each page says in plain words what it is about: from its front matter, or from its first
paragraph. With an address (a fork's own) come canonical links, cards and a sitemap; the
page for an address that is not there works from any depth.

sphinxext-opengraph would describe pages with pieces of TeX and code, skip decks, name no fork,
load matplotlib in every build and describe its picture by the page's text; sphinx-sitemap knows
no decks. So both stay out.
"""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from markupsafe import Markup

from _publishing.page import cards
from _publishing.page.identity import identity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

LENGTH = 200
NOT_FOUND = """<section><h1>Not here</h1>
<p>There is no page at this address. Perhaps it has moved, or the address has a slip.</p>
<p><a href="{home}">Begin at the beginning</a>, or <a href="{search}">search the book</a>.</p>
</section>"""


def describe(doctree: nodes.document) -> str:
    """Say in at most some 200 characters what a page is about, without TeX or code."""
    for meta in doctree.findall(nodes.meta):
        if meta.get("name") == "description":
            return str(meta["content"])
    for paragraph in doctree.findall(nodes.paragraph):
        text = _plain(paragraph)
        first = next((part for part in paragraph.children if part.astext()), None)
        if isinstance(first, nodes.strong):  # "You need", "Time"
            continue
        if len(text) >= 40 and isinstance(paragraph.parent, nodes.section):
            return shorten(text)
    return ""


def _plain(paragraph: nodes.paragraph) -> str:
    """Return a paragraph's words; one with a formula has none that can stand alone."""
    if any(True for _ in paragraph.findall(nodes.math)):
        return ""
    return " ".join(paragraph.astext().split())


def shorten(text: str) -> str:
    """Cut a text at the end of a sentence, or else of a word."""
    if len(text) <= LENGTH:
        return text
    sentences = re.match(rf"(.{{60,{LENGTH - 1}}}[.!?])\s", text)
    if sentences:
        return sentences[1]
    return text[:LENGTH].rsplit(" ", 1)[0].rstrip(",;:") + " …"


def write_tags(
    app: Sphinx,
    pagename: str,
    _templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Write the tags by which a page is found and shared."""
    about = describe(doctree) if doctree is not None else ""
    about = about or f"{context.get('title', '')}: {app.config.html_title}"
    title = re.sub(r"<[^>]*>", "", str(context.get("title", ""))) if doctree else ""
    lines = list(tags(app, pagename, title or str(app.config.html_title), about))
    has_description = 'name="description"' in str(context.get("metatags", ""))
    context["sharing"] = Markup("\n".join(lines[has_description:]))  # noqa: S704  (escaped in `tags`)
    context["pageurl"] = address(app, pagename)


def address(app: Sphinx, pagename: str) -> str:
    """Return a page's one address; the not-found page, shown at any address, has none."""
    site = identity(app.config).site_url
    return f"{site}{_file(pagename)}" if site and pagename != "404" else ""


def tags(app: Sphinx, pagename: str, title: str, about: str, *, page: str = "") -> Iterator[str]:
    """Return the tags, the description first; the picture is that of ``page``, or its own."""
    yield f'    <meta name="description" content="{escape(about)}" />'
    yield from (
        f'    <meta property="og:{name}" content="{escape(value)}" />'
        for name, value in (
            ("type", "article"),
            ("title", title),
            ("description", about),
            ("site_name", str(app.config.html_title)),
        )
    )
    if url := address(app, pagename):
        site = identity(app.config).site_url
        yield f'    <meta property="og:url" content="{url}" />'
        page = page or pagename
        known = page if page in app.env.found_docs else str(app.config.root_doc)
        width, height = cards.SIZE
        yield f'    <meta property="og:image" content="{site}{cards.address(known)}" />'
        yield f'    <meta property="og:image:width" content="{width}" />'
        yield f'    <meta property="og:image:height" content="{height}" />'
        words = f"The words “{title}” beside a drawing of a small network"
        yield f'    <meta property="og:image:alt" content="{escape(words)}" />'
        yield '    <meta name="twitter:card" content="summary_large_image" />'


def _file(pagename: str) -> str:
    """Address of a page below the site's; the first page is the site itself."""
    return "" if pagename == "index" else f"{pagename}.html"


def not_found_page(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Make the page that a server shows when there is none."""
    if app.builder.name == "html":
        body = NOT_FOUND.format(home="index.html", search="search.html")
        yield "404", {"title": "Not here", "body": body}, "page.html"


def write_sitemap(app: Sphinx, exception: Exception | None) -> None:
    """List all pages and decks for search engines."""
    site = identity(app.config).site_url
    if exception is not None or app.builder.name != "html":
        return
    out = Path(app.outdir)
    path = out / "sitemap.xml"
    if not site:
        path.unlink(missing_ok=True)
        return
    pages = sorted(_file(name) for name in app.env.found_docs if (out / f"{name}.html").is_file())
    decks = sorted(p.relative_to(out).as_posix() for p in (out / "slides").glob("*.html"))
    lines = "".join(f"  <url><loc>{site}{page}</loc></url>\n" for page in [*pages, *decks])
    path.write_text(
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{lines}</urlset>\n',
        encoding="utf-8",
    )
    (out / "robots.txt").write_text(
        f"User-agent: *\nAllow: /\nSitemap: {site}sitemap.xml\n", encoding="utf-8"
    )


def setup(app: Sphinx) -> None:
    """Write the tags before the page, the map after all pages."""
    app.connect("html-page-context", write_tags, priority=650)
    app.connect("html-collect-pages", not_found_page)
    app.connect("build-finished", write_sitemap)
