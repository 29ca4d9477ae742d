"""A slide, a chapter's slides, and what a node of the page is to them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from docutils import nodes
from sphinx_exercise.nodes import is_solution_node

from _publishing.directives.deck_only import slide_only
from _publishing.directives.interactive import interactive
from _publishing.directives.predict import predict
from _publishing.source.cell_marks import slide_marker
from _publishing.source.html_tags import is_seen
from _publishing.source.invisible_nodes import is_unseen

if TYPE_CHECKING:
    from collections.abc import Iterator

CLOSING = {"Summary", "Further reading"}
Kind = Literal["text", "exercise", "solution", "quiz", "predict"]


class Piece(NamedTuple):
    """A node on a slide."""

    node: nodes.Element
    fragment: bool = False
    """Whether it comes with a key."""


@dataclass
class Slide:
    """One slide: nodes of the page, in the section that they come from."""

    section: nodes.section
    """The nearest section, whose title heads the slide and whose id it links to."""
    chapter_section: nodes.section
    """The section of the second level, or the chapter itself before the first."""
    kind: Kind = "text"
    content: list[Piece] = field(default_factory=list)
    notes: list[nodes.Node] = field(default_factory=list)
    title: str = ""
    """The claim that heads it; empty for the section's title."""
    optional: bool = False
    """Whether it is left out when time is short."""
    hinge: bool = False
    """Whether it asks the one question on which the chapter turns."""
    continued: bool = False
    """Whether it goes on with what a slide before began."""


@dataclass
class Choice:
    """What a chapter's source has chosen for its deck."""

    slides: list[Slide] = field(default_factory=list)
    opening_notes: list[nodes.Node] = field(default_factory=list)
    """Notes before the first slide: they go on the title slide."""
    bare: list[nodes.section] = field(default_factory=list)
    """Sections of the second level without a slide."""


def closes(section: nodes.section) -> bool:
    """Whether a section closes a chapter, and is a slide as it stands."""
    title = next(iter(section.findall(nodes.title)), None)
    return title is not None and title.astext() in CLOSING


def shows(node: nodes.Element) -> bool:
    """Whether a node is something to see.

    A title is shown as the slide's heading, and a rule parts what slides part anyway.
    """
    unseen = (nodes.title, nodes.Invisible, nodes.target, nodes.transition)
    if isinstance(node, unseen) or is_unseen(node) or is_solution_node(node):
        return False
    if isinstance(node, nodes.raw):
        return "html" in str(node.get("format", "")).split() and bool(node.astext().strip())
    return bool(node.children) or not isinstance(node, nodes.compound)


def is_empty(slide: Slide) -> bool:
    """Whether a slide holds nothing but HTML that shows nothing: a comment, or a tag alone."""
    return bool(slide.content) and all(
        isinstance(node, nodes.raw) and not is_seen(node.astext()) for node, _ in slide.content
    )


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


def parts_of(solution: nodes.Element) -> Iterator[nodes.Element]:
    """Return what a solution shows, its code apart from what the code prints."""
    for child in solution.children:
        if isinstance(child, nodes.section):
            yield from parts_of(child)
        elif isinstance(child, nodes.Element) and child.get("nb_element") == "cell_code":
            yield from (part for part in child.findall(nodes.container) if part is not child)
        elif isinstance(child, nodes.Element):
            yield child


def name_of(exercise: nodes.Element) -> str:
    """Return an exercise's own title, without the brackets of sphinx-exercise."""
    title = next(iter(exercise.findall(nodes.title)), None)
    return title.astext().strip().removeprefix("(").removesuffix(")") if title else "exercise"
