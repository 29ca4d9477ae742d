"""The machinery of the checks: it never raises for an answer, and always says something."""

import math
import re
from pathlib import Path

import numpy as np
import pytest

from dlcourse.errors import InputError
from dlcourse.exercises.checking import (
    Verdict,
    array,
    check,
    close,
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
CHAPTERS = ROOT / "book" / "chapters"
CHECKS = ROOT / "src" / "dlcourse" / "exercises"


def test_a_verdict_is_true_or_false_and_says_so():
    assert right("Well seen.")
    assert repr(right("Well seen.")) == "Right. Well seen."
    assert repr(Verdict(right=True)) == "Right."
    assert not wrong("Add the bias.")
    assert repr(wrong("Add the bias.")) == "Not yet. Add the bias."


def test_a_verdict_in_a_notebook_tells_by_mark_and_words():
    assert right("Well seen.")._repr_markdown_() == "✓ **Right.** Well seen."
    assert wrong("Add a_1 < $b$.")._repr_markdown_() == r"✗ **Not yet.** Add a\_1 \< \$b\$."


def test_the_dots_are_no_answer_yet():
    verdict = check("neurons-1", ...)
    assert not verdict
    assert not verdict.answered
    assert "… **No answer yet.**" in verdict._repr_markdown_()


@pytest.mark.parametrize("name", ["neurons-99", "nothing-1", ""])
def test_an_unknown_exercise_is_our_error_and_lists_the_known(name):
    with pytest.raises(InputError, match="neurons-1"):
        check(name, 1)


def test_the_name_of_an_exercise_is_a_text():
    with pytest.raises(InputError, match="`name` must be a text: got None"):
        check(None, 1)


def test_every_check_of_a_chapter_belongs_to_an_exercise_and_the_reverse():
    labels = {
        label
        for chapter in CHAPTERS.glob("*.md")
        for label in re.findall(
            r"^`{3,}\{exercise(?:-start)?\}.*\n:label: (\S+)", chapter.read_text(), re.MULTILINE
        )
    }
    topics = {label.rpartition("-")[0] for label in labels}
    mine = {name for name in known() if name.rpartition("-")[0] in topics}
    assert mine <= labels, "a check without an exercise"
    open_questions = {"ethics-3", "ethics-4", "where-next-2"}
    assert labels - mine == open_questions, "an exercise without a check"
    asked = {
        name
        for chapter in CHAPTERS.glob("*.md")
        for name in re.findall(r"check\(\s*\"([\w-]+)\"", chapter.read_text())
    }
    assert asked <= set(known()), "an exercise asks for a check that is not there"
    sources = "".join(path.read_text() for path in CHECKS.glob("*.py"))
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
        assert verdict.right or verdict.message
        assert "cannot be checked" not in verdict.message


def test_what_nobody_thought_of_does_not_raise_either():
    class Broken:
        def get_weights(self):
            raise OSError("disk")

    assert "cannot be checked (OSError: disk)" in check("irises-3", Broken()).message


def hint(function, *args, **options):
    with pytest.raises(Exception) as caught:  # noqa: PT011 - private to the module, not a public class
        function(*args, **options)
    assert type(caught.value).__name__ == "_NotAnAnswerError"
    return str(caught.value)


def test_arrays():
    assert array([1, 2], shape=(2,)).tolist() == [1, 2]
    assert array(np.ones((3, 2)), shape=(3, 2)).shape == (3, 2)
    assert "needs numbers, and got text: leave out" in hint(array, "seven")
    assert "a list within a list" in hint(array, ([1, 1], -1.5))
    assert hint(array, [1, 2, 3], shape=(2,)) == (
        "This needs a list of 2 numbers, and got a list of 3 numbers."
    )
    assert "a list of 2 numbers, and got one number." in hint(array, 7, shape=(2,))
    assert "an array of 3 x 3 numbers, and got a list of 1 number." in hint(
        array, [7], shape=(3, 3)
    )
    assert "None" in hint(array, None)
    assert "infinite" in hint(array, [1, float("nan")])


def test_numbers():
    assert number(np.array([[7.0]])) == 7
    assert number("7") == 7
    assert "one number" in hint(number, [1, 2])


def test_list_of():
    assert list_of(("a", "b"), n=2) == list_of(np.array(["a", "b"]), n=2) == ["a", "b"]
    assert list_of(["st", "LOSS"], n=2, options=("loss", "step")) == ["step", "loss"]
    assert "list of 2" in hint(list_of, "ab", n=2)
    assert one_of(" Loss ", ("loss", "step")) == "loss"
    assert one_of("Forward", ("forward pass", "step")) == "forward pass"
    assert one_of("loss", ("losses", "loss")) == "loss"
    assert "'step', 'stop'" in hint(one_of, "st", ("step", "stop"))
    assert "'loss', 'step'" in hint(one_of, "  ", ("loss", "step"))
    assert "'loss', 'step'" in hint(one_of, 3, ("loss", "step"))


def test_rounded_answers_are_close():
    assert close([0.33, 0.67], [1 / 3, 2 / 3])
    assert not close(0.3, 1 / 3)
    assert close(0.3, 1 / 3, digits=1)
