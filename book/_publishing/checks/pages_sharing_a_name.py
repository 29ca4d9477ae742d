"""Stop the build if two pages would write the same file.

All decks are in one folder, and so are all notebooks and cards. There a page's path becomes one
word, `a/b` the same as `a-b` (`topic_of`), and one page would overwrite what another has made.
"""

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError

from _publishing.deck.workshop_deck import NAME
from _publishing.source.chapter_names import topic_of


def check(app: Sphinx, env: BuildEnvironment, _read: list[str]) -> None:
    """Stop the build if two pages would write the same file; name both."""
    owners = {NAME.removesuffix(".html"): "The deck of the whole workshop"}
    for docname in sorted(env.found_docs):
        path = Path(env.doc2path(docname)).relative_to(app.srcdir).as_posix()
        owner = owners.setdefault(topic_of(docname), path)
        if owner != path:
            fault = f"{owner} and {path} would both be called {topic_of(docname)}"
            raise ExtensionError(f"{fault}: give {path} another name.")


def setup(app: Sphinx) -> None:
    """Look as soon as all pages are known, before any is executed."""
    app.connect("env-before-read-docs", check, priority=100)
