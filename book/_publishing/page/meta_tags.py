"""The tags at the head of a page that say what search engines and messages show of it.

Each page says in plain words what it is about: from its first paragraph. With an address (a fork's
own) come a canonical link and a card.

sphinxext-opengraph would describe pages with pieces of TeX and code, skip decks, name no fork,
load matplotlib in every build and describe its picture by the page's text. So it stays out.
"""

import re
from collections.abc import Iterator
from html import escape, unescape
from typing import Any

from docutils import nodes
from markupsafe import Markup
from sphinx.application import Sphinx

from _publishing.connect_for_html_only import on_page
from _publishing.hosting import hosting_of
from _publishing.page import social_cards

LENGTH = 200


def describe(doctree: nodes.document) -> str:
    """Say in at most some 200 characters what a page is about, without TeX or code."""
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
    if any(paragraph.findall(nodes.math)):
        return ""
    texts = (text for text in paragraph.findall(nodes.Text) if type(text.parent) is not nodes.raw)
    return " ".join("".join(texts).split())


def plain(html: str) -> str:
    """Return the words of a title that is written as HTML."""
    return unescape(re.sub(r"<[^>]*>", "", html))


def shorten(text: str) -> str:
    """Cut a text at the end of a sentence, or else of a word."""
    if len(text) <= LENGTH:
        return text
    sentences = re.match(rf"(.{{60,{LENGTH - 1}}}[.!?])\s", text)
    if sentences:
        return sentences[1]
    return text[:LENGTH].rsplit(" ", 1)[0].rstrip(",;:") + " …"


def write_tags(
    app: Sphinx, pagename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Write the tags by which a page is found and shared."""
    course, title = str(app.config.html_title), plain(str(context.get("title", "")))
    about = (describe(doctree) if doctree else "") or f"{title}: {course}"
    lines = tags(app, pagename, (title if doctree else "") or course, about)
    context["sharing"] = Markup("\n".join(lines))  # noqa: S704  (escaped in `tags`)
    # Of this one Sphinx's layout makes the canonical link.
    context["pageurl"] = hosting_of(app.config).page(pagename)


def tags(app: Sphinx, pagename: str, title: str, about: str, *, page: str = "") -> Iterator[str]:
    """Return the tags; a deck has the picture of its chapter, ``page``."""
    yield f'    <meta name="description" content="{escape(about)}" />'
    properties = {
        "type": "article",
        "title": title,
        "description": about,
        "site_name": str(app.config.html_title),
    }
    who = hosting_of(app.config)
    if url := who.page(pagename):
        page = page or pagename
        known = page if page in app.env.found_docs else str(app.config.root_doc)
        width, height = social_cards.SIZE
        properties |= {
            "url": url,
            "image": who.site_url + f"{social_cards.FOLDER}/{social_cards.card_name(known)}",
            "image:width": str(width),
            "image:height": str(height),
            "image:alt": f"The words “{title}” beside a drawing of a small network",
        }
    for name, value in properties.items():
        yield f'    <meta property="og:{name}" content="{escape(value)}" />'
    if url:
        yield '    <meta name="twitter:card" content="summary_large_image" />'


def setup(app: Sphinx) -> None:
    """Write the tags before the page."""
    on_page(app, write_tags, priority=650)
