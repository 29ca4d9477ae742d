"""Each exercise on kernels: its solution, and mistakes that people make."""

import numpy as np
import pytest

from dlcourse.data.photo import photo
from dlcourse.exercises.checking import check


def only(row, column):
    grid = np.zeros((3, 3))
    grid[row, column] = 1
    return grid


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("kernels-1", 20),
        ("kernels-2", tuple(n - 6 for n in photo().shape)),
        ("kernels-3", only(1, 2)),
        ("kernels-3", only(1, 2).tolist()),
    ],
)
def test_the_solution_is_right(name, answer):
    assert check(name, answer)


@pytest.mark.parametrize(
    ("name", "answer", "hint"),
    [
        ("kernels-1", -20, "sign"),
        ("kernels-1", 2, "horizontal edges"),
        ("kernels-1", 15, "twice the others"),
        ("kernels-1", 7, "Multiply each"),
        ("kernels-2", tuple(n - 6 for n in photo().shape)[::-1], "wrong way round"),
        ("kernels-2", tuple(n - 7 for n in photo().shape), "One too few"),
        ("kernels-2", photo().shape, "size of the photo"),
        ("kernels-2", (3, 4), "n - k"),
        ("kernels-3", only(1, 0), "to the right"),
        ("kernels-3", only(1, 1), "where it is"),
        ("kernels-3", only(2, 1), "up or down"),
        ("kernels-3", np.ones((3, 3)), "One of the nine"),
        ("kernels-3", [1, 2], "array of 3 x 3"),
    ],
)
def test_a_mistake_gets_its_own_hint(name, answer, hint):
    verdict = check(name, answer)
    assert not verdict
    assert hint in verdict.message
