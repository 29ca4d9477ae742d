"""Which parts of a chapter are slides.

The source chooses with the metadata of its Markdown cells::

    +++ {"slideshow": {"slide_type": "slide"}}

puts the Markdown that follows, up to the next ``+++`` or code cell, on a slide;
``fragment`` puts it on the current slide, to appear at a key. A code cell with
the tag ``slide`` adds its code and outputs to the current slide, ``slide-code``
its code, ``slide-output`` its outputs; with a ``slide_type`` of its own, as Jupyter
writes it, it starts a slide or waits for a key. Each exercise and each quiz question has a
slide to itself. A heading on a slide starts a new one. The closing sections of a chapter,
*Summary* and *Further reading*, are always slides. After a ``{predict}`` on a slide its
answer waits for a key. ``-`` goes on with the slide, ``notes``
are for the speaker, and ``skip`` is left out, as in Jupyter.

A chapter that chooses nothing is shown whole: each heading starts a slide, even one without
text, and what comes before the first heading has a slide under the chapter's title.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from docutils import nodes
from sphinx_exercise.nodes import is_exercise_node, is_solution_node

from _publishing.directives.predict import predict, predict_end
from _publishing.directives.quiz import quiz, quiz_question
from _publishing.directives.speaker_notes import speaker_notes
from _publishing.source.cell_marks import STARTS, slide_marker, slide_type_of
from _publishing.source.html_tags import is_seen
from _publishing.source.unseen import is_unseen

if TYPE_CHECKING:
    from sphinx.application import Sphinx

CLOSING = {"Summary", "Further reading"}
SHOWN = {*STARTS, "fragment", "-"}
CODE_TAGS = {"slide", "slide-code"}
OUTPUT_TAGS = {"slide", "slide-output"}
HIDDEN_CODE = {"hide-input", "hide-cell", "hide_input", "hide_cell"}
HIDDEN_OUTPUT = {"hide-output", "hide-cell", "hide_output", "hide_cell"}


Kind = Literal["text", "exercise", "quiz"]


@dataclass
class Slide:
    """One slide: nodes of the page, in the section that they come from."""

    section: nodes.section
    """The nearest section, whose title heads the slide and whose id it links to."""
    chapter_section: nodes.section
    """The section of the second level, or the chapter itself before the first."""
    kind: Kind = "text"
    content: list[tuple[nodes.Element, bool]] = field(default_factory=list)
    """Nodes, and whether each waits for a key."""
    notes: list[nodes.Node] = field(default_factory=list)
    continued: bool = False
    """Whether it goes on with what the slide before began."""


@dataclass
class Choice:
    """What a chapter's source has chosen for its deck."""

    slides: list[Slide] = field(default_factory=list)
    opening_notes: list[nodes.Node] = field(default_factory=list)
    """Notes before the first slide: they go on the title slide."""
    bare: list[nodes.section] = field(default_factory=list)
    """Sections of the second level without a slide."""


class Chooser:
    """Walk through a chapter and gather its slides."""

    def __init__(self, first: nodes.section, *, everything: bool = False) -> None:
        """Start outside any slide; ``everything`` shows what the source does not choose.

        What stands before the ``first`` section is shown under its title.
        """
        self.choice = Choice()
        self.first = first
        self.is_before = True
        self.path: list[nodes.section] = []
        self.everything = everything
        self.slide_type = "slide" if everything else ""
        self.open = False
        self.asked = False
        self.covered = False

    def walk(self, node: nodes.Element) -> None:
        """Take the children of a document or a section in their order."""
        for child in node.children:
            if isinstance(child, nodes.section):
                self._walk_section(child)
            elif isinstance(child, slide_marker):
                self._mark(child["slide_type"])
            elif isinstance(child, speaker_notes):
                self._note(child)
            elif isinstance(child, nodes.Element) and (self.path or self.is_before):
                self._take(child)

    def _walk_section(self, section: nodes.section) -> None:
        """Enter a section; its heading starts a slide if the one before has begun."""
        self.path.append(section)
        self.is_before = self.asked = self.covered = False
        slides = self.choice.slides
        count = len(slides)
        is_left_out = self.slide_type in {"skip", "notes"}
        if self.slide_type in STARTS:
            self.open = False
        elif len(self.path) == 2 and _closes(section):
            self.slide_type, self.open = "slide", False
        self.walk(section)
        slides[count:] = [slide for slide in slides[count:] if not _is_empty(slide)]
        is_bare = len(slides) == count and not (is_left_out or self.everything)
        if len(self.path) == 2 and is_bare:
            self.choice.bare.append(section)
        if self.everything and not self._is_named(section, slides[count:]):
            slides.insert(count, Slide(section, self._chapter_section()))
        self.asked = self.covered = False
        self.path.pop()

    def _is_named(self, section: nodes.section, slides: list[Slide]) -> bool:
        """Whether one of the slides that a section has given says what it is called."""
        if section is self.first or any(slide.section is section for slide in slides):
            return True
        return any(slide.chapter_section is section for slide in slides)

    def _mark(self, slide_type: str) -> None:
        """Begin a Markdown cell."""
        if self.everything or (not slide_type and _closes(self._section())):
            return
        self.slide_type = slide_type
        self.open = self.open and slide_type not in STARTS

    def _note(self, node: nodes.Element) -> None:
        """Add notes to the slide that they follow."""
        slides = self.choice.slides
        notes = slides[-1].notes if slides else self.choice.opening_notes
        is_directive = isinstance(node, speaker_notes)
        notes.extend(node.get("taken", node.children) if is_directive else [node])

    def _take(self, node: nodes.Element) -> None:
        """Put a node on a slide, if it belongs on one."""
        if is_exercise_node(node):
            self._alone(node, "exercise")
        elif isinstance(node, quiz):
            for question in node.findall(quiz_question):
                self._alone(question, "quiz")
        elif node.get("nb_element") == "cell_code":
            self._take_code(node)
        elif isinstance(node, predict_end):
            self.asked = self.covered = False
        elif self.slide_type == "notes" and _shows(node):
            self._note(node)
        elif self.slide_type in SHOWN and _shows(node):
            self._add(node, fragment=self.slide_type == "fragment")

    def _take_code(self, cell: nodes.Element) -> None:
        """Put what a code cell's tags say on the current slide."""
        tags = set(cell["cell_metadata"].get("tags", []))
        if self.everything:
            tags |= set() if tags & HIDDEN_CODE else {"slide-code"}
            tags |= set() if tags & HIDDEN_OUTPUT else {"slide-output"}
        else:
            self.slide_type = ""
        slide_type = slide_type_of(cell["cell_metadata"])
        if slide_type == "notes":
            self._note(cell)
        elif slide_type in SHOWN:
            self.open = self.open and slide_type not in STARTS
            tags.add("slide")
        for part in cell.findall(nodes.container):
            element = part.get("nb_element")
            wanted = {"cell_code_source": CODE_TAGS, "cell_code_output": OUTPUT_TAGS}
            self.covered |= self.asked and element == "cell_code_output"
            if tags & wanted.get(element, set()):
                self._add(part, fragment=slide_type == "fragment")

    def _alone(self, node: nodes.Element, kind: Kind) -> None:
        """Put a node on a separate slide."""
        self._start(kind).content.append((node, False))
        self.open = False

    def _add(self, node: nodes.Element, *, fragment: bool) -> None:
        """Put a node on the current slide, or on a new one if none is open."""
        last = self.choice.slides[-1] if self.open else None
        if last is None or last.chapter_section is not self._chapter_section():
            last = self._start("text")
        if isinstance(node, predict):
            self.asked, self.covered = True, False
        last.content.append((node, fragment or self.covered))

    def _start(self, kind: Kind) -> Slide:
        """Start a slide in the current section."""
        slide = Slide(self._section(), self._chapter_section(), kind)
        self.choice.slides.append(slide)
        self.open = True
        return slide

    def _section(self) -> nodes.section:
        """Return the current section, or the first one before it begins."""
        return self.path[-1] if self.path else self.first

    def _chapter_section(self) -> nodes.section:
        """Return the current section of the second level, or the chapter before the first."""
        return self.path[1] if len(self.path) > 1 else (self.path or [self.first])[0]


def _closes(section: nodes.section) -> bool:
    """Whether a section closes a chapter, and is a slide as it stands."""
    title = next(iter(section.findall(nodes.title)), None)
    return title is not None and title.astext() in CLOSING


def _shows(node: nodes.Element) -> bool:
    """Whether a node is something to see.

    A title is shown as the slide's heading, and a rule parts what slides part anyway.
    """
    unseen = (nodes.title, nodes.Invisible, nodes.target, nodes.transition)
    if isinstance(node, unseen) or is_unseen(node) or is_solution_node(node):
        return False
    if isinstance(node, nodes.raw):
        return "html" in str(node.get("format", "")).split() and bool(node.astext().strip())
    return bool(node.children) or not isinstance(node, nodes.compound)


def _is_empty(slide: Slide) -> bool:
    """Whether a slide holds nothing but HTML that shows nothing: a comment, or a tag alone."""
    return bool(slide.content) and all(
        isinstance(node, nodes.raw) and not is_seen(node.astext()) for node, _ in slide.content
    )


def choose(doctree: nodes.document) -> Choice:
    """Return the slides that a resolved chapter chooses."""
    first = next(iter(doctree.findall(nodes.section)))
    chooser = Chooser(first, everything=not _chooses(doctree))
    chooser.walk(doctree)
    chooser.choice.slides = [slide for slide in chooser.choice.slides if not _is_empty(slide)]
    return chooser.choice


def _chooses(doctree: nodes.document) -> bool:
    """Whether a chapter's source says anything about slides."""
    return any(marker["slide_type"] for marker in doctree.findall(slide_marker)) or any(
        slide_type_of(metadata) or (CODE_TAGS | OUTPUT_TAGS) & set(metadata.get("tags", []))
        for cell in doctree.findall(nodes.container)
        if (metadata := cell.get("cell_metadata"))
    )


def setup(app: Sphinx) -> None:
    """Have the metadata of cells carried into the document's tree."""
    app.setup_extension("_publishing.source.cell_marks")
