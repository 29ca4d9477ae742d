"""Patch MyST-NB: mark in doctrees where Markdown and raw cells begin, and show raw cells.

A mark carries the cell's slide type. Decks and notebooks read the marks, to tell where
a slide or a cell begins. Jupyter shows a raw cell that names no format as it is, so the
page does, too, and the notebook that is made from the page.
"""

from typing import Any

from docutils import nodes
from myst_nb.core.render import MditRenderMixin
from sphinx.application import Sphinx
from sphinx.util.logging import getLogger

from _publishing.source.slide_metadata import (
    SLIDE_TYPES,
    slide_marker,
    slide_options_of,
    slide_type_of,
)

LOGGER = getLogger(__name__)
_render_raw = MditRenderMixin.render_nb_cell_raw


def _mark(renderer: Any, token: Any) -> None:
    """Mark where a cell begins."""
    metadata, index = token.meta["metadata"], token.meta["index"]
    slide_type = slide_type_of(metadata)
    if slide_type not in SLIDE_TYPES:
        LOGGER.warning(
            "unknown slide_type %r: one of slide, subslide, fragment, skip, -",
            slide_type,
            location=(renderer.sphinx_env.docname, token.map[0] if token.map else None),
        )
    renderer.current_node.append(
        slide_marker("", slide_type=slide_type, index=index, **slide_options_of(metadata))
    )


def _markdown_cell(renderer: Any, token: Any) -> None:
    """Read a Markdown cell."""
    _mark(renderer, token)
    renderer.render_children(token)


def _raw_cell(renderer: Any, token: Any) -> None:
    """Read a raw cell; what names no format is text."""
    _mark(renderer, token)
    if token.meta["metadata"].get("format"):
        _render_raw(renderer, token)
    elif token.content.strip():
        text = nodes.literal_block(token.content, token.content, language="none")
        renderer.add_line_and_source_path(text, token)
        renderer.current_node.append(text)


def _skip(_self: Any, _node: nodes.Element) -> None:
    """Show nothing on the page."""
    raise nodes.SkipNode


def setup(app: Sphinx) -> dict[str, Any]:
    """Patch MyST-NB, and register the mark."""
    MditRenderMixin.render_nb_cell_markdown = _markdown_cell
    MditRenderMixin.render_nb_cell_raw = _raw_cell
    app.add_node(slide_marker, html=(_skip, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
