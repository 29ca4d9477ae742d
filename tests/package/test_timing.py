"""Fair timing, and words that fit two times."""

import time

import pytest
from refusals import refusals

from dlcourse import timing


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


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [(2, 1, "2.0 times as fast"), (1, 1.2, "about as fast"), (1.2, 1, "about as fast"),
     (1, 4, "4.0 times as slow")],
)  # fmt: skip
def test_the_words_fit_the_number(before, after, words):
    assert words in timing.in_words(before, after)


test_what_cannot_be_timed_or_compared = refusals(
    (lambda: timing.take_turns([len]), "`contenders` must be functions by name: got a list"),
    (lambda: timing.take_turns({}), "`contenders` must be functions by name, at least one"),
    (lambda: timing.in_words(1, 0), "`after` must be a number above 0"),
)
