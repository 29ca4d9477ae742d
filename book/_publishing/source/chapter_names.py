"""Names of pages: which are chapters, in what order, and what deck and notebook are called."""

from collections.abc import Iterator

from sphinx.application import Sphinx

#: Pages below this folder are chapters: each is a page, a deck and a notebook.
CHAPTERS = "chapters/"


def is_chapter(docname: str) -> bool:
    """Whether a page has a deck and a notebook."""
    return docname.startswith(CHAPTERS)


def topic_of(docname: str) -> str:
    """Return the name of a page's deck and notebook, which have one folder each."""
    return docname.removeprefix(CHAPTERS).replace("/", "-")


def short(docname: str) -> str:
    """Return a page's name as messages call it, without its folder."""
    return docname.rpartition("/")[2]


def chapters(app: Sphinx) -> list[str]:
    """Return the chapters in the order of the table of contents."""
    return [page for page in _below(app, str(app.config.root_doc)) if is_chapter(page)]


def _below(app: Sphinx, docname: str) -> Iterator[str]:
    """Yield the pages below a page in their order."""
    for child in app.env.toctree_includes.get(docname, []):
        yield child
        yield from _below(app, child)
