"""The worked example comes out at the workshop's 37 %."""

import math

import pytest

from dlcourse.data.worked_example import DOG_OR_CAT


def test_output_is_the_workshops_37_per_cent():
    e = DOG_OR_CAT
    hidden = [
        1 / (1 + math.exp(-(e.x[0] * e.W1[0][j] + e.x[1] * e.W1[1][j] + e.b1[j]))) for j in (0, 1)
    ]
    z = hidden[0] * e.W2[0][0] + hidden[1] * e.W2[1][0] + e.b2[0]
    y = 1 / (1 + math.exp(-z))
    assert y == pytest.approx(0.37, abs=5e-5)
    assert (y - e.t) ** 2 == pytest.approx(0.397, abs=5e-4)
