"""The checks of arguments: what they let through, what they refuse, and in which words."""

from pathlib import Path

import numpy as np
import pytest
from refusals import refusals

from dlcourse import argument_checks as checks
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
    assert checks.describe(value).endswith(words)


def test_arrays_keep_what_they_should():
    x = np.ones((2, 2))
    assert checks.array(x, "x") is x
    single = np.ones(3, np.float32)
    assert checks.array(single, "x").dtype == np.float64
    assert checks.array(single, "x", keep_float32=True) is single
    assert checks.array([1, 2], "x", keep_float32=True).dtype == np.float64
    assert checks.array(True, "x") == 1.0  # noqa: FBT003


def test_bounds_include_and_exclude_what_they_say():
    assert checks.number(1, "x", at_least=1) == 1.0
    assert checks.number(1, "x", above=0.999) == 1.0
    assert checks.array([checks.LARGEST, -checks.LARGEST], "x").size == 2
    assert checks.count(np.int64(1), "n") == 1
    assert checks.count(0, "n", at_least=0) == checks.seed(0) == 0
    assert type(checks.count(np.int64(1), "n")) is int


@pytest.mark.parametrize(
    "value", [np.float16(0.5), np.float32(0.5), np.longdouble(0.5), np.int8(-128), np.uint64(3)]
)
def test_a_number_of_numpy_is_taken_without_a_warning(value):
    with np.errstate(all="raise"):
        result = checks.number(value, "x")
    assert (type(result), result) == (float, value)


test_beyond_a_bound_and_of_another_kind = refusals(
    (lambda: checks.number(1, "x", above=1), "`x`"),
    (lambda: checks.number(1, "x", below=1), "`x`"),
    (lambda: checks.number(0.99, "x", at_least=1), "`x`"),
    (lambda: checks.number(True, "x"), "`x`"),  # noqa: FBT003
    (lambda: checks.number(np.True_, "x"), "`x`"),
    (lambda: checks.number(np.timedelta64(3, "s"), "x"), "`x` must be a number: got a timedelta"),
    (lambda: checks.number(np.timedelta64(3, "ns"), "x"), "`x` must be a number: got a timedelta"),
    (lambda: checks.number(np.datetime64(3, "ns"), "x"), "`x` must be a number: got a datetime"),
    (lambda: checks.count(np.timedelta64(3, "ns"), "n"), "`n` must be .*: got a timedelta"),
    (lambda: checks.number(np.nan, "x"), "`x` must be a number: got NaN"),
    (lambda: checks.number(np.float32("nan"), "x"), "`x` must be a number: got NaN"),
    (lambda: checks.number(1e200, "x"), "at most 1e[+]100"),
    (lambda: checks.number(np.float32("-inf"), "x"), "at most 1e[+]100"),
    (lambda: checks.number(np.longdouble("1e4000"), "x"), "at most 1e[+]100"),
    (lambda: checks.count(True, "n"), "`n`"),
    (lambda: checks.count(0, "n"), "`n`"),
    (lambda: checks.array(checks.LARGEST * 1.01, "x"), "`x`"),
    (lambda: checks.array(-checks.LARGEST * 1.01, "x"), "`x`"),
    (lambda: checks.seed(2**32, "epoch"), "`epoch` must be at most 4,294,967,295"),
    (lambda: checks.function([], "report"), "`report` must be a function: got a list"),
    (lambda: checks.probabilities([[0.5, 0.5], [0.5, 0.5011]], "p"), r"sum of 1\.0011"),
    (lambda: checks.probabilities([[0.5, 0.5], [0.5, 0.4]], "p"), r"sum of 0\.9"),
    (lambda: checks.array([[[1]]], "x", "n", "n m"), r"or \(n, m\): got shape \(1, 1, 1\)"),
    (lambda: checks.labels([[[1]]], "x", "n", "n m"), r"must have shape \(n,\) or \(n, m\)"),
    (lambda: checks.labels([1, -2], "x"), "class indices from 0 up: got -2"),
    (lambda: checks.labels([0.0], "x"), "class indices .whole numbers.: got an array .* float64"),
    (lambda: checks.array("a", "x"), "`x` must hold numbers: got 'a'"),
    (lambda: checks.array([1.0, np.nan], "x"), "`x` must hold finite numbers .* got nan"),
    (lambda: checks.array([], "x"), r"`x` must not be empty: got shape \(0,\)"),
    (lambda: checks.instance(3, "x", dict), "`x` must be a dict: got 3"),
    (lambda: checks.sequence([], "x", of="names"), "`x` must be a list of names: got a list"),
)


def test_brightness_is_from_0_to_1_and_keeps_single_precision():
    single = np.array([[0, 1]], np.float32)
    assert checks.brightness(single, "x", "n m") is single
    assert checks.brightness([[0, 1]], "x", "n m").dtype == np.float64
    assert checks.brightness(np.zeros((0, 3)), "x", may_be_empty=True).shape == (0, 3)
    for wrong in ([-1e-6, 0], [0, 1.001], [np.nan], []):
        with pytest.raises(InputError, match="`x`"):
            checks.brightness(wrong, "x")


def test_seeds_and_paths_end_where_they_say():
    assert checks.seed(np.int64(2**32 - 1)) == 2**32 - 1
    assert checks.path("a/b", "x") == Path("a/b")
    entry = type("Entry", (), {"__fspath__": lambda _: "a/b"})()
    assert checks.path(entry, "x") == Path("a/b")
    of_bytes = type("Entry", (), {"__fspath__": lambda _: b"a/b"})()
    with pytest.raises(InputError, match="`x` must be a path: got an Entry"):
        checks.path(of_bytes, "x")
    for wrong in (b"a", None, "a\0b"):
        with pytest.raises(InputError, match="`x` must be a path"):
            checks.path(wrong, "x")


def test_what_is_asked_for_by_kind():
    settings_ = {"a": 1}
    assert checks.function(len, "report") is len
    assert checks.mapping(settings_, "run", of="settings") is settings_
    for wrong in ([("a", 1)], {1: 1}, None):
        with pytest.raises(InputError, match="`run` must be settings by name"):
            checks.mapping(wrong, "run", of="settings")


def test_probabilities_may_be_off_by_rounding():
    checks.probabilities([0.5, 0.5009], "p")


def test_several_shapes_are_offered():
    for offered in ([1, 0], [[1, 0]]):
        np.testing.assert_array_equal(checks.labels(offered, "x", "n", "n m"), offered)
