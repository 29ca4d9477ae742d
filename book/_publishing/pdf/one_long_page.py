"""The whole book on one page, from which a browser prints the PDF.

The page is joined from the written pages, so text, figures and their numbers are the same.
"""

import posixpath
import re
from collections.abc import Iterator
from html import escape
from pathlib import Path

import yaml
from bs4 import BeautifulSoup

from _publishing.html_tree import content, parse

SHEET = Path(__file__).parents[1] / "static" / "whole-book.css"
#: What only a reader at a screen has a use for.
UNPRINTED = "script, button, noscript, a.headerlink, .take-away"
NAMES = ("id", "for", "aria-labelledby", "aria-describedby", "aria-controls")
ADDRESSES = ("href", "src", "srcset", "data", "poster")
_ELSEWHERE = re.compile(r"[a-z][a-z+.-]*:")
_HEADING = re.compile(r"^h[1-5]$")


def parts(source: Path) -> dict[str, list[str]]:
    """Return the pages of each part, by its caption (none for the welcome), in the book's order.

    Left out are pages that stand below another, as the package's docstrings do: they are for
    looking up on the site, and links lead there.
    """
    toc = yaml.safe_load((source / "_toc.yml").read_text(encoding="utf-8"))
    try:
        named = {p["caption"]: [page["file"] for page in p["chapters"]] for p in toc["parts"]}
    except KeyError as missing:
        raise ValueError(
            "_toc.yml: the PDF needs parts with a caption and chapters, each of them a file;"
            f" there is no {missing}."
        ) from missing
    return {"": [toc["root"]], **named}


def article(site: Path, name: str) -> str:
    """Return what a page says, without what stands around it."""
    text = (site / f"{name}.html").read_text(encoding="utf-8")
    start = text.index(">", text.index('<article class="bd-article"')) + 1
    return text[start : text.rindex("</article>")]


def anchor(page: str, name: str = "") -> str:
    """Return the name that a place of a page, or the page, has on the one page."""
    return page.replace("/", "-") + (f"--{name}" if name else "")


def moved(html: str, page: str, pages: set[str], site: str) -> BeautifulSoup:
    """Return a page's content for the one page: with names, and links to names, of its own."""
    tree = parse(html)
    for tag in tree.select(UNPRINTED):
        tag.decompose()
    for tag in tree.select("*"):
        for name in ("loading", "decoding"):
            tag.attrs.pop(name, None)
        for name in NAMES:
            if name in tag.attrs:
                tag[name] = " ".join(anchor(page, place) for place in str(tag[name]).split())
        for name in ADDRESSES:
            if name in tag.attrs:
                tag[name] = address_of(str(tag[name]), page, pages, site)
    return tree


def address_of(address: str, page: str, pages: set[str], site: str) -> str:
    """Return the address, seen from the one page, of what a page calls `address`."""
    if _ELSEWHERE.match(address):
        return address
    path, _, name = address.partition("#")
    full = posixpath.normpath(posixpath.join(posixpath.dirname(page), path))
    target = full.removesuffix(".html") if path else page
    if target in pages:
        return f"#{anchor(target, name)}"
    if full.startswith(("_images/", "_static/")):
        return full
    return f"{site}{full}{address[len(path) :]}"


def contents_of(tree: BeautifulSoup, numbers: dict[str, int]) -> Iterator[str]:
    """Name a page's headings, and yield their lines in the table of contents.

    A heading's section may begin at the foot of the page before, so it needs a name of its own.
    """
    for section in tree.find_all("section", id=True):
        heading = section.find(["h1", "h2"], recursive=False)
        if heading is not None:
            heading["id"] = f"{section['id']}--title"
            title = parse(content(heading))
            for link in title.find_all("a"):
                link.unwrap()
            yield (
                f'<li class="level-{heading.name[1]}"><a href="#{heading["id"]}">'
                f'{content(title).strip()}</a><span class="dots"></span>'
                f'<span class="number">{numbers.get(str(heading["id"]), "")}</span></li>'
            )


def join(site: Path, source: Path, *, front: str, address: str, numbers: dict[str, int]) -> str:
    """Return the one page, with the HTML of its title page in front.

    Links to what is not in the PDF lead to the address where the site is served, if there is one.
    The table of contents has the page number of each anchor; none are known at first.
    """
    book = parts(source)
    known = {page for pages in book.values() for page in pages}
    body: list[str] = []
    contents: list[str] = []
    for caption, pages in book.items():
        if caption:
            body.append(f'<h1 class="part">{escape(caption)}</h1>')
            contents.append(f'<li class="part">{escape(caption)}</li>')
        for page in pages:
            tree = moved(article(site, page), page, known, address)
            contents += contents_of(tree, numbers)
            if caption:  # one level deeper
                for heading in tree.find_all(_HEADING):
                    heading.name = f"h{int(heading.name[1]) + 1}"
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
