"""Read HTML, a finished page or a piece of one, as a tree, and write it as text again.

Elements keep the order of their attributes, so the same page always has the same bytes.
"""

from collections.abc import Iterable

from bs4 import BeautifulSoup, Tag
from bs4.dammit import EntitySubstitution
from bs4.formatter import HTMLFormatter

#: Attributes that hold an address.
ADDRESSES = frozenset({"href", "src", "poster"})


class _Written(HTMLFormatter):
    """Short HTML: `<br>`, `hidden`, and only the entities that are needed."""

    def __init__(self) -> None:
        super().__init__(EntitySubstitution.substitute_xml, void_element_close_prefix="")

    def attributes(self, tag: Tag) -> Iterable[tuple[str, str | None]]:
        return ((name, str(value) or None) for name, value in tag.attrs.items())


_WRITTEN = _Written()


def parse(html: str) -> BeautifulSoup:
    """Return the tree of a page; a class is one string, as it is written."""
    return BeautifulSoup(html, "html.parser", multi_valued_attributes=None)


def write(tree: Tag) -> str:
    """Return an element, or a whole page, as text."""
    return tree.decode(formatter=_WRITTEN)


def content(tree: Tag) -> str:
    """Return what is in an element as text."""
    return tree.decode_contents(formatter=_WRITTEN)


def classes(tag: Tag) -> list[str]:
    """Return an element's classes."""
    return str(tag.get("class") or "").split()
