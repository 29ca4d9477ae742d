"""What people hand to functions by mistake, and what the functions have to say to it."""

import inspect
import warnings
from datetime import UTC, datetime
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pytest
from explosive import Explosive

from dlcourse.errors import DlcourseError

ODD = [
    None, True, "", "relu", "a\0b", "x" * 5_000, b"", b"x", object(), Explosive(), {}, {"a": 1},
    set(), [], [[]], [[1.0], [2.0, 3.0]], ["a"], [None], [Explosive()], [(1, 2)], float("nan"),
    float("inf"), 10**400, -1, 2.5, 1e300, 1 + 2j, 2**64, np.array(3), np.array([]),
    np.zeros((0, 3)), np.zeros((0, 28, 28)), np.array(["a"]), np.array([1j]), np.array([None]),
    np.full((28, 28), np.nan), np.full((2, 28, 28), np.nan), np.full((28, 28), 1e200),
    np.full((2, 28, 28), 300.0), np.full((2, 28, 28), -1, np.int16), np.zeros((2, 27, 28)),
    np.zeros((2, 28, 28, 3)), np.zeros((1, 1)), np.zeros((28, 28), bool), [99, 1], [-5, 1],
    [1.5, 1], ["1", "1"], iter([1]), lambda: 0, datetime.now(UTC), Path("nowhere"), int,
]  # fmt: skip


def with_odd(function, suitable, argument, *, unnamed=(), more=()):
    """Replace one of the arguments that suit a function: only our own errors may come out.

    They name the argument, but for one of `unnamed`: there a missing file may be named instead.
    """
    n_refused = 0
    for odd in [*ODD, *more]:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            try:
                result = function(**suitable | {argument: odd})
            except DlcourseError as error:
                n_refused += 1
                assert f"`{argument}`" in str(error) or argument in unnamed, error  # noqa: PT017
            else:
                if isinstance(result, float | np.ndarray):
                    assert np.isfinite(result).all(), (argument, odd)
        plt.close("all")
    assert n_refused > 20, argument
    if inspect.signature(function).parameters[argument].default is not None:
        with pytest.raises(DlcourseError):
            function(**suitable | {argument: None})
