"""The whole book on one page, from which a browser prints ``course.pdf``.

The page is joined from the written pages, so text, figures and their numbers are the same.
Printing needs a browser and takes a while, so ``make pdf`` does it and ``make site`` does
not. But a PDF that no longer says what the pages say is taken away by the next build, and
the welcome page links to it only while it is there.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import yaml

from _publishing.html_tree import content, parse
from _publishing.sphinx_events import after_build

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bs4 import BeautifulSoup
    from sphinx.application import Sphinx

NAME = "course.pdf"
SHEET = Path(__file__).parent / "static" / "whole-book.css"
#: What only a reader at a screen has a use for.
UNPRINTED = "script, button, noscript, a.headerlink, .take-away"
NAMES = ("id", "for", "aria-labelledby", "aria-describedby", "aria-controls")
ADDRESSES = ("href", "src", "srcset", "data", "poster")
_ELSEWHERE = re.compile(r"[a-z][a-z+.-]*:")
_HEADING = re.compile(r"^h[1-5]$")
#: How the welcome page offers the PDF, while there is one and while there is none.
OFFERED, HIDDEN = '<p class="take-away">', '<p class="take-away" hidden>'


class Part(NamedTuple):
    """A part of the book: its caption (none for the welcome) and its pages."""

    caption: str
    pages: list[str]


class Heading(NamedTuple):
    """A line of the table of contents."""

    level: int
    anchor: str
    html: str


def parts(source: Path) -> list[Part]:
    """Return the pages in the order of the table of contents.

    Pages that stand below another, as the package's docstrings do, are for looking up on the
    site: links lead there.
    """
    toc = yaml.safe_load((source / "_toc.yml").read_text(encoding="utf-8"))
    groups = toc.get("parts") or [{"chapters": toc.get("chapters") or []}]
    return [
        Part("", [toc["root"]]),
        *(Part(g.get("caption", ""), [e["file"] for e in g.get("chapters") or []]) for g in groups),
    ]


def article(site: Path, name: str) -> str:
    """Return what a page says, without what stands around it."""
    text = (site / f"{name}.html").read_text(encoding="utf-8")
    start = text.index(">", text.index('<article class="bd-article"')) + 1
    return text[start : text.rindex("</article>")]


def anchor(page: str, name: str = "") -> str:
    """Return the name that a place of a page has on the one page."""
    return f"{page.replace('/', '-')}--{name}" if name else page.replace("/", "-")


class Mover:
    """Moves a page's content to the one page: its names, and what its links lead to."""

    def __init__(self, page: str, pages: set[str], address: str) -> None:
        self.page, self.pages, self.address = page, pages, address

    def __call__(self, html: str) -> BeautifulSoup:
        """Return a page's content, moved."""
        tree = parse(html)
        for tag in tree.select(UNPRINTED):
            tag.decompose()
        for tag in tree.select("*"):
            for name in ("loading", "decoding"):
                tag.attrs.pop(name, None)
            for name in NAMES:
                if name in tag.attrs:
                    places = str(tag[name]).split()
                    tag[name] = " ".join(anchor(self.page, place) for place in places)
            for name in ADDRESSES:
                if name in tag.attrs:
                    tag[name] = self.to(str(tag[name]))
        return tree

    def to(self, address: str) -> str:
        """Return the address, seen from the one page, of what a page calls `address`."""
        if _ELSEWHERE.match(address):
            return address
        path, _, name = address.partition("#")
        full = posixpath.normpath(posixpath.join(posixpath.dirname(self.page), path))
        page = full.removesuffix(".html") if path else self.page
        if page in self.pages:
            return f"#{anchor(page, name)}"
        if full.startswith(("_images/", "_static/")):
            return full
        return f"{self.address}{full}"


def deepen(tree: BeautifulSoup) -> None:
    """Set all headings one level deeper."""
    for heading in tree.find_all(_HEADING):
        heading.name = f"h{int(heading.name[1]) + 1}"


def headings(tree: BeautifulSoup) -> Iterator[Heading]:
    """Name the headings, whose sections may begin at the foot of the page before; return them."""
    for section in tree.find_all("section", id=True):
        heading = section.find(["h1", "h2", "h3"], recursive=False)
        if heading is not None:
            heading["id"] = f"{section['id']}--title"
            title = parse(content(heading))
            for link in title.find_all("a"):
                link.unwrap()
            yield Heading(int(heading.name[1]), str(heading["id"]), content(title).strip())


def join(site: Path, source: Path, *, front: str, address: str, numbers: dict[str, int]) -> str:
    """Return the one page, with the HTML of its title page in front.

    Links to what is not in the PDF lead to the address where the site is served, if there is one.
    The table of contents has the page number of each anchor; none are known at first.
    """
    book = parts(source)
    pages = {page for part in book for page in part.pages}
    body: list[str] = []
    contents: list[str] = []
    for part in book:
        if part.caption:
            body.append(f'<h1 class="part">{escape(part.caption)}</h1>')
            contents.append(f'<li class="part">{escape(part.caption)}</li>')
        for page in part.pages:
            tree = Mover(page, pages, address)(article(site, page))
            contents += _lines(headings(tree), numbers)
            if part.caption:
                deepen(tree)
            body.append(f'<div class="page" id="{anchor(page)}">{content(tree)}</div>')
    title = escape(parse(front.partition("</p>")[0]).get_text().strip())
    return (
        f'<!doctype html>\n<html lang="en" data-theme="light">\n<head><meta charset="utf-8">'
        f"<title>{title}</title>\n"
        '<link rel="stylesheet" href="_static/site.css">\n'
        f"<style>{SHEET.read_text(encoding='utf-8')}</style></head>\n<body>\n"
        f'<header class="front">{front}</header>\n'
        f'<nav class="contents"><p class="heading">Contents</p><ul>{"".join(contents)}</ul></nav>\n'
        f'<main class="bd-article">{"".join(body)}</main>\n</body></html>\n'
    )


def _lines(headings: Iterator[Heading], numbers: dict[str, int]) -> list[str]:
    """Return the lines of the table of contents for a page."""
    return [
        f'<li class="level-{heading.level}"><a href="#{heading.anchor}">{heading.html}</a>'
        '<span class="dots"></span>'
        f'<span class="number">{numbers.get(heading.anchor, "")}</span></li>'
        for heading in list(headings)
        if heading.level <= 2
    ]


def fingerprint(site: Path, source: Path) -> str:
    """Return the fingerprint of what a PDF is printed from."""
    digest = hashlib.sha256(Path(__file__).read_bytes() + SHEET.read_bytes())
    for part in parts(source):
        for page in part.pages:
            text = article(site, page).replace(OFFERED, HIDDEN)
            digest.update(f"{part.caption}\0{page}\0{text}\0".encode())
    digest.update((site / "_static" / "site.css").read_bytes())
    for path in sorted((site / "_images").glob("*")):
        digest.update(f"{path.name} {path.stat().st_size}\0".encode())
    return digest.hexdigest()


def note(site: Path) -> Path:
    """Return the file that remembers what the PDF was printed from."""
    return site.parent / "pdf.sha256"


def offer_if_current(site: Path, source: Path) -> bool:
    """Take away a PDF that is out of date, offer one that is not; return whether there is one."""
    path = site / NAME
    current = path.is_file() and note(site).is_file()
    if current and note(site).read_text(encoding="utf-8") != fingerprint(site, source):
        current = False
    if not current:
        path.unlink(missing_ok=True)
    index = site / f"{parts(source)[0].pages[0]}.html"
    if not index.is_file():
        return current
    text = index.read_text(encoding="utf-8")
    shown = text.replace(HIDDEN, OFFERED) if current else text.replace(OFFERED, HIDDEN)
    if shown != text:
        index.write_text(shown, encoding="utf-8")
    return current


def write(app: Sphinx) -> None:
    """Take away or offer the PDF when every page is written."""
    if (Path(app.srcdir) / "_toc.yml").exists():
        offer_if_current(Path(app.outdir), Path(app.srcdir))


def setup(app: Sphinx) -> None:
    """Come after all that writes pages."""
    after_build(app, write, priority=900)
