"""Stop the build if two pages would write the same file.

All decks are in one folder, and so are all notebooks, cards and stored outputs. There a
page's path becomes one word, and two paths can become the same word. One page would overwrite
what another has made, so the build stops before it reads or executes anything.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.errors import SphinxError

from _publishing.deck import render_slide as deck
from _publishing.deck import workshop_deck
from _publishing.execution.store import entry_name
from _publishing.notebook import chapter_notebook
from _publishing.page import social_cards
from _publishing.source.chapters import is_chapter, topic_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

#: What the build writes by itself, and where.
OURS = {f"{deck.FOLDER}/{workshop_deck.NAME}": "the deck of the whole workshop"}

#: Only pages with code have these, and every chapter.
OF_NOTEBOOKS = (f"{chapter_notebook.FOLDER}/", "execution/")


class NameClashError(SphinxError):
    """Two pages would write the same file."""

    category = "Two pages share a name"


def places(docname: str) -> Iterator[str]:
    """Yield every file and folder whose name is made from a page's path."""
    if is_chapter(docname):
        yield f"{deck.FOLDER}/{topic_of(docname)}.html"
    yield f"{chapter_notebook.FOLDER}/{topic_of(docname)}.ipynb"
    yield f"execution/{entry_name(docname)}"
    yield social_cards.card_address(docname)


def clashes(docnames: Iterable[str]) -> dict[str, list[str]]:
    """Return the places that more than one page would have, and those pages."""
    owners: dict[str, list[str]] = {}
    for docname in sorted(docnames):
        for place in places(docname):
            owners.setdefault(place, []).append(docname)
    return {place: names for place, names in owners.items() if len(names) > 1 or place in OURS}


def check(app: Sphinx, env: BuildEnvironment, _read: list[str]) -> None:
    """Stop the build if two pages would write the same file; name both."""
    for place, docnames in clashes(env.found_docs).items():
        shared = not place.startswith(OF_NOTEBOOKS)
        names = [
            n for n in docnames if shared or is_chapter(n) or chapter_notebook.read_source(app, n)
        ]
        files = [Path(env.doc2path(name)).relative_to(app.srcdir).as_posix() for name in names]
        owners = [*files, *([OURS[place]] if place in OURS else [])]
        if len(owners) > 1:
            raise NameClashError(
                f"{' and '.join(owners)} would both be {place}: give {files[-1]} another name."
            )


def setup(app: Sphinx) -> None:
    """Look as soon as all pages are known, before any is executed."""
    app.connect("env-before-read-docs", check, priority=100)
