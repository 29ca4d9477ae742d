"""Numbers reach the page as plain numbers, and nothing happens where there is no page."""

import sys

import IPython
import numpy as np
import pytest

from dlcourse.book.glue_numbers import glue, plain
from dlcourse.errors import InputError


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (np.float32(0.25), 0.25),
        (np.array([[2.5]]), 2.5),
        (np.bool_(True), True),  # noqa: FBT003
        ("word", "word"),
        (3.0, 3.0),
    ],
)
def test_scalars_become_plain_numbers(value, expected):
    result = plain(value)
    assert result == expected
    assert type(result) is type(expected)


@pytest.mark.parametrize("name", ["", " ", "a:b", "a`b", "a\nb", "a\0b", 3, None])
def test_a_name_that_no_text_could_refer_to(name):
    with pytest.raises(InputError, match="`name` must be a"):
        glue(name, 1.0)


def test_silent_outside_a_notebook_and_without_myst_nb(monkeypatch, capsys):
    glue("x", 1.0)
    monkeypatch.setitem(sys.modules, "myst_nb", None)
    monkeypatch.setattr(IPython, "get_ipython", object)
    glue("x", 1.0)
    assert capsys.readouterr().out == ""


def test_hands_the_plain_value_to_myst_nb(monkeypatch):
    import myst_nb

    seen = []
    monkeypatch.setattr(IPython, "get_ipython", object)
    monkeypatch.setattr(myst_nb, "glue", lambda *args, **options: seen.append((*args, options)))
    glue("third", np.float64(1) / 3)
    glue("several", several := np.arange(3))
    shown = {"display": False}
    assert seen == [("third", 0.33333333, shown), ("several", several, shown)]
