"""Decide what slides show of a page: what is seen, what is prose, what closes a chapter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx_exercise.nodes import is_solution_node

from _publishing.directives.interactive import interactive
from _publishing.directives.predict import predict
from _publishing.directives.slide_only_and_speaker_notes import slide_only
from _publishing.html_tree import parse
from _publishing.invisible_nodes import is_invisible
from _publishing.source.slide_metadata import slide_marker

if TYPE_CHECKING:
    from _publishing.deck.slide_data import Slide

CLOSING = {"Summary", "Further reading"}
#: Elements but those that show what is in them and nothing of their own, or nothing at all.
SEEN = (
    ":not(div, section, article, aside, header, footer, main, nav, figure, blockquote, center,"
    " details, summary, span, p, a, b, i, em, strong, u, small, ul, ol, li, br, wbr, script, style)"
)


def closes(section: nodes.section) -> bool:
    """Whether a section closes a chapter, and is a slide as it stands."""
    title = next(iter(section.findall(nodes.title)), None)
    return title is not None and title.astext() in CLOSING


def shows(node: nodes.Element) -> bool:
    """Whether a node is something to see.

    A title is shown as the slide's heading, and a rule parts what slides part anyway.
    """
    unseen = (nodes.title, nodes.Invisible, nodes.target, nodes.transition)
    if isinstance(node, unseen) or is_invisible(node) or is_solution_node(node):
        return False
    if isinstance(node, nodes.raw):
        return "html" in str(node.get("format", "")).split() and bool(node.astext().strip())
    return bool(node.children) or not isinstance(node, nodes.compound)


def is_empty(slide: Slide) -> bool:
    """Whether a slide holds nothing but HTML that shows nothing: a comment, or a tag alone."""
    return bool(slide.content) and all(
        isinstance(node, nodes.raw) and not html_shows(node.astext()) for node, _ in slide.content
    )


def html_shows(html: str) -> bool:
    """Whether a piece of HTML shows anything: words, or an element that is something itself."""
    tree = parse(html)
    return bool(tree.get_text().strip() or tree.select_one(SEEN))


def has_own_words(section: nodes.Element) -> bool:
    """Whether a section has words for its slide alone."""
    return next(iter(section.findall(slide_only)), None) is not None


def own_words_follow(marker: nodes.Element) -> bool:
    """Whether the Markdown that a marker begins has words for its slide, in place of the page's."""
    for node in marker.findall(nodes.Element, include_self=False, ascend=True):
        if isinstance(node, slide_marker) or node.get("nb_element") == "cell_code":
            return False
        if isinstance(node, slide_only):
            return True
    return False


def is_prose(node: nodes.Element) -> bool:
    """Whether a node is words alone: no picture, no figure, no prediction."""
    return not any(isinstance(part, (interactive, predict, nodes.image)) for part in node.findall())
