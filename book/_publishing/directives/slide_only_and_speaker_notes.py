"""Words for the deck alone: on a slide, ``{slide-only}``, and for the speaker, ``{speaker-notes}``.

They are never on the page, in its search index or in the notebook. Their nodes are
resolved with the page, so that references and glued numbers hold, and then taken out of its tree.
The role ``{site}`` writes the site's address on a slide.
"""

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from _publishing.directives.register_nodes_and_scripts import add_nodes
from _publishing.hosting import hosting_of


class deck_only(nodes.Invisible, nodes.Element):  # noqa: N801
    """What a deck has and the page has not; ``taken`` holds its nodes while a page is written."""


class slide_only(deck_only):  # noqa: N801
    """What a slide shows."""


class speaker_notes(deck_only):  # noqa: N801
    """What the speaker view shows beside a slide."""


NODES = {"slide-only": slide_only, "speaker-notes": speaker_notes}


class DeckOnly(SphinxDirective):
    """The ``{slide-only}`` and ``{speaker-notes}`` directives."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Parse the words, as any text of the page."""
        self.assert_has_content()
        node = NODES[self.name]()
        self.set_source_info(node)
        node += self.parse_content_to_nodes()
        return [node]


def site(
    _name: str, _raw: str, text: str, _line: int, inliner: Any, *_given: Any
) -> tuple[list[nodes.Node], list[nodes.system_message]]:
    """Write the site's address, for a room to type; the role's own words where it has none."""
    address = hosting_of(inliner.document.settings.env.config).site_url
    return [nodes.Text(address.partition("//")[2].rstrip("/") or text)], []


def take_out(app: Sphinx, doctree: nodes.document, _docname: str) -> None:
    """Move the nodes where nothing that reads the page's text finds them.

    Their pictures are part of the site all the same.
    """
    for node in list(doctree.findall(deck_only)):
        app.builder.post_process_images(node)
        node["taken"] = node.children  # deck.slides_from_doctree reads them there
        node.children = []


def setup(app: Sphinx) -> None:
    """Register directives and role; of their nodes the page has nothing left to show."""
    for name in NODES:
        app.add_directive(name, DeckOnly)
    add_nodes(app, dict.fromkeys(NODES.values(), ("", "")))
    app.add_role("site", site)
    # Late: what other extensions do at this event with nodes of a page they do with these, too.
    app.connect("doctree-resolved", take_out, priority=900)
