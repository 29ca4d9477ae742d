"""Patch MyST-NB: mark in doctrees where Markdown cells begin.

A mark carries the cell's slide type. Decks and notebooks read the marks, to tell where
a slide or a cell begins.
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


def _markdown_cell(renderer: Any, token: Any) -> None:
    """Mark where a Markdown cell begins, and read it."""
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
    renderer.render_children(token)


def _skip(_self: Any, _node: nodes.Element) -> None:
    """Show nothing on the page."""
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    """Patch MyST-NB, and register the mark."""
    MditRenderMixin.render_nb_cell_markdown = _markdown_cell
    app.add_node(slide_marker, html=(_skip, None))
