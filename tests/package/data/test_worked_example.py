"""The worked example comes out at the workshop's 37 %."""

import numpy as np
import pytest
from scipy.special import expit

from dlcourse.data.worked_example import DOG_OR_CAT


def test_output_is_the_workshops_37_per_cent():
    e = DOG_OR_CAT
    hidden = expit(np.dot(e.x, e.W1) + e.b1)
    y = expit(hidden @ e.W2 + e.b2).item()
    assert y == pytest.approx(0.37, abs=5e-5)
    assert (y - e.t) ** 2 == pytest.approx(0.397, abs=5e-4)
