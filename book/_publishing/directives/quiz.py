r"""A quick quiz that answers.

The body of a ``{quiz}`` directive is easy Markdown, as many questions as wanted::

    ? Which number is the larger, $\pi$ or $e$?
    - [x] $\pi$ — it is about 3.14, and $e$ about 2.72
    - [ ] $e$ — it is about 2.72

A box with ``x`` is the right answer. What follows the dash says why; every wrong
answer must say why it is wrong. Without scripts the answers unfold under each question.
``:hinge: 2`` names the question on which the chapter turns, the only one of the quiz that the
deck of the half-day workshop asks (`deck.workshop_deck`).

The order in the source says nothing: numbers that differ are shown in their order, other
answers in one that the question's own words decide, the same in every build.
"""

import random
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx

from _publishing.directives.answer_choices import (
    LETTERS,
    Option,
    QuestionDirective,
    anchors,
    answer_choice,
    option,
    verdict,
)
from _publishing.directives.register_nodes_and_scripts import Markup, add_nodes, add_script

NUMBER = re.compile(r"\$?([-−]?\d[\d,]*(?:\.\d+)?)")
#: Where a page's metadata keeps its questions, for `quiz_export`.
QUESTIONS = "quiz_questions"


@dataclass
class Question:
    """One question, with the line it stands on."""

    text: str
    line: int
    options: list[Option] = field(default_factory=list)


def parse(lines: Iterable[str]) -> tuple[list[Question], list[tuple[int, str]]]:
    """Read a quiz; lines are counted from 0. Also return what is wrong, and where."""
    questions: list[Question] = []
    faults: list[tuple[int, str]] = []
    for number, raw in enumerate(lines):
        line, answer = raw.strip(), option(raw, number)
        if line.startswith("? "):
            questions.append(Question(line[2:].strip(), number))
        elif answer and questions:
            questions[-1].options.append(answer)
        elif line:
            faults.append((number, f"a quiz line starts with `? `, `- [ ] ` or `- [x] `: {line}"))
    if not questions:
        faults.append((0, "a quiz needs a question, a line that starts with `? `"))
    for question in questions:
        faults.extend(_faults(question))
    return questions, faults


def as_data(question: Question) -> dict[str, Any]:
    """Return a question as plain data: text, and answers as (right, choice, reason)."""
    return {"text": question.text, "answers": [(o.right, *o.parts) for o in in_order(question)]}


def _faults(question: Question) -> list[tuple[int, str]]:
    """Find what is missing from one question."""
    faults = []
    if len(question.options) < 2:
        faults.append((question.line, "a quiz question needs at least two answers"))
    elif sum(option.right for option in question.options) != 1:
        faults.append((question.line, "a quiz question needs one right answer, `- [x] `"))
    faults.extend(
        (option.line, "a wrong answer must say why it is wrong, after ` — `")
        for option in question.options
        if not option.right and not option.parts[1]
    )
    return faults


def in_order(question: Question) -> list[Option]:
    """Return the answers as they are shown: numbers by size, others shuffled, always alike."""
    options = question.options
    all_numbers = all(NUMBER.match(option.text) for option in options)
    if all_numbers and len(set(map(_size, options))) == len(options):
        return sorted(options, key=_size)
    chance = random.Random(question.text)  # noqa: S311  (no secret)
    return chance.sample(options, len(options))


def _size(option: Option) -> float:
    """Return the number that an answer begins with."""
    return float(NUMBER.findall(option.text)[0].replace("−", "-").replace(",", ""))


class quiz(nodes.General, nodes.Element):  # noqa: N801
    """All the questions of one quiz; ``hinge`` is the number of one of them, or 0."""


class quiz_question(nodes.General, nodes.Element):  # noqa: N801
    """One question: a prompt, its choices, and the reasons."""


class quiz_prompt(nodes.General, nodes.TextElement):  # noqa: N801
    """What is asked."""


class quiz_reasons(nodes.General, nodes.Element):  # noqa: N801
    """What is folded away until the reader has answered."""


class quiz_reason(nodes.General, nodes.TextElement):  # noqa: N801
    """Why an answer is right or wrong: ``letter``, ``right``."""


class Quiz(QuestionDirective):
    """The ``{quiz}`` directive; ``:label:`` names it, or else its number on the page does."""

    option_spec: ClassVar[dict[str, Any]] = {
        "label": directives.unchanged_required,
        "hinge": directives.positive_int,
    }

    def run(self) -> list[nodes.Node]:
        """Make the quiz's nodes, or say what is wrong with it."""
        questions, faults = parse(self.content)
        hinge = self.options.get("hinge", 0)
        if hinge > len(questions):
            expected = f"expected the number of a question, 1 to {len(questions)}"
            faults.append((0, f"hinge: {expected}; got {hinge}"))
        for number, fault in faults:
            self.warn(fault, number)
        node = quiz(hinge=hinge)
        group = nodes.make_id(self.name_node(node))
        metadata = self.env.metadata[self.env.docname]
        metadata[QUESTIONS] = [*metadata.get(QUESTIONS, []), *map(as_data, questions)]
        for number, question in enumerate(questions, 1):
            node += self._question(question, f"{group}-{number}")
        return [node]

    def _question(self, question: Question, group: str) -> quiz_question:
        """Make one question's nodes."""
        node = quiz_question()
        node += self.fill(quiz_prompt(), question.text, question.line)
        reasons = quiz_reasons()
        for letter, answer in zip(LETTERS, in_order(question), strict=False):
            marks: dict[str, Any] = {"letter": letter, "right": answer.right}
            chosen, reason = answer.parts
            # Not marked: the script finds in the reasons which choice is right.
            choice = answer_choice(**marks, group=group, marked=False)
            node += self.fill(choice, chosen, answer.line)
            reasons += self.fill(quiz_reason(**marks), reason, answer.line)
        node += reasons
        return node


def _reason_begins(node: nodes.Element) -> str:
    """Begin the reason why an answer is right or wrong."""
    return (
        f'<p class="quiz-reason quiz-{"right" if node["right"] else "wrong"}"'
        f' data-letter="{node["letter"]}">'
        f"<b>{node['letter']}</b> <strong>{verdict(node)}</strong> "
    )


#: The button and the live region wait for the script.
_REASONS_BEGIN = (
    '<button type="button" class="quiz-check" hidden>Check</button>\n'
    '<div class="quiz-feedback" role="status" aria-live="polite"></div>\n'
    '<details class="quiz-reasons"><summary>Answers</summary>\n'
)

#: What each node begins and ends with on the page: native groups of native controls.
MARKUP: dict[type[nodes.Element], tuple[Markup, Markup]] = {
    quiz: (lambda node: f'<div class="quiz" id="{node["ids"][0]}">\n{anchors(node)}', "</div>\n"),
    quiz_question: ('<fieldset class="quiz-question">\n', "</fieldset>\n"),
    quiz_prompt: ("<legend>", "</legend>\n"),
    quiz_reasons: (_REASONS_BEGIN, "</details>\n"),
    quiz_reason: (_reason_begins, "</p>\n"),
}


def setup(app: Sphinx) -> None:
    """Register the directive, its nodes and its script."""
    app.add_directive("quiz", Quiz)
    # On every page, so that it is joined into site.css: a file of its own would hold chapters up.
    app.add_css_file("quiz.css")
    add_nodes(app, MARKUP)
    add_script(app, "quiz.js", quiz)
