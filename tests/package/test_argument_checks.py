"""The checks of arguments: what they let through, what they refuse, and in which words."""

from pathlib import Path

import numpy as np
import pytest

from dlcourse import argument_checks
from dlcourse.errors import InputError


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "None"), (True, "True"), ("a" * 50, "'" + "a" * 40 + "…'"), (float("nan"), "NaN"),
        (2.5, "2.5"), (10**400, "a number beyond 1e300"), (-(10**400), "a number beyond 1e300"),
        ([1], "a list"), (object(), "an object"), (np.zeros((2, 1), np.int8), "(2, 1) and type int8"),  # noqa: E501
    ],
)  # fmt: skip
def test_values_are_described_in_a_few_words(value, words):
    assert argument_checks.describe(value).endswith(words)


def test_arrays_keep_what_they_should():
    x = np.ones((2, 2))
    assert argument_checks.array(x, "x") is x
    single = np.ones(3, np.float32)
    assert argument_checks.array(single, "x").dtype == np.float64
    assert argument_checks.array(single, "x", keep_float32=True) is single
    assert argument_checks.array([1, 2], "x", keep_float32=True).dtype == np.float64
    assert argument_checks.array(True, "x") == 1.0  # noqa: FBT003


def test_bounds_include_and_exclude_what_they_say():
    assert argument_checks.number(1, "x", at_least=1) == 1.0
    assert argument_checks.number(1, "x", above=0.999) == 1.0
    assert argument_checks.array([argument_checks.LARGEST, -argument_checks.LARGEST], "x").size == 2
    assert argument_checks.count(np.int64(1), "n") == 1
    assert argument_checks.count(0, "n", at_least=0) == argument_checks.seed(0) == 0
    assert type(argument_checks.count(np.int64(1), "n")) is int
    for refused in (
        lambda: argument_checks.number(1, "x", above=1),
        lambda: argument_checks.number(1, "x", below=1),
        lambda: argument_checks.number(0.99, "x", at_least=1),
        lambda: argument_checks.number(True, "x"),  # noqa: FBT003
        lambda: argument_checks.number(np.True_, "x"),
        lambda: argument_checks.count(True, "n"),
        lambda: argument_checks.count(0, "n"),
        lambda: argument_checks.array(argument_checks.LARGEST * 1.01, "x"),
        lambda: argument_checks.array(-argument_checks.LARGEST * 1.01, "x"),
    ):
        with pytest.raises(InputError):
            refused()


def test_brightness_is_from_0_to_1_and_keeps_single_precision():
    single = np.array([[0, 1]], np.float32)
    assert argument_checks.brightness(single, "x", "n m") is single
    assert argument_checks.brightness([[0, 1]], "x", "n m").dtype == np.float64
    assert argument_checks.brightness(np.zeros((0, 3)), "x", may_be_empty=True).shape == (0, 3)
    for wrong in ([-1e-6, 0], [0, 1.001], [np.nan], []):
        with pytest.raises(InputError, match="`x`"):
            argument_checks.brightness(wrong, "x")
    with pytest.raises(InputError, match=r"`x` must hold values .* 0 to 255\. Divide bytes by 255"):
        argument_checks.brightness([[0, 255]], "x")


def test_seeds_and_paths_end_where_they_say():
    assert argument_checks.seed(np.int64(2**32 - 1)) == 2**32 - 1
    with pytest.raises(InputError, match="`epoch` must be at most 4,294,967,295"):
        argument_checks.seed(2**32, "epoch")
    assert argument_checks.path("a/b", "x") == Path("a/b")
    entry = type("Entry", (), {"__fspath__": lambda _: "a/b"})()
    assert argument_checks.path(entry, "x") == Path("a/b")
    for wrong in (b"a", None, "a\0b"):
        with pytest.raises(InputError, match="`x` must be a path"):
            argument_checks.path(wrong, "x")


def test_what_is_asked_for_by_kind():
    settings_ = {"a": 1}
    assert argument_checks.function(len, "report") is len
    assert argument_checks.mapping(settings_, "run", of="settings") is settings_
    with pytest.raises(InputError, match="`report` must be a function: got a list"):
        argument_checks.function([], "report")
    for wrong in ([("a", 1)], {1: 1}, None):
        with pytest.raises(InputError, match="`run` must be settings by name"):
            argument_checks.mapping(wrong, "run", of="settings")


def test_probabilities_may_be_off_by_rounding_only():
    argument_checks.probabilities([0.5, 0.5009], "p")
    with pytest.raises(InputError, match=r"sum of 1\.0011"):
        argument_checks.probabilities([[0.5, 0.5], [0.5, 0.5011]], "p")
    with pytest.raises(InputError, match=r"got a sum of 0\.9\. Is a softmax missing"):
        argument_checks.probabilities([[0.5, 0.5], [0.5, 0.4]], "p")


def test_several_shapes_are_offered():
    with pytest.raises(InputError, match=r"\(n,\) or \(n, m\): got shape \(1, 1, 1\)"):
        argument_checks.array([[[1.0]]], "x", "n", "n m")
    for offered in ([1, 0], [[1, 0]]):
        np.testing.assert_array_equal(argument_checks.labels(offered, "x", "n", "n m"), offered)
    with pytest.raises(InputError, match=r"must have shape \(n,\) or \(n, m\)"):
        argument_checks.labels([[[1]]], "x", "n", "n m")
    with pytest.raises(InputError, match="class indices from 0 up: got -2"):
        argument_checks.labels([1, -2], "x")
