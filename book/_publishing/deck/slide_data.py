"""The dataclasses of a slide, and of what a chapter has chosen for its deck."""

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


@dataclass
class Choice:
    """What a chapter's source has chosen for its deck."""

    slides: list[Slide] = field(default_factory=list)
    opening_notes: list[nodes.Node] = field(default_factory=list)
    """Notes before the first slide: they go on the title slide."""
    bare: list[nodes.section] = field(default_factory=list)
    """Sections of the second level without a slide; `chapter_deck` warns of each."""
