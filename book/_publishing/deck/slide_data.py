"""The dataclass of a slide: `slides_from_doctree` fills it, `render_slide` makes HTML of it."""

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from docutils import nodes

Kind = Literal["text", "exercise", "solution", "quiz", "predict"]


class Piece(NamedTuple):
    """A node on a slide."""

    node: nodes.Element
    fragment: bool = False
    """Whether it waits for the next key press."""


@dataclass
class Slide:
    """One slide: nodes of the page, in the section that they come from."""

    section: nodes.section
    """The nearest section, whose title heads the slide and whose id it links to."""
    chapter_section: nodes.section
    """The section of the second level, or the chapter itself before the first.

    Its title stands in the line that says where we are.
    """
    kind: Kind = "text"
    content: list[Piece] = field(default_factory=list)
    notes: list[nodes.Node] = field(default_factory=list)
    title: str = ""
    """The claim that heads it; empty for the section's title."""
    optional: bool = False
    """Whether it is left out when time is short."""
    hinge: bool = False
    """Whether it asks the one question on which the chapter turns."""
