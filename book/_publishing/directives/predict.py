r"""Guess first: a question whose answer, the output below it, waits until the reader has guessed.

The body of a ``{predict}`` directive is Markdown. It may end with a number to guess::

    How many of the nine will it read?

    = {glue:text}`n-read` of nine

or with answers to choose from, as in a quiz; here the reasons may be left out::

    - [ ] 0.2 cm
    - [x] 0.4 cm — count the squares
    - [ ] 1 cm

``:near:`` says how far off a guess may be and still be called near. With neither a number
nor answers the reader thinks of one, and says so.

What is covered begins with the next cell's output, and ends with ``{predict-end}``, the next
question or the section. Without scripts, on paper and in the notebook nothing is covered; on
a slide ``slide_type: fragment`` has an output come with the next key.
"""

from typing import Any, ClassVar

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from _publishing.directives.answer_choices import (
    LETTERS,
    LOGGER,
    Option,
    QuestionDirective,
    anchors,
    answer_choice,
    option,
)
from _publishing.directives.register_nodes_and_scripts import Markup, add_nodes, add_script

ANSWER = "= "


class predict(nodes.General, nodes.Element):  # noqa: N801
    """A question, then a ``predict_answer`` or ``predict_choices``; ``near`` is a distance."""


class predict_choices(nodes.General, nodes.Element):  # noqa: N801
    """The answers to choose from; a ``predict_reason`` may end each."""


class predict_reason(nodes.Inline, nodes.TextElement):  # noqa: N801
    """Why an answer is right or wrong; it waits until the reader has guessed."""


class predict_answer(nodes.General, nodes.TextElement):  # noqa: N801
    """A number and its unit, once the reader has guessed."""


class predict_input(nodes.General, nodes.Element):  # noqa: N801
    """Where the reader's prediction goes."""


class predict_end(nodes.Invisible, nodes.Element):  # noqa: N801
    """Where what is covered ends."""


class Predict(QuestionDirective):
    """The ``{predict}`` directive."""

    option_spec: ClassVar[dict[str, Any]] = {"near": float}

    def run(self) -> list[nodes.Node]:
        """Make the question's nodes, or say what is wrong with it."""
        lines = list(self.content)
        first = next(
            (n for n, line in enumerate(lines) if line.startswith((ANSWER, "- ["))), len(lines)
        )
        node = predict(near=self.options.get("near", 0.0))
        group = nodes.make_id(self.name_node(node))
        self.state.nested_parse(self.content[:first], self.content_offset, node)
        if not len(node):
            self.warn("a prediction needs a question", 0)
        node += self._answers(lines[first:], first, group)
        return [node]

    def _answers(self, lines: list[str], first: int, group: str) -> list[nodes.Node]:
        """Make the nodes of what can be guessed: a number, one of several answers, anything."""
        if lines and lines[0].startswith(ANSWER):
            text = " ".join([lines[0].removeprefix(ANSWER), *lines[1:]])
            return [predict_input(number=True), self.fill(predict_answer(), text, first)]
        choices = predict_choices()
        for number, line in enumerate(lines, first):
            if answer := option(line, number):
                choices += self._choice(answer, LETTERS[len(choices)], group)
            elif line.strip():
                self.warn(f"an answer to choose starts with `- [ ] ` or `- [x] `: {line}", number)
        if lines and {one["right"] for one in choices.children} != {True, False}:  # type: ignore[index]
            self.warn("a prediction needs a right answer, `- [x] `, and a wrong one", first)
        return [choices, predict_input(number=False)] if lines else [predict_input(number=False)]

    def _choice(self, answer: Option, letter: str, group: str) -> nodes.Element:
        """Make the node of one answer to choose."""
        text, reason = answer.parts
        # `marked`: the page tells the script which answer is right.
        choice = answer_choice(letter=letter, right=answer.right, group=group, marked=True)
        node = self.fill(choice, text, answer.line)
        if reason:
            node += self.fill(predict_reason(), reason, answer.line)
        return node


class PredictEnd(SphinxDirective):
    """The ``{predict-end}`` directive."""

    def run(self) -> list[nodes.Node]:
        """Mark the end of what is covered."""
        return [predict_end()]


def check(_app: Sphinx, doctree: nodes.document) -> None:
    """Warn of a mark that ends nothing."""
    for node in doctree.findall(predict_end):
        before = node.parent.children[: node.parent.index(node)]
        last = next((n for n in reversed(before) if isinstance(n, (predict, predict_end))), None)
        if not isinstance(last, predict):
            LOGGER.warning("`{predict-end}` without a `{predict}` before it", location=node.parent)


def _begins(node: nodes.Element) -> str:
    """Begin the box, under its title."""
    attributes = f'data-near="{node["near"]:g}" id="{node["ids"][0]}"'
    title = '<p class="admonition-title">Predict</p>'
    return f'<div class="admonition tip predict" {attributes}>\n{anchors(node)}{title}\n'


def _input(node: nodes.Element) -> str:
    """Return what waits for the script: a box for a number, a button, and room for a verdict."""
    box = (
        '<label>Your guess <input type="text" inputmode="decimal" autocomplete="off"></label> '
        if node["number"]
        else ""
    )
    return (
        f'<form class="predict-guess" hidden>{box}'
        '<button class="quiz-check">Check</button></form>\n'
        '<div class="predict-verdict" role="status"></div>\n'
    )


#: What each node begins and ends with on the page: native groups of native controls.
MARKUP: dict[type[nodes.Element], tuple[Markup, Markup]] = {
    predict: (_begins, "</div>\n"),
    predict_choices: (
        '<div class="predict-choices" role="radiogroup" aria-label="Your guess">\n',
        "</div>\n",
    ),
    predict_reason: ('<span class="predict-reason" hidden>', "</span>"),
    predict_answer: ('<p class="predict-answer" hidden>', "</p>\n"),
    predict_input: (_input, ""),
    predict_end: ('<div class="predict-end" hidden></div>\n', ""),
}


def setup(app: Sphinx) -> None:
    """Register the directives, their nodes and their script."""
    app.add_directive("predict", Predict)
    app.add_directive("predict-end", PredictEnd)
    app.add_css_file("predict.css")
    add_nodes(app, MARKUP)
    app.connect("doctree-read", check)
    add_script(app, "predict.js", predict)
