"""Find the slides of a chapter in its doctree.

The source chooses with the metadata of its Markdown cells::

    +++ {"slideshow": {"slide_type": "slide"}}

puts the Markdown that follows, up to the next ``+++`` or code cell, on a slide;
``fragment`` puts it on the current slide, to appear at a key. A code cell with
the tag ``slide`` adds its code and outputs to the current slide, ``slide-code``
its code, ``slide-output`` its outputs; with ``fragment`` its outputs wait for a key. Each exercise
and each quiz question has a slide to itself. A heading on a slide starts a new one. The closing
sections of a chapter, *Summary* and *Further reading*, are always slides. A prediction that is on
no slide has an optional one to itself, and what follows is on another. ``-`` goes on with the
slide, and ``skip`` is left out, as in Jupyter.

Beside ``slide_type`` may stand a ``title``, the claim that heads the slide in place of the
section's title, and ``"optional": true``. The question that a quiz names as its ``hinge``, the one
on which the chapter turns, is never optional. What ``{slide-only}`` holds is on the slide alone, in
place of the words of the Markdown cell that it stands in, or of *Summary*.
A page that is no notebook has no cells to choose: its exercises, quizzes and closing sections are
its slides.
"""

import re
from collections.abc import Iterator

from docutils import nodes
from sphinx.util.logging import getLogger
from sphinx_exercise.nodes import is_exercise_node, is_solution_node

from _publishing.deck.node_predicates import (
    closes,
    has_own_words,
    is_prose,
    own_words_follow,
    shows,
)
from _publishing.deck.slide_data import Kind, Piece, Slide
from _publishing.directives.predict import predict
from _publishing.directives.quiz import quiz, quiz_question
from _publishing.directives.slide_only_and_speaker_notes import slide_only, speaker_notes
from _publishing.source.slide_metadata import STARTS, slide_marker, slide_type_of

LOGGER = getLogger(__name__)
SHOWN = {*STARTS, "fragment", "-"}
#: By which tags a part of a code cell is on the slide.
TAGS = {"cell_code_source": {"slide", "slide-code"}, "cell_code_output": {"slide", "slide-output"}}
#: The end of a solution's code, which shows that the answer is right.
CHECK = re.compile(r"\s*^check\(.*", re.DOTALL | re.MULTILINE)
#: What the speaker does with a prediction.
FOR_SPEAKER = "Everybody writes a guess down before the next key press. Ask two of them why."
#: What the speaker does with a quiz's question.
OF_QUIZ = (
    "1 minute. Everybody chooses a letter before the next key press: one finger for A, two for B,"
    " three for C. Let one of each letter say why."
)
#: What heads a summary's takeaways, and what the speaker does with them.
TAKEAWAYS = "What to keep"
OF_TAKEAWAYS = "Ask the room for an example of each line."


class Chooser:
    """Walk through a chapter and gather its slides."""

    def __init__(self) -> None:
        """Start outside any slide."""
        #: what is chosen: the slides, notes before the first, which go on the title slide, and
        #: sections of the second level without a slide, of which `chapter_deck` warns
        self.slides: list[Slide] = []
        self.opening_notes: list[nodes.Node] = []
        self.bare: list[nodes.section] = []
        self.path: list[nodes.section] = []
        #: what the current cell says: its type, title, whether it is optional, and whether it has
        #: words for its slide alone (``{slide-only}``), for which its prose is left off
        self.slide_type, self.title, self.optional, self.worded = "", "", False, False
        #: whether the last slide takes more, or a marker has announced another, with these notes
        self.open = self.pending = False
        self.early: list[nodes.Node] = []

    def walk(self, node: nodes.Element) -> None:
        """Take the children of a document or a section in their order."""
        for child in node.children:
            if isinstance(child, nodes.section):
                self._walk_section(child)
            elif isinstance(child, slide_marker):
                self._mark(child)
            elif isinstance(child, speaker_notes):
                self._note(child)
            elif not self.path:  # before the title, or what the theme adds below
                continue
            elif isinstance(child, slide_only):
                # When a page is written, slide_only_and_speaker_notes has moved these to "taken".
                for words in child.get("taken", child.children):
                    if isinstance(words, nodes.Element):
                        self._add(words, fragment=self.slide_type == "fragment")
            elif isinstance(child, nodes.Element) and not self._has_closing_words():
                self._take(child)

    def _has_closing_words(self) -> bool:
        """Whether this section closes the chapter with words for its slide alone."""
        return closes(self.path[-1]) and has_own_words(self.path[-1])

    def _walk_section(self, section: nodes.section) -> None:
        """Enter a section; its heading starts a slide if the one before has begun."""
        self.path.append(section)
        self.worded = self.worded and not closes(section)
        count = len(self.slides)
        is_end = len(self.path) == 2 and closes(section)
        is_left_out = self.slide_type == "skip"
        if self.slide_type in STARTS:
            self.open = False
        elif is_end:
            self.slide_type, self.open = "slide", False
        self.walk(section)
        if len(self.path) == 2 and len(self.slides) == count and not is_left_out:
            self.bare.append(section)
        self.path.pop()

    def _mark(self, marker: nodes.Element) -> None:
        """Begin a Markdown cell."""
        slide_type = marker["slide_type"]
        self.slide_type, self.worded = slide_type, own_words_follow(marker)
        if slide_type in STARTS:
            self.open, self.pending = False, True
            self.title, self.optional = marker.get("title", ""), marker.get("optional", False)

    def _note(self, node: speaker_notes) -> None:
        """Add notes to the slide that they follow, or that a marker has announced."""
        notes = self.slides[-1].notes if self.slides else self.opening_notes
        if self.pending:
            notes = self.early
        notes.extend(node.get("taken", node.children))

    def _take(self, node: nodes.Element) -> None:
        """Put a node on a slide, if it belongs on one."""
        if is_exercise_node(node):
            self._alone(node, "exercise")
        elif is_solution_node(node):
            self._solve(node)
        elif isinstance(node, quiz):
            for number, question in enumerate(node.findall(quiz_question), 1):
                self._alone(question, "quiz", hinge=number == node.get("hinge", 0))
        elif node.get("nb_element") == "cell_code":
            self._take_code(node)
        elif isinstance(node, predict) and not self.slide_type:
            self._predict(node)
        elif self.slide_type in SHOWN and shows(node) and not (self.worded and is_prose(node)):
            self._add(node, fragment=self.slide_type == "fragment")

    def _take_code(self, cell: nodes.Element) -> None:
        """Put what a code cell's tags say on the current slide."""
        self.slide_type = ""
        slide_type = slide_type_of(cell["cell_metadata"])
        tags = set(cell["cell_metadata"].get("tags", []))
        by = {"fragment": TAGS["cell_code_output"], "-": set().union(*TAGS.values())}
        if slide_type not in {"", "skip"} and tags.isdisjoint(by.get(slide_type, ())):
            fault = "slide_type %r does nothing here: a tag puts a code cell on a slide"
            LOGGER.warning(fault, slide_type, location=cell)
        for part in cell.findall(nodes.container):
            element = part.get("nb_element", "")
            if not tags.isdisjoint(TAGS.get(element, ())):
                waits = slide_type == "fragment" and element == "cell_code_output"
                self._add(part, fragment=waits)

    def _predict(self, question: predict) -> None:
        """Put a question on a slide of its own."""
        slide = Slide(self.path[-1], self._chapter_section(), "predict", optional=True)
        slide.content, slide.notes = [Piece(question)], [nodes.paragraph("", FOR_SPEAKER)]
        self.slides.append(slide)
        self.open = False

    def _alone(self, node: nodes.Element, slide_kind: Kind, *, hinge: bool = False) -> None:
        """Put a node on a separate slide."""
        slide = self._start(slide_kind)
        slide.content.append(Piece(node))
        slide.notes += [nodes.paragraph("", OF_QUIZ)] if slide_kind == "quiz" else []
        slide.hinge, slide.optional = hinge, slide.optional and not hinge
        self.open = False

    def _solve(self, solution: nodes.Element) -> None:
        """Put a solution on the slide after its exercise, and into that one's notes."""
        exercise = next((s for s in reversed(self.slides) if s.kind == "exercise"), None)
        content = [part for part in _parts_of(solution) if shows(part)]
        if exercise is None or not content:
            return
        exercise.notes.extend([nodes.paragraph("", "The solution:"), *content])
        slide = self._start("solution")
        slide.section, slide.title = exercise.section, _name_of(exercise.content[0].node)
        slide.content = [Piece(part) for part in content]
        self.open = False

    def _add(self, node: nodes.Element, *, fragment: bool) -> None:
        """Put a node on the current slide, or on a new one if none is open."""
        slide = self.slides[-1] if self.open else self._start("text")
        slide.content.append(Piece(node, fragment))

    def _start(self, slide_kind: Kind) -> Slide:
        """Start a slide in the current section."""
        slide = Slide(self.path[-1], self._chapter_section(), slide_kind, optional=self.optional)
        slide.title, self.title = self.title, ""
        if slide_kind == "text" and self._has_closing_words():
            slide.title = slide.title or TAKEAWAYS
        slide.notes, self.early = self.early, []
        self.pending = False
        self.slides.append(slide)
        self.open = True
        return slide

    def _chapter_section(self) -> nodes.section:
        """Return the current section of the second level, or the chapter before the first."""
        return self.path[:2][-1]


def choose(doctree: nodes.document) -> Chooser:
    """Return the slides that a resolved chapter chooses; `chapter_deck` writes them."""
    chooser = Chooser()
    chooser.walk(doctree)
    if next(iter(doctree.findall(slide_marker)), None) is None:  # no notebook: it has no cells
        chooser.bare.clear()
    for slide in chooser.slides:
        if slide.title == TAKEAWAYS and not slide.notes:
            slide.notes.append(nodes.paragraph("", OF_TAKEAWAYS))
    return chooser


def _parts_of(solution: nodes.Element) -> Iterator[nodes.Element]:
    """Return what a solution shows, its code apart from what it prints."""
    for child in solution.children:
        if isinstance(child, nodes.section):
            yield from _parts_of(child)
        elif isinstance(child, nodes.Element) and child.get("nb_element") == "cell_code":
            yield from _unchecked(child)
        elif isinstance(child, nodes.Element):
            yield child


def _unchecked(cell: nodes.Element) -> Iterator[nodes.Element]:
    """Return a cell's code and what it prints, without the check of the answer and its verdict."""
    is_checked = 0
    for part in [container.deepcopy() for container in cell.findall(nodes.container)]:
        if part.get("nb_element") == "cell_code_source":
            block = next(iter(part.findall(nodes.literal_block)))
            code, is_checked = CHECK.subn("", block.astext())
            block.rawsource, block[:] = code, [nodes.Text(code)]
            if code:
                yield part
        elif part.get("nb_element") == "cell_code_output":
            if is_checked:  # the verdict is the cell's value, which comes last
                part.pop()
            if part.children:
                yield part


def _name_of(exercise: nodes.Element) -> str:
    """Return an exercise's own title, without the brackets of sphinx-exercise."""
    title = next(iter(exercise.findall(nodes.title)), None)
    return title.astext().strip().removeprefix("(").removesuffix(")") if title else "exercise"
