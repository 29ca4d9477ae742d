"""A quiz: read from Markdown, validated, answered in a browser with and without scripts."""

from pathlib import Path

import pytest
from _publishing.directives import quiz

SAMPLE = (Path(__file__).parent / "samples" / "quiz.md").read_text(encoding="utf-8")


def test_parse_reads_questions_choices_and_reasons():
    questions, faults = quiz.parse(
        ["? One?", "- [ ] a — because", "- [x] b", "", "? Two?", "- [X] c", "- [ ] d -- e"]
    )
    assert faults == []
    assert [q.text for q in questions] == ["One?", "Two?"]
    first, second = questions[0].options
    assert (first.right, first.parts) == (False, ("a", "because"))
    assert (second.right, second.parts) == (True, ("b", ""))
    assert questions[1].options[0].right


@pytest.mark.parametrize(
    ("lines", "line", "fault"),
    [
        ([], 0, "needs a question"),
        (["? One", "- [x] a"], 0, "at least two answers"),
        (["? One", "- [ ] a — no", "- [ ] b — no"], 0, "one right answer"),
        (["? One", "- [x] a", "- [x] b", "- [ ] c — no"], 0, "one right answer"),
        (["? One", "- [x] a", "- [ ] b"], 2, "why it is wrong"),
        (["? One", "and more", "- [x] a", "- [ ] b — no"], 1, "starts with"),
        (["? One", "- a — no", "- [x] b", "- [ ] c — no"], 1, "starts with"),
        (["- [x] a", "? One", "- [x] b", "- [ ] c — no"], 0, "starts with"),
    ],
)
def test_parse_names_the_fault_and_its_line(lines, line, fault):
    _, faults = quiz.parse(lines)
    assert [number for number, text in faults if fault in text] == [line]


@pytest.fixture(scope="module")
def page_file(build_book, notebook_header):
    text = notebook_header + SAMPLE + "\nSee {ref}`the quiz <quiz-numbers>`.\n"
    built = build_book({"chapters/sample.md": text})
    assert "quiz.js" not in built.read("index.html")
    assert built.read("chapters/sample.html").count('id="asked"') == 1
    return built.html / "chapters" / "sample.html"


def test_quiz_answers_by_keyboard(page_file, chromium):
    page = chromium.new_page()
    page.goto(page_file.as_uri())
    question = page.locator(".quiz-question")
    assert not question.locator("details").is_visible()
    feedback = question.get_by_role("status")

    question.get_by_role("button", name="Check").click()
    assert feedback.inner_text() == "Choose an answer first."

    question.get_by_role("radio").last.focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert "Not this one. about 2.72" in feedback.inner_text()
    assert not question.locator("details").is_visible()

    question.get_by_role("radio").last.check()
    question.get_by_role("button", name="Check").click()
    assert "Right. about 3.14" in feedback.inner_text()
    assert question.locator("details").is_visible()


def test_quiz_unfolds_without_scripts(page_file, chromium):
    page = chromium.new_context(java_script_enabled=False).new_page()
    page.goto(page_file.as_uri())
    question = page.locator(".quiz-question")
    assert not question.locator(".quiz-check").is_visible()
    question.locator("summary").click()
    assert "Right. about 3.14" in question.locator("details").inner_text()
