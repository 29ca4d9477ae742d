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

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

NAME = "course.pdf"
SHEET = Path(__file__).parent / "static" / "whole-book.css"
_ARTICLE = re.compile(r'<article class="bd-article"[^>]*>(.*)</article>', re.DOTALL)
_TAG = re.compile(r"<[a-zA-Z][^<>]*>")
_NAMES = re.compile(r'\b(id|for|aria-labelledby|aria-describedby|aria-controls)="([^"]*)"')
_ADDRESS = re.compile(r'\b(href|src|srcset|data|poster)="([^"]*)"')
_ELSEWHERE = re.compile(r"[a-z][a-z+.-]*:")
#: What only a reader at a screen has a use for.
_UNPRINTED = re.compile(
    r"<(script|button|noscript)\b.*?</\1>"
    r"|<a class=\"headerlink\".*?</a>"
    r"|\s(?:loading|decoding)=\"\w+\"",
    re.DOTALL,
)
_SECTION = re.compile(
    r'<section\b[^>]*?\bid="([^"]+)"[^>]*>\s*'
    r'(?:<span id="[^"]*"></span>\s*)*<h([1-3])\b([^>]*)>(.*?)</h\2>',
    re.DOTALL,
)
_HEADING = re.compile(r"(</?h)([1-5])\b")
_OFFER_WHOLE = re.compile(r'<p class="take-away".*?</p>', re.DOTALL)
_OFFER = re.compile(r'<p class="take-away"(?: hidden)?>')


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
    """Give the pages in the order of the table of contents.

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
    """Give what a page says, without what stands around it."""
    text = (site / f"{name}.html").read_text(encoding="utf-8")
    found = _ARTICLE.search(text)
    return _OFFER_WHOLE.sub("", found[1]) if found else ""


def anchor(page: str, name: str = "") -> str:
    """Give the name that a place of a page has on the one page."""
    return f"{page.replace('/', '-')}--{name}" if name else page.replace("/", "-")


class Mover:
    """Moves a page's content to the one page: its names, and what its links lead to."""

    def __init__(self, page: str, pages: set[str], address: str) -> None:
        self.page, self.pages, self.address = page, pages, address

    def __call__(self, text: str) -> str:
        """Move a page's content."""
        return _TAG.sub(self._tag, _UNPRINTED.sub("", text))

    def _tag(self, match: re.Match[str]) -> str:
        tag = _NAMES.sub(self._name, match[0])
        return _ADDRESS.sub(lambda m: f'{m[1]}="{escape(self.to(m[2]))}"', tag)

    def _name(self, match: re.Match[str]) -> str:
        names = " ".join(anchor(self.page, name) for name in match[2].split())
        return f'{match[1]}="{names}"'

    def to(self, address: str) -> str:
        """Give the address, seen from the one page, of what a page calls `address`."""
        if _ELSEWHERE.match(address):
            return address.replace("&amp;", "&")
        path, _, name = address.partition("#")
        full = posixpath.normpath(posixpath.join(posixpath.dirname(self.page), path))
        page = full.removesuffix(".html") if path else self.page
        if page in self.pages:
            return f"#{anchor(page, name)}"
        if full.startswith(("_images/", "_static/")):
            return full
        return f"{self.address}{full}"


def deeper(html: str) -> str:
    """Set all headings one level deeper."""
    return _HEADING.sub(lambda m: f"{m[1]}{int(m[2]) + 1}", html)


def headings(html: str) -> Iterator[Heading]:
    """Give a page's title and the titles of its sections, each with its anchor."""
    for match in _SECTION.finditer(html):
        title = re.sub(r"</?a\b[^>]*>", "", match[4]).strip()
        yield Heading(int(match[2]), f"{match[1]}--title", title)


def _named(match: re.Match[str]) -> str:
    """Give a heading a name: its section may begin at the foot of the page before."""
    cut = match.start(3) - match.start()
    return f'{match[0][:cut]} id="{match[1]}--title"{match[0][cut:]}'


def join(site: Path, source: Path, *, front: str, address: str, numbers: dict[str, int]) -> str:
    """Give the one page.

    Parameters
    ----------
    site
        The built site.
    source
        The book's folder.
    front
        HTML of the title page.
    address
        Where the site is served, for links to what is not in the PDF; may be empty.
    numbers
        Page number of each anchor, for the table of contents; none are known at first.
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
            html = Mover(page, pages, address)(article(site, page))
            html = _SECTION.sub(_named, html)
            contents += _lines(html, numbers)
            html = deeper(html) if part.caption else html
            body.append(f'<div class="page" id="{anchor(page)}">{html}</div>')
    title = re.sub(r"<[^>]*>", "", front.partition("</p>")[0]).strip()
    return (
        f'<!doctype html>\n<html lang="en" data-theme="light">\n<head><meta charset="utf-8">'
        f"<title>{title}</title>\n"
        '<link rel="stylesheet" href="_static/site.css">\n'
        f"<style>{SHEET.read_text(encoding='utf-8')}</style></head>\n<body>\n"
        f'<header class="front">{front}</header>\n'
        f'<nav class="contents"><p class="heading">Contents</p><ul>{"".join(contents)}</ul></nav>\n'
        f'<main class="bd-article">{"".join(body)}</main>\n</body></html>\n'
    )


def _lines(html: str, numbers: dict[str, int]) -> Iterator[str]:
    for heading in headings(html):
        if heading.level <= 2:
            number = numbers.get(heading.anchor, "")
            yield (
                f'<li class="level-{heading.level}"><a href="#{heading.anchor}">{heading.html}</a>'
                f'<span class="dots"></span><span class="number">{number}</span></li>'
            )


def fingerprint(site: Path, source: Path) -> str:
    """Give the fingerprint of what a PDF is printed from."""
    digest = hashlib.sha256(Path(__file__).read_bytes() + SHEET.read_bytes())
    for part in parts(source):
        for page in part.pages:
            digest.update(f"{part.caption}\0{page}\0{article(site, page)}\0".encode())
    digest.update((site / "_static" / "site.css").read_bytes())
    for path in sorted((site / "_images").glob("*")):
        digest.update(f"{path.name} {path.stat().st_size}\0".encode())
    return digest.hexdigest()


def note(site: Path) -> Path:
    """Give the file that remembers what the PDF was printed from."""
    return site.parent / "pdf.sha256"


def settle(site: Path, source: Path) -> bool:
    """Take away a PDF that is out of date, and offer on the welcome page one that is not.

    Returns
    -------
    bool
        Whether there is a PDF that says what the pages say.
    """
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
    shown = _OFFER.sub(f'<p class="take-away"{"" if current else " hidden"}>', text)
    if shown != text:
        index.write_text(shown, encoding="utf-8")
    return current


def write(app: Sphinx, exception: Exception | None) -> None:
    """Settle what becomes of the PDF when every page is written."""
    if (
        exception is None
        and app.builder.name == "html"
        and (Path(app.srcdir) / "_toc.yml").exists()
    ):
        settle(Path(app.outdir), Path(app.srcdir))


def setup(app: Sphinx) -> None:
    """Come after all that writes pages."""
    app.connect("build-finished", write, priority=900)
