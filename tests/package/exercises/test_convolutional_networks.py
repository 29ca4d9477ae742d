"""Each exercise on convolutional networks: its solution, and mistakes that people make."""

import numpy as np
import pytest

from dlcourse.exercises.checking import check
from dlcourse.image_kernels import kernel

NAME = "convolutional-networks"
UNFINISHED = kernel("gaussian blur") + np.array([[0.05, 0, 0], [0, -0.05, 0], [0, 0, 0]])


@pytest.mark.parametrize(
    ("number", "answer"),
    [(1, [9, 5]), (1, [[9, 5]]), (2, 12832), (3, kernel("gaussian blur").round(3))],
)
def test_the_solution_is_right(number, answer):
    assert check(f"{NAME}-{number}", answer)


@pytest.mark.parametrize(
    ("number", "answer", "hint"),
    [
        (1, [4.25, 2.0], "mean"),
        (1, [17, 8], "sum"),
        (1, [4, 9], "each row"),
        (1, [9], "two blocks"),
        (1, [9, 2], "Cut the grid"),
        (2, 12800, "bias as well"),
        (2, 832, "all 16 maps"),
        (2, 416, "first convolution"),
        (2, 5, "How many numbers"),
        (3, kernel("sobel x"), "Sobel still"),
        (3, kernel("box blur"), "box blur"),
        (3, UNFINISHED, "more steps"),
        (3, np.zeros((3, 3)), "page's loop"),
        (3, [1, 2, 3], "array of 3 x 3"),
    ],
)
def test_a_mistake_gets_its_own_hint(number, answer, hint):
    verdict = check(f"{NAME}-{number}", answer)
    assert not verdict
    assert hint in verdict.message
