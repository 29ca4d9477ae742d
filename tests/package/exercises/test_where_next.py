"""Each exercise on where to go next: its solution, and mistakes that people make."""

import pytest

from dlcourse.exercises.checking import check


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("where-next-1", [100_000_000, 0.004]),
    ],
)
def test_the_solution_is_right(name, answer):
    assert check(name, answer)


@pytest.mark.parametrize(
    ("name", "answer", "hint"),
    [
        ("where-next-1", [1_000_000, 0.00004], "one example"),
        ("where-next-1", [200_000_000, 0.004], "multiplications alone"),
        ("where-next-1", [100_000_000, 0.002], "twice as many"),
        ("where-next-1", [100_000_000, 4], "milliseconds"),
        ("where-next-1", [2_000, 1], "1,000 neurons"),
    ],
)
def test_a_mistake_gets_its_own_hint(name, answer, hint):
    verdict = check(name, answer)
    assert not verdict
    assert hint in verdict.message
