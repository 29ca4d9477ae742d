"""Each exercise on going faster: its solution, and mistakes that people make."""

import numpy as np
import pytest

from dlcourse.exercises.checking import check


def reduced(gradients, sizes):
    mean = sum(n * g for n, g in zip(sizes, gradients, strict=True)) / sum(sizes)
    return [mean for _ in gradients]


def in_place(gradients, sizes):
    mean = reduced(gradients, sizes)
    gradients[0] *= 0
    return mean


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("going-faster-1", 0.38),
        ("going-faster-2", 44),
        ("going-faster-3", [2.22, 0.56]),
        ("going-faster-4", reduced),
    ],
)
def test_the_solution_is_right(name, answer):
    assert check(name, answer)


@pytest.mark.parametrize(
    ("name", "answer", "hint"),
    [
        ("going-faster-1", 0.367, "each device the same"),
        ("going-faster-1", 3.8, "Divide by their number"),
        ("going-faster-1", 3.8 / 3, "number of devices"),
        ("going-faster-1", 9, "a sum of 0.6"),
        ("going-faster-1", 0.3794, "a sum of 0.6"),
        ("going-faster-2", 43, "Nearly"),
        ("going-faster-2", 43.5, "whole number"),
        ("going-faster-2", 40, "left out"),
        ("going-faster-2", 41, "left out"),
        ("going-faster-2", 96, "2 operations"),
        ("going-faster-2", 1000, "Divide each"),
        ("going-faster-3", [4, 1], "leaves out the exchange"),
        ("going-faster-3", [60 / 22.5, 0.67], "nobody to exchange"),
        ("going-faster-3", [0.45, 0.1], "other way round"),
        ("going-faster-3", [2.22, 2], "The first is right"),
        ("going-faster-3", [1, 1], "50 / 4"),
        ("going-faster-4", lambda g, n: g[0], "one gradient for each device"),
        ("going-faster-4", lambda g, n: [1.0, 1.0, 1.0], "of the shape"),
        ("going-faster-4", lambda g, n: [sum(g) / 3] * 3, "each device the same"),
        ("going-faster-4", lambda g, n: [10 * reduced(g, n)[0]] * 3, "That is a sum"),
        ("going-faster-4", lambda g, n: g, "drift apart"),
        ("going-faster-4", lambda g, n: [np.zeros_like(g[0])] * 3, "Add up"),
        ("going-faster-4", in_place, "Make new ones"),
        ("going-faster-4", 3, "function"),
    ],
)
def test_a_mistake_gets_its_own_hint(name, answer, hint):
    verdict = check(name, answer)
    assert not verdict
    assert hint in verdict.message
