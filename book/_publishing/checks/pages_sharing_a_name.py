"""Stop the build if two pages would write the same file.

All decks are in one folder, and so are all notebooks and cards. There a page's path becomes one
word, `a/b` the same as `a-b` (`topic_of`), and one page would overwrite what another has made. So
the build stops before it reads or executes anything.
"""

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import SphinxError

from _publishing.deck.workshop_deck import NAME
from _publishing.source.chapter_names import is_chapter, topic_of


class NameClashError(SphinxError):
    """Two pages would write the same file."""

    category = "Two pages share a name"


def check(app: Sphinx, env: BuildEnvironment, _read: list[str]) -> None:
    """Stop the build if two pages would write the same file; name both."""
    owners: dict[str, str] = {}
    for docname in sorted(env.found_docs):
        topic = topic_of(docname)
        path = Path(env.doc2path(docname)).relative_to(app.srcdir).as_posix()
        if is_chapter(docname) and f"{topic}.html" == NAME:
            owners[topic] = "The deck of the whole workshop"
        if topic in owners:
            raise NameClashError(
                f"{owners[topic]} and {path} would both be called {topic}: "
                f"give {path} another name."
            )
        owners[topic] = path


def setup(app: Sphinx) -> None:
    """Look as soon as all pages are known, before any is executed."""
    app.connect("env-before-read-docs", check, priority=100)
