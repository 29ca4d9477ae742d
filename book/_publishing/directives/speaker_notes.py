"""Words for whoever presents, ``{speaker-notes}``, and for a slide alone, ``{slide-only}``.

The first are seen in the deck's speaker view, and never on the page, in its search
index or in the notebook. Their nodes are resolved with the page, so that
references and glued numbers hold, and then taken out of its tree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class speaker_notes(nodes.Invisible, nodes.Element):  # noqa: N801
    """Notes on a slide; ``taken`` holds the resolved nodes while a page is written."""


class slide_only(speaker_notes):  # noqa: N801
    """What a slide shows and the page does not; ``taken`` as above."""


class SpeakerNotes(SphinxDirective):
    """The ``{speaker-notes}`` and ``{slide-only}`` directives."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Parse the notes, as any text of the page."""
        self.assert_has_content()
        made = slide_only if self.name == "slide-only" else speaker_notes
        node = made()
        self.set_source_info(node)
        self.state.nested_parse(self.content, self.content_offset, node)
        return [node]


def take_out(app: Sphinx, doctree: nodes.document, _docname: str) -> None:
    """Move the notes' nodes where nothing that reads the page's text finds them.

    Their pictures are part of the site all the same.
    """
    for node in list(doctree.findall(speaker_notes)):
        app.builder.post_process_images(node)
        node["taken"] = node.children
        node.children = []


def skip(_self: Any, _node: nodes.Element) -> None:
    """Show nothing on the page."""
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    """Register the directives; hide their nodes from everything but the deck."""
    app.add_directive("speaker-notes", SpeakerNotes)
    app.add_directive("slide-only", SpeakerNotes)
    app.add_node(slide_only, html=(skip, None), latex=(skip, None), text=(skip, None))
    app.add_node(speaker_notes, html=(skip, None), latex=(skip, None), text=(skip, None))
    app.connect("doctree-resolved", take_out, priority=900)
