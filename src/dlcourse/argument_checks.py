"""Checks at the boundary: one function for each kind of argument.

Every public function of the package hands its arguments to these checks first. Each
returns the argument in the form that the mathematics below it needs, or raises an
`InputError` that names the argument, what was expected and what came. A function that
calls others in a loop has checked their arguments already, and says so (`without_checks`).
"""

import json
import numbers
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from dlcourse.errors import InputError

Floats: TypeAlias = NDArray[np.float64]
Integers: TypeAlias = NDArray[np.intp]

#: Larger numbers are refused, so that their squares and products stay finite.
LARGEST = 1e100
LARGEST_FLOAT32 = 1e15  #: as `LARGEST`, in single precision

T = TypeVar("T")


def describe(value: object) -> str:
    """Say in a few words what `value` is, for the end of an error message.

    >>> describe([1, 2]), describe("relu"), describe(None)
    ('a list', "'relu'", 'None')
    >>> describe(np.zeros((2, 3)))
    'an array of shape (2, 3) and type float64'
    """
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape} and type {value.dtype}"
    is_time = isinstance(value, np.datetime64 | np.timedelta64)  # some are read as whole numbers
    if isinstance(value, np.generic) and not is_time:
        value = float(str(value)) if isinstance(value, np.floating) else value.item()
    if isinstance(value, str):
        return repr(value if len(value) <= 40 else value[:40] + "…")
    if value is None or isinstance(value, bool | int | float):
        text = repr(value) if abs(value or 0) < 1e300 else "a number beyond 1e300"
        return text if value == value else "NaN"  # noqa: PLR0124  (only NaN differs from itself)
    type_name = type(value).__name__
    return f"{'an' if type_name[:1].lower() in 'aeiou' else 'a'} {type_name}"


# --- numbers, texts, paths, functions, mappings, lists ---------------------------


def number(
    value: Any,
    name: str,
    *,
    above: float | None = None,
    at_least: float | None = None,
    below: float | None = None,
) -> float:
    """Return `value` as one finite float within the bounds."""
    bounds = [(above, "above"), (at_least, "of at least"), (below, "below")]
    wanted = " and ".join(f"{word} {bound:g}" for bound, word in bounds if bound is not None)
    wanted = f"a number {wanted}".rstrip()
    message = f"`{name}` must be {wanted}: got {describe(value)}."
    excluded = bool | np.timedelta64  # both are numbers by type
    if not isinstance(value, numbers.Real) or isinstance(value, excluded):
        raise InputError(message)
    if isinstance(value, np.generic):
        value = value.item()  # to compare a small type with `LARGEST` would overflow
    if abs(value) > LARGEST:  # type: ignore[operator]
        raise InputError(f"{message[:-1]}, and it must be at most {LARGEST:g} in size.")
    result = float(value)
    # Written so that a NaN, which is neither small nor large, fails as well.
    within = (
        abs(result) <= LARGEST
        and (above is None or result > above)
        and (at_least is None or result >= at_least)
        and (below is None or result < below)
    )
    if not within:
        raise InputError(message)
    return result


def count(value: Any, name: str, *, at_least: int = 1, at_most: int = 10**9) -> int:
    """Return `value` as a whole number from `at_least` to `at_most`."""
    excluded = bool | np.timedelta64  # both are numbers by type
    whole = isinstance(value, numbers.Integral) and not isinstance(value, excluded)
    if not whole or value < at_least:
        raise InputError(
            f"`{name}` must be a whole number of at least {at_least}: got {describe(value)}."
        )
    if value > at_most:
        raise InputError(f"`{name}` must be at most {at_most:,}: got {describe(value)}.")
    return int(value)


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
    plain = os.fspath(value) if isinstance(value, str | os.PathLike) else None
    if not isinstance(plain, str) or "\0" in plain:
        raise InputError(f"`{name}` must be a path: got {describe(value)}.")
    return Path(plain)


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
    """Return `value` if it is a mapping whose keys are texts."""
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

    >>> as_read_from_json({"rows": (2, 3)}, "settings")
    {'rows': [2, 3]}
    """
    try:
        return dict(json.loads(json.dumps(value)))
    except (TypeError, ValueError, RecursionError) as error:
        raise InputError(
            f"`{name}` must be texts and numbers, as JSON has them: {error}."
        ) from None


# --- arrays ----------------------------------------------------------------------

_CHECKED = ContextVar("checked", default=False)


@contextmanager
def without_checks() -> Iterator[None]:
    """Skip the checks of arrays in this block: the caller has checked what they come from.

    Training calls the public functions of a network thousands of times, with arrays that
    only it has made.
    """
    token = _CHECKED.set(True)
    try:
        yield
    finally:
        _CHECKED.reset(token)


def _is_checked(value: object, dtype_kind: str) -> bool:
    """Return whether `value` is an array of this `dtype.kind` that needs no check."""
    return (
        _CHECKED.get()
        and isinstance(value, (np.ndarray, np.generic))
        and value.dtype.kind == dtype_kind
    )


def array(value: object, name: str, *shapes: str, keep_float32: bool = False) -> Floats:
    """Return `value` as an array of finite numbers whose rank is one of those in `shapes`.

    `shapes` are those that are welcome, axis by axis, such as ``"n_samples n_features"``; ``""``
    is a single number. Without any, every shape is accepted, but an empty one. The result is
    float64; with `keep_float32`, single precision stays single. Numbers whose squares would not be
    finite are refused like NaN and infinity.

    >>> array([[1, 2], [3, 4]], "X", "n_samples n_features")
    array([[1., 2.],
           [3., 4.]])
    >>> array([1, 2], "X", "n_samples n_features")
    Traceback (most recent call last):
        ...
    dlcourse.errors.InputError: `X` must have shape (n_samples, n_features): got shape (2,).
    """
    if _is_checked(value, "f"):
        return value  # type: ignore[return-value]
    values = _as_array(value, name, "biuf", "hold numbers")
    _require_shape(values, name, shapes)
    single = keep_float32 and values.dtype == np.float32
    with np.errstate(all="ignore"):
        values = values.astype(np.float32 if single else np.float64, copy=False)
    largest = LARGEST_FLOAT32 if single else LARGEST
    # Written so that a NaN, which is neither small nor large, fails as well.
    if not (values.min() >= -largest and values.max() <= largest):
        flat = values.ravel()
        worst = flat[~(np.abs(flat) <= largest)][0]
        raise InputError(
            f"`{name}` must hold finite numbers of at most {largest:g} in size: got {worst}. "
            "Leave such values out."
        )
    return values


def _as_array(value: object, name: str, kinds: str, what: str) -> NDArray[Any]:
    """Return `value` as NumPy sees it, if its numbers are of one of `kinds`, as dtypes have it."""
    try:
        values = np.asarray(value)
    except Exception:  # noqa: BLE001  (whatever a stranger's object raises, it is no array)
        values = np.array(None)
    if values.size and values.dtype.kind not in kinds:
        shown = value if values.ndim == 0 or values.dtype.kind == "O" else values
        raise InputError(f"`{name}` must {what}: got {describe(shown)}.")
    return values


def _require_shape(values: NDArray[Any], name: str, shapes: Sequence[str]) -> None:
    """Check that an array has the rank of one of `shapes`, and is not empty."""
    if shapes and values.ndim not in [len(shape.split()) for shape in shapes]:
        # A tuple of one is written with a comma.
        axes = [shape.replace(" ", ", ") + "," * (len(shape.split()) == 1) for shape in shapes]
        welcome = " or ".join(f"({names})" for names in axes)
        raise InputError(f"`{name}` must have shape {welcome}: got shape {values.shape}.")
    if values.size == 0:
        raise InputError(f"`{name}` must not be empty: got shape {values.shape}.")


def labels(value: object, name: str, *shapes: str, n_classes: int | None = None) -> Integers:
    """Return `value` as class indices: whole numbers 0, 1, … below `n_classes`."""
    if _is_checked(value, "i"):
        return value  # type: ignore[return-value]
    values = _as_array(value, name, "iu", "be class indices (whole numbers)")
    _require_shape(values, name, shapes)
    last = np.iinfo(np.intp).max if n_classes is None else n_classes - 1
    wrong = values.min() if values.min() < 0 else values.max()
    if not 0 <= wrong <= last:
        span = "from 0 up" if n_classes is None else f"from 0 to {last}"
        raise InputError(f"`{name}` must be class indices {span}: got {wrong}.")
    return values.astype(np.intp, copy=False)


def same_length(first: NDArray[Any], first_name: str, second: NDArray[Any], name: str) -> None:
    """Check that two arrays have as many rows as each other."""
    if len(first) != len(second):
        raise InputError(
            f"`{first_name}` and `{name}` must have as many rows as each other: "
            f"got {len(first)} and {len(second)}."
        )


def same_shape(first: NDArray[Any], first_name: str, second: NDArray[Any], name: str) -> None:
    """Check that two arrays have the same shape, for broadcasting would hide a slip."""
    if first.shape != second.shape:
        raise InputError(
            f"`{first_name}` and `{name}` must have the same shape: "
            f"got {first.shape} and {second.shape}."
        )


def probabilities(value: object, name: str, *shapes: str) -> Floats:
    """Return `value` as probabilities: between 0 and 1, the last axis summing to 1.

    The sum may be off by 0.001, so that single precision and printed tables pass.
    """
    if _is_checked(value, "f"):
        return value  # type: ignore[return-value]
    values: Floats = array(value, name, *shapes)
    if values.min() < 0 or values.max() > 1:
        wrong = values.min() if values.min() < 0 else values.max()
        raise InputError(f"`{name}` must lie between 0 and 1: got {wrong:g}.")
    sums = np.ravel(values.sum(axis=-1))
    worst = sums[np.abs(sums - 1).argmax()]
    if abs(worst - 1) > 1e-3:
        raise InputError(
            f"`{name}` must sum to 1 over its last axis: got a sum of {worst:g}. "
            "Is a softmax missing?"
        )
    return values


def brightness(value: object, name: str, *shapes: str, may_be_empty: bool = False) -> Floats:
    """Return `value` as pictures: brightness from 0 to 1; single precision stays single."""
    if may_be_empty and isinstance(value, np.ndarray) and not value.size:
        return value.astype(np.float64)
    values = array(value, name, *shapes, keep_float32=True)
    if values.min() < 0 or values.max() > 1:
        raise InputError(
            f"`{name}` must hold values from 0 to 1: got {values.min():g} to {values.max():g}. "
            "Divide bytes by 255."
        )
    return values
