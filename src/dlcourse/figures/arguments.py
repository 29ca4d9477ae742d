"""Checks of arguments that only figures take: labels as floats, lists, names, mappings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dlcourse import argument_checks
from dlcourse.errors import InputError

T = TypeVar("T")


def class_indices(value: ArrayLike, name: str, *, n: int, n_classes: int) -> NDArray[np.intp]:
    """Return `value` as `n` class indices below `n_classes`, or raise InputError.

    Whole floats and booleans are accepted, because classifiers often return them.
    """
    indices = argument_checks.array(value, name, "n")
    if len(indices) != n:
        raise InputError(f"`{name}` must have one label for each of {n} rows: got {len(indices)}.")
    if (indices != np.floor(indices)).any():
        raise InputError(f"`{name}` must be class indices (whole numbers): got other numbers.")
    return argument_checks.labels(indices.astype(np.intp), name, n_classes=n_classes)


def entries(value: Iterable[T], name: str, *, of: str) -> list[T]:
    """Return the entries of a list or an array, or raise InputError."""
    try:
        return list(value)
    except TypeError:
        raise InputError(
            f"`{name}` must be a list of {of}: got {argument_checks.describe(value)}."
        ) from None


def by_name(value: object, name: str, *, of: str) -> Mapping[str, Any]:
    """Return a mapping from names that is not empty, or raise InputError."""
    given = argument_checks.mapping(value, name, of=of)
    if not given:
        raise InputError(f"`{name}` must be {of} by name, at least one: got none.")
    return given


def words(value: Iterable[object], name: str, *, n: int | None = None) -> list[str]:
    """Return `value` as `n` strings, or raise InputError."""
    names = [value] if isinstance(value, str) else entries(value, name, of="names")
    if n is not None and len(names) != n:
        raise InputError(f"`{name}` must hold {n} names: got {len(names)}.")
    return list(map(str, names))
