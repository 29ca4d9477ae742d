"""Each exercise on augmentation: its solution, and mistakes that people make."""

import numpy as np
import pytest

from dlcourse.exercises.checking import check

KEEPS = [True, False, True, False, True]


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("augmentation-1", KEEPS),
        ("augmentation-2", [2.25, 1.25]),
        ("augmentation-3", [0.547, 0.605]),
        ("augmentation-3", (0.41, 0.84)),
        ("augmentation-3", np.array([0.234, 0.209])),
    ],
)
def test_the_solution_is_right(name, answer):
    assert check(name, answer)


@pytest.mark.parametrize(
    ("name", "answer", "hint"),
    [
        ("augmentation-1", [not keeps for keeps in KEEPS], "other way round"),
        ("augmentation-1", [True, False, True, True, True], "(d)"),
        ("augmentation-1", [True, True, True, False, True], "(b)"),
        ("augmentation-1", [False, False, True, False, True], "slight turn"),
        ("augmentation-1", ["True"] * 5, "quotation marks"),
        ("augmentation-2", [1.25, 2.25], "row comes first"),
        ("augmentation-2", [3.25, 2.25], "from 0"),
        ("augmentation-2", [2, 1.5], "box"),
        ("augmentation-2", [1.5, 1.5], "middle of the picture"),
        ("augmentation-2", [0, 0], "Add up"),
        ("augmentation-3", 0.605, "both accuracies"),
        ("augmentation-3", [54.7, 60.5], "per cent"),
        ("augmentation-3", [-0.1, 0.6], "between 0 and 1"),
        ("augmentation-3", [0.953, 0.932], "So good?"),
        ("augmentation-3", [0.1, 0.1], "guessing"),
        ("augmentation-3", [0.55, 0.1135], "guessing"),
        ("augmentation-3", [0.001, 0.6], "scaled"),
        ("augmentation-3", [0.842, 0.411], "clean comes first"),  # inverted, clean
        ("augmentation-3", [0.935, 0.206], "did they come last?"),  # the copies first
        ("augmentation-3", [0.865, 0.074], "did they come last?"),
        ("augmentation-3", ["0.5", ...], "numbers"),
    ],
)
def test_a_mistake_gets_its_own_hint(name, answer, hint):
    verdict = check(name, answer)
    assert not verdict
    assert hint in verdict.message
