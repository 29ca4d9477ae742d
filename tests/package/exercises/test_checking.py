"""The machinery of the checks: it never raises for an answer, and always says something."""

import math
import re
from pathlib import Path

import numpy as np
import pytest
from refusals import refusals

from dlcourse.exercises.checking import (
    _NotAnAnswerError,
    array,
    check,
    known,
    list_of,
    number,
    one_of,
    right,
    wrong,
)


class Unbuilt:
    """A class with the method of a network that a check asks for."""

    def get_weights(self):
        raise NotImplementedError


ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(
    ("verdict", "shown"),
    [
        (right("Well seen."), "✓ **Right.** Well seen."),
        (wrong("Add a_1 < $b$."), r"✗ **Not yet.** Add a\_1 \< \$b\$."),
        (check("neurons-1", ...), "… **No answer yet.** Put your answer in place of the "),
    ],
)
def test_a_verdict_in_a_notebook_tells_by_mark_and_words(verdict, shown):
    assert verdict._repr_markdown_().startswith(shown)
    assert bool(verdict) == ("Right" in shown)


test_an_unknown_exercise_is_our_error_and_lists_the_known = refusals(
    (lambda: check("neurons-99", 1), "neurons-1"),
    (lambda: check("nothing-1", 1), "neurons-1"),
    (lambda: check("", 1), "neurons-1"),
    (lambda: check(None, 1), "`name` must be a text: got None"),
)


def test_every_check_of_a_chapter_belongs_to_an_exercise_and_the_reverse():
    book = "".join(path.read_text() for path in (ROOT / "book" / "chapters").glob("*.md"))
    heads = re.compile(r"^`{3,}\{exercise(?:-start)?\}.*\n:label: (\S+)", re.MULTILINE)
    open_questions = {"ethics-3", "ethics-4", "where-next-2"}
    assert {*known()} == {*heads.findall(book)} - open_questions
    checks = (ROOT / "src" / "dlcourse" / "exercises").glob("*.py")
    sources = "".join(path.read_text() for path in checks)
    named = re.findall(r"^@exercise\(\"([\w-]+)\"", sources, re.MULTILINE)
    assert sorted(named) == known(), "two checks of one exercise: the later one would replace it"


#: What people hand over by mistake: a class in place of an object of it, rows of two lengths, …
ODD = [None, True, math.nan, 1e400, 3, "nonsense", b"", [], ["a", "b"], {"a": 1}, [[1], [1, 2]],
       int, dict, Unbuilt, print, object(), np.zeros((2, 3, 4)), lambda *_: [[1], [1, 2]],
       lambda *_: [[[1], [1, 2]]] * 3, lambda *_: "text", lambda *_: Unbuilt]  # fmt: skip


@pytest.mark.parametrize("name", known())
def test_no_odd_answer_raises_and_each_gets_a_hint_of_its_own(name):
    for answer in ODD:
        verdict = check(name, answer)
        assert verdict or verdict.message
        assert "cannot be checked" not in verdict.message


def test_what_nobody_thought_of_does_not_raise_either():
    class Broken:
        def get_weights(self):
            raise OSError("disk")

    assert "cannot be checked (OSError: disk)" in check("irises-3", Broken()).message


@pytest.mark.parametrize(
    ("form", "answer", "options", "hint"),
    [
        (array, "seven", {}, "needs numbers, and got text: leave out"),
        (array, ([1, 1], -1.5), {}, "a list within a list"),
        (array, [1, 2, 3], {"shape": (2,)}, "This needs a list of 2 numbers, and got a list of 3 "),
        (array, 7, {"shape": (2,)}, r"a list of 2 numbers, and got one number\."),
        (array, [7], {"shape": (3, 3)}, r"of 3 x 3 numbers, and got a list of 1 number\."),
        (array, None, {}, "None"),
        (array, [1, float("nan")], {}, "infinite"),
        (number, [1, 2], {}, "one number"),
        (list_of, "ab", {"n": 2}, "list of 2"),
        (one_of, "st", {"options": ("step", "stop")}, "'step', 'stop'"),
        (one_of, "  ", {"options": ("loss", "step")}, "'loss', 'step'"),
        (one_of, 3, {"options": ("loss", "step")}, "'loss', 'step'"),
    ],
)
def test_an_answer_of_another_form_gets_a_hint(form, answer, options, hint):
    with pytest.raises(_NotAnAnswerError, match=hint):
        form(answer, **options)


def test_an_answer_may_have_any_form_that_says_the_same():
    assert array([1, 2], shape=(2,)).tolist() == [1, 2]
    assert number(np.array([[7.0]])) == number("7") == 7
    assert list_of(("a", "b"), n=2) == list_of(np.array(["a", "b"]), n=2) == ["a", "b"]
    assert list_of(["st", "LOSS"], n=2, options=("loss", "step")) == ["step", "loss"]
    assert one_of(" Loss ", ("loss", "step")) == "loss"
    assert one_of("Forward", ("forward pass", "step")) == "forward pass"
    assert one_of("loss", ("losses", "loss")) == "loss"
