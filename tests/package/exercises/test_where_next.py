"""Each exercise on where to go next: its solution, and mistakes that people make."""

import pytest

from dlcourse.exercises.checking import check


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("where-next-1", [0.25, 0.75, 5.0]),
        ("where-next-2", [100_000_000, 0.004]),
    ],
)
def test_the_solution_is_right(name, answer):
    assert check(name, answer)


@pytest.mark.parametrize(
    ("name", "answer", "hint"),
    [
        ("where-next-1", [0.75, 0.25, 7.0], "larger share"),
        ("where-next-1", [0.5, 0.5, 6.0], "equal parts"),
        ("where-next-1", [0.25, 0.75, 7.0], "Weigh the two values"),
        ("where-next-1", [1, 3, 20], "sum to one"),
        ("where-next-1", [0.1, 0.9, 4.4], "power of each fit"),
        ("where-next-1", 5.0, "a list of 3 numbers"),
        ("where-next-2", [1_000_000, 0.00004], "one example"),
        ("where-next-2", [200_000_000, 0.004], "multiplications alone"),
        ("where-next-2", [100_000_000, 0.002], "twice as many"),
        ("where-next-2", [100_000_000, 4], "milliseconds"),
        ("where-next-2", [2_000, 1], "1,000 neurons"),
    ],
)
def test_a_mistake_gets_its_own_hint(name, answer, hint):
    verdict = check(name, answer)
    assert not verdict
    assert hint in verdict.message
