"""Each exercise on ethics: its solution, and mistakes that people make."""

import pytest

from dlcourse.exercises.checking import check

TEXTS = ["promise", "recommendation", "recommendation", "law"]
SHARES = [0.961, 0.98, 0.6]


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("ethics-1", TEXTS),
        ("ethics-1", ["Promise", " recommendation", "recommendation", "LAW"]),
        ("ethics-2", SHARES),
        ("ethics-2", [0.96, 0.98, 0.60]),
    ],
)
def test_the_solution_is_right(name, answer):
    assert check(name, answer)


@pytest.mark.parametrize(
    ("name", "answer", "hint"),
    [
        ("ethics-1", ["law", *TEXTS[1:]], "company"),
        ("ethics-1", ["promise"] + 3 * ["recommendation"], "binding"),
        ("ethics-1", ["promise", "law", "law", "law"], "recommend to governments"),
        ("ethics-1", ["promise", "advice", "advice", "law"], "Use only"),
        ("ethics-1", ["law", "promise", "recommendation", "law"], "company"),  # all three words
        ("ethics-1", "law", "list of 4"),
        ("ethics-2", [96.1, 98, 60], "per cent"),
        ("ethics-2", [0.79, 0.98, 0.6], "add up"),
        ("ethics-2", [0.039, 0.02, 0.4], "mistakes"),
        ("ethics-2", [0.961, 0.6, 0.98], "wrong way round"),
        ("ethics-2", [0.5, 0.5, 0.5], "Divide"),
        ("ethics-2", 0.96, "a list of 3 numbers"),
    ],
)
def test_a_mistake_gets_its_own_hint(name, answer, hint):
    verdict = check(name, answer)
    assert not verdict
    assert hint in verdict.message
