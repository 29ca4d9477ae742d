"""Each exercise of the clinic: its solution, and mistakes that people make."""

import numpy as np
import pytest

from dlcourse.exercises.checking import check

LOWEST = np.log(np.e + 999) - 1


def normalise(z, *, axis=0, power=0.5):
    centred = z - z.mean(axis=axis, keepdims=True)
    return centred / (z.var(axis=axis, keepdims=True) + 1e-7) ** power


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("when-it-does-not-learn-1", [6.91, 5.91]),
        ("when-it-does-not-learn-2", ["inputs not scaled", "Overfitting", "softmax twice"]),
        ("when-it-does-not-learn-3", [6, 3]),
        ("when-it-does-not-learn-4", normalise),
    ],
)
def test_the_solution_is_right(name, answer):
    assert check(name, answer)


@pytest.mark.parametrize(
    ("name", "answer", "hint"),
    [
        ("when-it-does-not-learn-1", [LOWEST, np.log(1000)], "other way round"),
        ("when-it-does-not-learn-1", [3.0, 5.91], "natural logarithm"),
        ("when-it-does-not-learn-1", [6.91, 1.46], "ten classes"),
        ("when-it-does-not-learn-1", [6.91, 0.0], "first is right"),
        ("when-it-does-not-learn-1", [1000, 0], "1/1000"),
        (
            "when-it-does-not-learn-2",
            ["too hot", "overfitting", "softmax twice"],
            "none of the six",
        ),
        ("when-it-does-not-learn-2", ["rate too high"] * 3, "(a)"),
        ("when-it-does-not-learn-2", ["inputs not scaled"] * 3, "(b)"),
        ("when-it-does-not-learn-2", ["inputs not scaled", "overfitting", "rate too low"], "(c)"),
        ("when-it-does-not-learn-3", [5, 2], "from 1"),
        ("when-it-does-not-learn-3", [8, 8], "eighth"),
        ("when-it-does-not-learn-3", [6, 6], "restore_best_weights"),
        ("when-it-does-not-learn-3", [5, 3], "Three epochs"),
        ("when-it-does-not-learn-3", [7, 3], "best loss so far"),
        ("when-it-does-not-learn-4", lambda z: normalise(z, axis=1), "each example"),
        ("when-it-does-not-learn-4", lambda z: normalise(z, power=1), "root"),
        ("when-it-does-not-learn-4", lambda z: z - z.mean(axis=0), "standard deviation"),
        ("when-it-does-not-learn-4", lambda z: z, "Subtract"),
        ("when-it-does-not-learn-4", lambda z: z[:3], "Keep the shape"),
        ("when-it-does-not-learn-4", lambda z: np.subtract(z, 1, out=z), "new array"),
    ],
)
def test_a_mistake_gets_its_own_hint(name, answer, hint):
    verdict = check(name, answer)
    assert not verdict
    assert hint in verdict.message
