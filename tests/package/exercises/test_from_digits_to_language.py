"""Each exercise on language: its solution, and mistakes that people make."""

import numpy as np
import pytest

from dlcourse.activations import softmax
from dlcourse.exercises.checking import check


def with_temperature(logits, temperature):
    if temperature == 0:
        return np.eye(len(logits))[np.argmax(logits)]
    return softmax(logits / temperature)


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("from-digits-to-language-1", [2.25, 6]),
        ("from-digits-to-language-2", [0.25, 0.75, 5.0]),
        ("from-digits-to-language-3", 96 * 12 * 12_288**2),
        ("from-digits-to-language-4", with_temperature),
    ],
)
def test_the_solution_is_right(name, answer):
    assert check(name, answer)


@pytest.mark.parametrize(
    ("name", "answer", "hint"),
    [
        ("from-digits-to-language-1", [1.5596, 4.1589], "natural"),
        ("from-digits-to-language-1", [9, 6], "the sum"),
        ("from-digits-to-language-1", [2, 6], "logarithms first"),
        ("from-digits-to-language-1", [1.75, 6], "plain mean"),
        ("from-digits-to-language-1", [2.25, 64], "which power"),
        ("from-digits-to-language-1", [0, 6], "one bit"),
        ("from-digits-to-language-2", [0.75, 0.25, 7.0], "larger weight"),
        ("from-digits-to-language-2", [0.5, 0.5, 6.0], "equal parts"),
        ("from-digits-to-language-2", [0.25, 0.75, 7.0], "Multiply each value"),
        ("from-digits-to-language-2", [1, 3, 20], "sum to one"),
        ("from-digits-to-language-2", [0.1, 0.9, 4.4], "power of each fit"),
        ("from-digits-to-language-2", 5.0, "a list of 3 numbers"),
        ("from-digits-to-language-3", 12 * 12_288**2, "one block"),
        ("from-digits-to-language-3", 96 * 6 * 12_288**2, "four times as large"),
        ("from-digits-to-language-3", 96 * 9 * 12_288**2, "four matrices"),
        ("from-digits-to-language-3", 175, "times 96"),
        ("from-digits-to-language-4", lambda z, t: softmax(z * t), "do not multiply"),
        ("from-digits-to-language-4", lambda z, t: softmax(z), "changes nothing"),
        ("from-digits-to-language-4", lambda z, t: z, "sum to"),
        ("from-digits-to-language-4", lambda z, t: np.full(4, 0.25), "first, then"),
        (
            "from-digits-to-language-4",
            lambda z, t: softmax(z / t) if t else np.full(4, 0.25),
            "At temperature 0",
        ),
    ],
)
def test_a_mistake_gets_its_own_hint(name, answer, hint):
    verdict = check(name, answer)
    assert not verdict
    assert hint in verdict.message
