"""Questions on slides, a quiz's and predictions; the next key press shows all the answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from _publishing.directives.answer_choices import answer_choice, verdict
from _publishing.directives.predict import (
    predict_answer,
    predict_choices,
    predict_input,
    predict_reason,
)
from _publishing.directives.quiz import quiz_prompt, quiz_reason

if TYPE_CHECKING:
    from docutils import nodes

    from _publishing.deck.render_slide import Renderer
    from _publishing.deck.slide_data import Slide

#: What heads a prediction.
HEADING = "Your guess first"


def quiz_slide(renderer: Renderer, slide: Slide) -> dict[str, str]:
    """Return the parts of a quiz's slide, for `render_slide`; a key press shows the answers."""
    question = slide.content[0].node
    reasons = {reason["letter"]: reason for reason in question.findall(quiz_reason)}
    rows = [
        _option(choice, renderer.inline(choice), renderer.inline(reasons[choice["letter"]]))
        for choice in question.findall(answer_choice)
    ]
    prompt = next(iter(question.findall(quiz_prompt)))
    text = f'<ul class="quiz-options">{"".join(rows)}</ul>'
    return {"heading": renderer.inline(prompt), "text": text}


def predict_slide(renderer: Renderer, slide: Slide) -> dict[str, str]:
    """Return a prediction on a slide of its own."""
    # No title: the slide's badge, above the heading, says what it is.
    text = prediction(renderer, slide.content[0].node, title="")
    return {"heading": HEADING, "text": text}


def prediction(renderer: Renderer, question: nodes.Element, title: str = "Predict") -> str:
    """Return a prediction: the question; the next key press shows the answer, if it has one."""
    # The answers follow below; the field for a reader's guess is not for a slide.
    apart = (predict_answer, predict_choices, predict_input)
    parts = [f'<p class="admonition-title">{title}</p>'] if title else []
    parts += [renderer.html([part for part in question.children if not isinstance(part, apart)])]
    rows = []
    for choice in question.findall(answer_choice):
        words = choice.deepcopy()
        words.children = [part for part in words.children if not isinstance(part, predict_reason)]
        reason = next(iter(choice.findall(predict_reason)), None)
        rows.append(
            _option(choice, renderer.inline(words), renderer.inline(reason) if reason else "")
        )
    if rows:
        parts.append(f'<ul class="quiz-options">{"".join(rows)}</ul>')
    parts += [
        f'<p class="fragment predict-answer">{renderer.inline(answer)}</p>'
        for answer in question.findall(predict_answer)
    ]
    return f'<div class="admonition predict">{"".join(parts)}</div>'


def _option(choice: answer_choice, words: str, reason: str) -> str:
    """Return an answer to choose from; the next key press shows its verdict and its reason."""
    mark = "right" if choice["right"] else "wrong"
    return (
        f'<li class="quiz-option"><b>{choice["letter"]}</b> {words}'
        f'<p class="fragment quiz-{mark}" data-fragment-index="0">'
        f"<strong>{verdict(choice)}</strong> {reason}</p></li>"
    )
