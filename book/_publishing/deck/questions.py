"""Questions on slides: a quiz's, and those to guess at; a key brings the answers, all at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from _publishing.directives.predict import (
    predict_answer,
    predict_choice,
    predict_choices,
    predict_guess,
    predict_reason,
)
from _publishing.directives.quiz import quiz_choice, quiz_prompt, quiz_reason, verdict

if TYPE_CHECKING:
    from docutils import nodes

    from _publishing.deck.render import Renderer
    from _publishing.deck.slides import Slide

#: What heads a question to guess at.
GUESS = "Your guess first"


def quiz_slide(renderer: Renderer, slide: Slide) -> dict[str, str]:
    """Return a question; a key brings the answers, all at once."""
    question = slide.content[0][0]
    reasons = {reason["letter"]: reason for reason in question.findall(quiz_reason)}
    rows = []
    for choice in question.findall(quiz_choice):
        reason = reasons[choice["letter"]]
        mark = "right" if choice["right"] else "wrong"
        rows.append(
            f'<li class="quiz-option"><b>{choice["letter"]}</b> {renderer.inline(choice)}'
            f'<p class="fragment quiz-{mark}" data-fragment-index="0">'
            f"<strong>{verdict(reason)}</strong> {renderer.inline(reason)}</p></li>"
        )
    prompt = next(iter(question.findall(quiz_prompt)))
    return {
        "heading": renderer.inline(prompt),
        "layout": "text",
        "text": f'<ul class="quiz-options">{"".join(rows)}</ul>',
        "pictures": "",
    }


def guess_slide(renderer: Renderer, slide: Slide) -> dict[str, str]:
    """Return a question to guess at on a slide of its own."""
    text = guess(renderer, slide.content[0][0], title="")  # the line above the heading says it
    return {"heading": GUESS, "layout": "text", "text": text, "pictures": ""}


def guess(renderer: Renderer, question: nodes.Element, title: str = "Predict") -> str:
    """Return a question to guess at; its answer, where it has one, comes with a key."""
    waits = (predict_answer, predict_choices, predict_guess)
    parts = [f'<p class="admonition-title">{title}</p>'] if title else []
    parts += [renderer.html([part for part in question.children if not isinstance(part, waits)])]
    rows = [_guessed(renderer, choice) for choice in question.findall(predict_choice)]
    if rows:
        parts.append(f'<ul class="quiz-options">{"".join(rows)}</ul>')
    parts += [
        f'<p class="fragment predict-answer">{renderer.inline(answer)}</p>'
        for answer in question.findall(predict_answer)
    ]
    return f'<div class="admonition predict">{"".join(parts)}</div>'


def _guessed(renderer: Renderer, choice: predict_choice) -> str:
    """Return one of the answers to choose from, with its verdict and its reason."""
    mark = "right" if choice["right"] else "wrong"
    why = next(iter(choice.findall(predict_reason)), None)
    words = choice.deepcopy()
    words.children = [part for part in words.children if not isinstance(part, predict_reason)]
    return (
        f'<li class="quiz-option"><b>{choice["letter"]}</b> {renderer.inline(words)}'
        f'<p class="fragment quiz-{mark}" data-fragment-index="0">'
        f"<strong>{verdict(choice)}</strong> {renderer.inline(why) if why else ''}</p></li>"
    )
