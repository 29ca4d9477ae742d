"""Fair timing, and words that fit two times."""

import time

import pytest

from dlcourse import timing
from dlcourse.errors import InputError


def test_contenders_take_turns_and_the_first_round_does_not_count():
    calls, pause = [], {"a": 0.05, "b": 0.0}

    def contender(name):
        def run():
            calls.append(name)
            time.sleep(0.3 if len(calls) <= 2 else pause[name])

        return run

    times = timing.take_turns({name: contender(name) for name in pause}, rounds=2)
    assert calls == ["a", "b"] * 3
    assert times["b"] < 0.05 <= times["a"] < 0.3


def test_nothing_to_time():
    with pytest.raises(InputError, match="at least one"):
        timing.take_turns({})


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [(2, 1, "2.0 times as fast"), (1, 1.2, "about as fast"), (1.2, 1, "about as fast"),
     (1, 4, "it took 4.0 times as long")],
)  # fmt: skip
def test_the_words_fit_the_number(before, after, words):
    assert words in timing.in_words(before, after)


def test_a_time_is_positive():
    with pytest.raises(InputError, match="`after` must be a number above 0"):
        timing.in_words(1, 0)
