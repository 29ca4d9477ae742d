"""Finish the HTML of every page and deck where no template or setting of the theme reaches.

A policy allows nothing but the site's own files, links that leave the site are marked, pictures
below the first load when they come near, what belongs together stays on one line, and a long name
breaks between its parts.
"""

import re
from typing import Any
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString
from sphinx.application import Sphinx

from _publishing.hosting import NOWHERE, hosting_of
from _publishing.html_tree import classes, parse, write
from _publishing.page import markup_repairs
from _publishing.page.content_security_policy import set_policy, speaker_view
from _publishing.page.not_found_page import start_at_root
from _publishing.page.shade_probability_tables import shade_tables

#: Elements whose text is shown as it is, or not at all.
VERBATIM = {"head", "script", "style", "pre", "code", "math", "svg"}
#: The space before a per cent sign, and those around the cross of a size.
_TOGETHER = re.compile(r"(?:^|(?<=\d)) (?:(?=%)|× (?=\d|$))")
#: What stands against a formula: a bracket before it; a comma, or the rest of a word, after it.
_BEFORE, _AFTER = re.compile(r"[(\[“\u2018]+$"), re.compile(r"^\S+")
#: Where a narrow screen may break a name: after what joins its parts.
_JOINT = re.compile(r"(?<=[_(=.])(?=[^\W\d]|$)")
_NAMES = ":is(table code, h1 code, h2 code, dl.py dt.sig) :is(.pre, .sig-paren)"


def finish(app: Sphinx, name: str, text: str) -> str:
    """Finish one page."""
    page = parse(text)
    deck = name == "deck.html"
    if not deck:  # what the theme writes
        markup_repairs.repair(page)
        shade_tables(page)
        break_names(page)
    markup_repairs.repair_content(page)  # what extensions write
    mark_links(page, hosting_of(app.config).site_url or NOWHERE)
    keep_together(page)
    load_late(page)
    if name == "404.html":
        start_at_root(page, urlsplit(hosting_of(app.config).site_url).path or "/")
    # A deck also writes reveal.js's speaker view, a window with scripts of its own.
    set_policy(page, speaker_view() if deck else (), frames=deck)
    return write(page)


def mark_links(page: BeautifulSoup, home: str) -> None:
    """Mark links that leave the site; the page that they open learns nothing of ours.

    A link to the site's own address stays where the reader is: on a copy, or in a folder.
    """
    root = str(page.html.get("data-content_root", "../")) if page.html else "../"
    for link in page.find_all("a", href=re.compile("^https?://")):
        names = [name for name in classes(link) if name not in {"external", "internal"}]
        address = str(link["href"])
        if address.startswith(home):
            link["href"] = root + (address.removeprefix(home) or "index.html")
            link["class"] = " ".join([*names, "internal"])
        else:
            link["class"] = " ".join([*names, "external"])
            link.attrs.setdefault("rel", "noopener")


def keep_together(page: BeautifulSoup) -> None:
    """Keep a line from ending within a number and its unit, or between a formula and its comma."""
    for text in page.find_all(string=re.compile("[%×]")):
        # Not one of its kinds, which are comments and the like.
        if type(text) is NavigableString and VERBATIM.isdisjoint(tag.name for tag in text.parents):
            text.replace_with(_TOGETHER.sub(lambda match: match[0].replace(" ", "\xa0"), text))
    for formula in page.find_all("math"):
        if formula.get("display") != "block":
            _hold_neighbours(page, formula)


def _hold_neighbours(page: BeautifulSoup, formula: Tag) -> None:
    """Hold a formula and what stands against it on one line."""
    before = _take(formula.previous_sibling, _BEFORE)
    after = _take(formula.next_sibling, _AFTER)
    if before or after:
        box = formula.wrap(page.new_tag("span", attrs={"class": "together"}))
        box.insert(0, before)
        box.append(after)


def _take(neighbour: Any, pattern: re.Pattern[str]) -> str:
    """Take from a text beside a formula what stands against the formula."""
    match = pattern.search(neighbour) if type(neighbour) is NavigableString else None
    if match:
        neighbour.replace_with(neighbour[: match.start()] + neighbour[match.end() :])
    return match[0] if match else ""


def break_names(page: BeautifulSoup) -> None:
    """Let a name in a table, a heading or a signature break between its parts."""
    for name in page.select(_NAMES):
        for text in name.find_all(string=_JOINT):
            parts = _JOINT.split(text)
            text.replace_with(
                *[node for part in parts for node in (part, page.new_tag("wbr"))][:-1]
            )


def load_late(page: BeautifulSoup) -> None:
    """Load pictures when they come near, all but the first, which may be in view at once."""
    for picture in page.find_all("img", loading=False)[1:]:
        picture["loading"] = "lazy"


def wrap(app: Sphinx) -> None:
    """Let every page that the builder renders pass through `finish`."""
    if app.builder.name != "html":
        return
    templates: Any = app.builder.templates
    render = templates.render

    def finished(name: str, context: dict[str, Any]) -> str:
        text = str(render(name, context))
        if not name.endswith(".html") or "<html" not in text:  # the theme also renders parts
            return text
        return finish(app, "404.html" if context.get("pagename") == "404" else name, text)

    templates.render = finished


def setup(app: Sphinx) -> None:
    """Wrap the builder's templates as soon as there are any."""
    app.connect("builder-inited", wrap, priority=900)
