"""Checks of arguments other than arrays: numbers, texts, paths, functions, mappings, lists, JSON.

`describe` words a value for the messages of all checks.
"""

from __future__ import annotations

import json
import numbers
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from dlcourse.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: Larger numbers are refused, so that their squares and products stay finite.
LARGEST = 1e100

T = TypeVar("T")


def describe(value: object) -> str:
    """Say in a few words what `value` is, for the end of an error message.

    Examples
    --------
    >>> describe([1, 2]), describe("relu"), describe(None)
    ('a list', "'relu'", 'None')
    >>> describe(np.zeros((2, 3)))
    'an array of shape (2, 3) and type float64'
    """
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape} and type {value.dtype}"
    if isinstance(value, str):
        return repr(value if len(value) <= 40 else value[:40] + "…")
    if value is None or isinstance(value, bool | int | float):
        text = repr(value) if abs(value or 0) < 1e300 else "a number beyond 1e300"
        return text if value == value else "NaN"  # noqa: PLR0124  (only NaN differs from itself)
    type_name = type(value).__name__
    return f"{'an' if type_name[:1].lower() in 'aeiou' else 'a'} {type_name}"


def number(
    value: object,
    name: str,
    *,
    above: float | None = None,
    at_least: float | None = None,
    below: float | None = None,
) -> float:
    """Return `value` as one finite float within the bounds."""
    bounds = [(above, "above"), (at_least, "of at least"), (below, "below")]
    wanted = " and ".join(f"{word} {bound:g}" for bound, word in bounds if bound is not None)
    message = f"`{name}` must be a number{' ' if wanted else ''}{wanted}: got {describe(value)}."
    if isinstance(value, bool | np.bool_) or not isinstance(value, numbers.Real):
        raise InputError(message)
    try:
        result = float(value)
    except OverflowError:
        raise InputError(message) from None
    within = (
        abs(result) <= LARGEST
        and (above is None or result > above)
        and (at_least is None or result >= at_least)
        and (below is None or result < below)
    )
    if not within:
        raise InputError(message)
    return result


def count(value: object, name: str, *, at_least: int = 1, at_most: int = 10**9) -> int:
    """Return `value` as a whole number from `at_least` to `at_most`."""
    whole = isinstance(value, numbers.Integral) and not isinstance(value, bool)
    if not whole or int(value) < at_least:  # type: ignore[call-overload]
        raise InputError(
            f"`{name}` must be a whole number of at least {at_least}: got {describe(value)}."
        )
    if int(value) > at_most:  # type: ignore[call-overload]
        raise InputError(f"`{name}` must be at most {at_most:,}: got {describe(value)}.")
    return int(value)  # type: ignore[call-overload,no-any-return]


def seed(value: object, name: str = "seed") -> int:
    """Return `value` as what every source of random numbers takes for a seed."""
    return count(value, name, at_least=0, at_most=2**32 - 1)


def choice(value: object, name: str, options: Iterable[str]) -> str:
    """Return `value` if it is one of `options`."""
    options = list(options)
    if not isinstance(value, str) or value not in options:
        raise InputError(
            f"`{name}` must be one of {', '.join(map(repr, options))}: got {describe(value)}."
        )
    return value


def text(value: object, name: str) -> str:
    """Return `value` if it is a string."""
    if not isinstance(value, str):
        raise InputError(f"`{name}` must be a text: got {describe(value)}.")
    return value


def path(value: object, name: str) -> Path:
    """Return `value` as a path."""
    try:
        result = Path(value) if isinstance(value, str | os.PathLike) else None
    except TypeError:  # a path of bytes
        result = None
    if result is None or "\0" in str(result):
        raise InputError(f"`{name}` must be a path: got {describe(value)}.")
    return result


def instance(value: object, name: str, expected: type[T]) -> T:
    """Return `value` if it is an `expected`."""
    if not isinstance(value, expected):
        raise InputError(f"`{name}` must be a {expected.__name__}: got {describe(value)}.")
    return value


def function(value: T, name: str) -> T:
    """Return `value` if it can be called."""
    if not callable(value):
        raise InputError(f"`{name}` must be a function: got {describe(value)}.")
    return value


def mapping(value: object, name: str, *, of: str) -> Mapping[str, Any]:
    """Return `value` if it is a mapping whose keys are texts.

    Examples
    --------
    >>> mapping([1], "settings", of="settings")
    Traceback (most recent call last):
        ...
    dlcourse.errors.InputError: `settings` must be settings by name: got a list.
    """
    if not isinstance(value, Mapping) or not all(isinstance(key, str) for key in value):
        raise InputError(f"`{name}` must be {of} by name: got {describe(value)}.")
    return value


def sequence(value: object, name: str, *, of: str) -> Sequence[Any]:
    """Return `value` if it is a list or tuple with at least one entry."""
    if not isinstance(value, list | tuple) or not value:
        raise InputError(f"`{name}` must be a list of {of}: got {describe(value)}.")
    return value


def as_read_from_json(value: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Return what another process would read if `value` were written as JSON.

    Examples
    --------
    >>> as_read_from_json({"rows": (2, 3)}, "settings")
    {'rows': [2, 3]}
    """
    try:
        return dict(json.loads(json.dumps(value)))
    except (TypeError, ValueError, RecursionError) as error:
        raise InputError(
            f"`{name}` must be texts and numbers, as JSON has them: {error}."
        ) from None
