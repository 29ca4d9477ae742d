"""What a cell's metadata says of its slide, in our decks and in Jupyter's."""

from collections.abc import Mapping
from typing import Any

from docutils import nodes

STARTS = {"slide", "subslide"}
SLIDE_TYPES = {*STARTS, "fragment", "skip", "-", ""}


class slide_marker(nodes.Invisible, nodes.Element):  # noqa: N801
    """Where a Markdown cell begins: the cell's ``index``, and its ``slide_type`` in the deck.

    `mark_markdown_cells` puts it into the doctree, for the deck to read. ``title`` heads
    the slide in place of the section's title; ``optional`` slides are the first to be left out
    when time is short.
    """


def slide_type_of(metadata: Any) -> str:
    """Read what a cell says of its slide; tools also write null, or the type alone."""
    show = metadata.get("slideshow") if isinstance(metadata, Mapping) else None
    slide_type = show.get("slide_type") if isinstance(show, Mapping) else show
    return str(slide_type or "")


def slide_options_of(metadata: Any) -> dict[str, Any]:
    """Return what a cell says of its slide besides the type: title, optional."""
    show = metadata.get("slideshow") if isinstance(metadata, Mapping) else None
    options = show if isinstance(show, Mapping) else {}
    return {
        "title": str(options.get("title") or ""),
        "optional": bool(options.get("optional")),
    }
