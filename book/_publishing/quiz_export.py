"""All quizzes as files for a learning platform: ``quizzes/quiz.gift`` and ``quizzes/quiz.csv``.

GIFT is what Moodle imports; see https://docs.moodle.org/en/GIFT_format.
"""

import csv
import io
import re
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from _publishing.connect_for_html_only import after_build
from _publishing.directives.answer_choices import LETTERS
from _publishing.directives.quiz import QUESTIONS
from _publishing.source.chapter_names import chapters, topic_of

FOLDER = "quizzes"
#: Signs that GIFT gives a meaning of its own.
SPECIAL = re.compile(r"([~=#{}:\\])")


def gift(topic: str, questions: list[dict[str, Any]]) -> str:
    """Return a chapter's questions in GIFT, each answer with its reason."""
    blocks = [f"$CATEGORY: {topic}"]
    for number, question in enumerate(questions, 1):
        lines = [f"::{topic} {number}::[markdown]{_escaped(question['text'])} {{"]
        for right, choice, reason in question["answers"]:
            mark = "=" if right else "~"
            lines.append(f"  {mark}{_escaped(choice)}{f' # {_escaped(reason)}' if reason else ''}")
        blocks.append("\n".join([*lines, "}"]))
    return "\n\n".join(blocks) + "\n"


def table(quizzes: dict[str, list[dict[str, Any]]]) -> str:
    """Return all questions as CSV: a row for each answer."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(["chapter", "number", "question", "letter", "answer", "right", "reason"])
    for topic, questions in quizzes.items():
        for number, question in enumerate(questions, 1):
            for letter, (right, choice, reason) in zip(LETTERS, question["answers"], strict=False):
                rows.writerow([topic, number, question["text"], letter, choice, int(right), reason])
    return text.getvalue()


def _escaped(text: str) -> str:
    """Return text in which no sign means anything to GIFT."""
    return SPECIAL.sub(r"\\\1", text)


def write_files(app: Sphinx) -> None:
    """Write both files beside the pages."""
    pages = {topic_of(docname): app.env.metadata[docname] for docname in chapters(app)}
    quizzes = {topic: page[QUESTIONS] for topic, page in pages.items() if QUESTIONS in page}
    if not quizzes:
        return
    folder = Path(app.outdir) / FOLDER
    folder.mkdir(exist_ok=True)
    text = "\n".join(gift(topic, questions) for topic, questions in quizzes.items())
    (folder / "quiz.gift").write_text(text, encoding="utf-8")
    (folder / "quiz.csv").write_text(table(quizzes), encoding="utf-8")


def setup(app: Sphinx) -> None:
    """Write the files when all pages are written."""
    after_build(app, write_files)
