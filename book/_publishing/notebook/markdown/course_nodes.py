"""Write the nodes of our own directives: interactive figures, quizzes, predictions."""

from __future__ import annotations

from docutils import nodes

from _publishing.directives.interactive import interactive
from _publishing.directives.interactive_figures import FIGURES
from _publishing.directives.predict import (
    predict,
    predict_answer,
    predict_choice,
    predict_choices,
    predict_guess,
    predict_reason,
)
from _publishing.directives.quiz import (
    quiz,
    quiz_choice,
    quiz_prompt,
    quiz_question,
    quiz_reason,
    verdict,
)
from _publishing.notebook.markdown.blocks import Block, folded, quoted
from _publishing.notebook.markdown.dispatch import Dispatcher, notebook_renderers
from _publishing.notebook.markdown.syntax import join, link, paragraph


def write_interactive(writer: Dispatcher, node: interactive) -> list[Block]:
    """Write what stands for a figure without scripts, a link to the live one, and its like."""
    outer = node.parent
    name = (outer.get("ids") if isinstance(outer, nodes.figure) else None) or [""]
    address = writer.page.url(f"#{name[0]}" if name[0] else "")
    figure = FIGURES[node["widget"]]
    blocks = [
        *writer.flow(node.children),
        f"→ {link(f'Try it on the site: {figure.title}', address)}",
    ]
    if figure.python:
        blocks += ["In a cell of your own:", f"```python\n{figure.python.strip()}\n```"]
    return blocks


def write_quiz(writer: Dispatcher, node: quiz) -> list[Block]:
    """Write each question with its choices, and fold its answers away."""
    blocks: list[Block] = []
    for number, question in enumerate(node.findall(quiz_question), 1):
        prompt = _line(writer, next(question.findall(quiz_prompt)))
        several = " *(Choose all that are right.)*" if question["several"] else ""
        choices = [
            f"- **{choice['letter']}** {_line(writer, choice)}"
            for choice in question.findall(quiz_choice)
        ]
        reasons = [
            f"- **{reason['letter']}** {verdict(reason)} {_line(writer, reason)}".rstrip()
            for reason in question.findall(quiz_reason)
        ]
        answers = join(str(block) for block in folded("Answers", ["\n".join(reasons)]))
        blocks.extend(
            quoted([f"**Question {number}.** {prompt}{several}", "\n".join(choices), answers])
        )
    return blocks


def write_predict(writer: Dispatcher, node: predict) -> list[Block]:
    """Write the question, and what to choose from; the answer is what the next cell shows."""
    hidden = (predict_choices, predict_guess, predict_answer)
    question = [child for child in node.children if not isinstance(child, hidden)]
    choices = [
        f"- **{choice['letter']}** {_choice(writer, choice)}"
        for choice in node.findall(predict_choice)
    ]
    answers = ["\n".join(choices)] if choices else []
    return quoted(["**Predict**", *writer.flow(question), *answers])


def _choice(writer: Dispatcher, node: predict_choice) -> str:
    shown = [child for child in node.children if not isinstance(child, predict_reason)]
    return " ".join(paragraph(writer.line(shown)).split("\n"))


def _line(writer: Dispatcher, node: nodes.Element) -> str:
    return " ".join(paragraph(writer.line(node.children)).split("\n"))


notebook_renderers[interactive] = write_interactive
notebook_renderers[quiz] = write_quiz
notebook_renderers[predict] = write_predict
