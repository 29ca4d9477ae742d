"""Offer ``course.pdf`` on the welcome page while it says what the pages say; else take it away.

Printing needs a browser and takes a while, so ``make pdf`` does it and ``make site`` does
not. A PDF that is out of date is removed by the next build, and its link is hidden.
"""

import hashlib
from pathlib import Path

from sphinx.application import Sphinx

from _publishing.connect_for_html_only import after_build
from _publishing.pdf import one_long_page
from _publishing.pdf.one_long_page import SHEET, article, parts
from dlcourse import __version__

NAME = "course.pdf"
#: What it is printed from, in the site for the while; a run that is killed leaves it there.
PART = "whole-book.part.html"
#: How the welcome page offers the PDF, while there is one and while there is none.
OFFERED, HIDDEN = '<p class="take-away">', '<p class="take-away" hidden>'


def fingerprint(site: Path, source: Path) -> str:
    """Return the fingerprint of what a PDF is printed from."""
    digest = hashlib.sha256(__version__.encode())
    for file in (Path(one_long_page.__file__), SHEET, source / "_config.yml"):
        digest.update(file.read_bytes())
    for part in parts(source):
        for page in part.pages:
            text = article(site, page).replace(OFFERED, HIDDEN)
            digest.update(f"{part.caption}\0{page}\0{text}\0".encode())
    digest.update((site / "_static" / "site.css").read_bytes())
    for path in sorted((site / "_images").glob("*")):
        digest.update(f"{path.name}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def note(site: Path) -> Path:
    """Return the file in which `tools/print_book.py` notes what the PDF was printed from."""
    return site.parent / "pdf.sha256"


def offer_if_current(site: Path, source: Path) -> bool:
    """Take away a PDF that is out of date, offer one that is not; return whether there is one."""
    (site / PART).unlink(missing_ok=True)
    path = site / NAME
    current = (
        path.is_file()
        and note(site).is_file()
        and note(site).read_text(encoding="utf-8") == fingerprint(site, source)
    )
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
