"""Offer ``course.pdf`` on the welcome page until the next build, after which it may be out of date.

Printing needs a browser and takes minutes, so ``make pdf`` does it and ``make site`` does not.
"""

from pathlib import Path

from sphinx.application import Sphinx

from _publishing.connect_for_html_only import after_build

NAME = "course.pdf"
#: What it is printed from, in the site for the while; a run that is killed leaves it there.
PART = "whole-book.part.html"
#: How the welcome page offers the PDF, while there is one and while there is none.
OFFERED, HIDDEN = '<p class="take-away">', '<p class="take-away" hidden>'


def show_link(site: Path, *, shown: bool) -> None:
    """Show the link to the PDF on the welcome page, or hide it."""
    index = site / "index.html"
    before, after = (HIDDEN, OFFERED) if shown else (OFFERED, HIDDEN)
    text = index.read_text(encoding="utf-8")
    if before in text:
        index.write_text(text.replace(before, after), encoding="utf-8")


def withdraw(site: Path) -> None:
    """Take the PDF away, and the link to it."""
    for name in (NAME, PART):
        (site / name).unlink(missing_ok=True)
    show_link(site, shown=False)


def setup(app: Sphinx) -> None:
    """Come after all that writes pages."""
    after_build(app, lambda app: withdraw(Path(app.outdir)), priority=900)
