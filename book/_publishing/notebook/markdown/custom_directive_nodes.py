"""Write the nodes of our own directives: interactive figures, quizzes, predictions."""

from collections.abc import Iterable

from docutils import nodes

from _publishing.directives.answer_choices import answer_choice, verdict
from _publishing.directives.interactive import interactive
from _publishing.directives.predict import (
    predict,
    predict_answer,
    predict_choices,
    predict_input,
    predict_reason,
)
from _publishing.directives.quiz import (
    quiz,
    quiz_prompt,
    quiz_question,
    quiz_reason,
)
from _publishing.figure_registry import FIGURES
from _publishing.notebook.markdown.blocks import Block, CellStart, folded, quoted
from _publishing.notebook.markdown.exercise_nodes import ExerciseKinds
from _publishing.notebook.markdown.syntax import link, paragraph


class DirectiveKinds(ExerciseKinds):
    """Blocks of our own directives; `dispatch` calls ``block_<class>`` for a node of that class.

    A string is Markdown; a `CellStart` stands for a `slide_marker`, which `mark_markdown_cells`
    puts where a Markdown cell of the source begins.
    """

    def block_slide_marker(self, node: nodes.Element) -> list[Block]:
        return [CellStart(node["slide_type"])]

    def block_interactive(self, node: interactive) -> list[Block]:
        """Write the still figure, a link to the live one, and code that does the same."""
        names = node.parent["ids"]  # of the figure around it
        address = self.page.url(f"#{names[0]}" if names else "")
        figure = FIGURES[node["widget"]]
        blocks = [
            *self.flow(node.children),
            f"→ {link(f'Try it on the site: {figure.title}', address)}",
        ]
        if figure.python:
            blocks += ["In a cell of your own:", f"```python\n{figure.python.strip()}\n```"]
        return blocks

    def block_quiz(self, node: quiz) -> list[Block]:
        """Write each question with its choices, and fold its answers away."""
        blocks: list[Block] = []
        for number, question in enumerate(node.findall(quiz_question), 1):
            prompt = self._one_line(next(question.findall(quiz_prompt)).children)
            reasons = [
                f"- **{reason['letter']}** {verdict(reason)} {self._one_line(reason.children)}"
                for reason in question.findall(quiz_reason)
            ]
            answers = folded("Answers", ["\n".join(reason.rstrip() for reason in reasons)])
            asked = [f"**Question {number}.** {prompt}", self._choices(question)]
            blocks.extend(quoted([*asked, *answers]))
        return blocks

    def block_predict(self, node: predict) -> list[Block]:
        """Write the question, and what to choose from; the next cell shows the answer."""
        hidden = (predict_choices, predict_input, predict_answer)
        question = [child for child in node.children if not isinstance(child, hidden)]
        return quoted(["**Predict**", *self.flow(question), self._choices(node)])

    def _choices(self, node: nodes.Element) -> str:
        """Return what there is to choose from, without the reasons."""
        return "\n".join(
            f"- **{choice['letter']}** "
            + self._one_line(c for c in choice.children if not isinstance(c, predict_reason))
            for choice in node.findall(answer_choice)
        )

    def _one_line(self, children: Iterable[nodes.Node]) -> str:
        return " ".join(paragraph(self.line(children)).split("\n"))
