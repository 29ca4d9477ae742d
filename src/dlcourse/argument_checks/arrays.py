"""Checks of arrays: numbers, class indices, probabilities, pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from dlcourse.argument_checks.python_values import LARGEST, describe, instance
from dlcourse.argument_checks.skip_checks import needs_no_check
from dlcourse.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

Floats: TypeAlias = NDArray[np.float64]
Integers: TypeAlias = NDArray[np.intp]

LARGEST_FLOAT32 = 1e15  #: as `LARGEST`, in single precision

T = TypeVar("T")


def array(
    value: object,
    name: str,
    *shapes: str,
    keep_float32: bool = False,
    largest: float | None = None,
) -> Floats:
    """Return `value` as an array of finite numbers whose rank is one of those in `shapes`.

    Parameters
    ----------
    value
        What the caller gave: an array, a list of numbers, a number.
    name
        The argument's name, for the message.
    *shapes
        The shapes that are welcome, axis by axis, such as ``"n_samples n_features"``;
        ``""`` is a single number. Without any, every shape is accepted.
    keep_float32
        Whether single precision stays single; otherwise the result is float64.
    largest
        The size that no number may exceed; default: one whose square is still finite.

    Raises
    ------
    InputError
        If `value` is not such an array, is empty, or holds NaN, infinity or huge numbers.

    Examples
    --------
    >>> array([[1, 2], [3, 4]], "X", "n_samples n_features")
    array([[1., 2.],
           [3., 4.]])
    >>> array([1, 2], "X", "n_samples n_features")
    Traceback (most recent call last):
        ...
    dlcourse.errors.InputError: `X` must have shape (n_samples, n_features): got shape (2,).
    """
    if needs_no_check(value, "f"):
        return value  # type: ignore[return-value]
    values = _as_array(value)
    if values is None or values.dtype.kind not in "biuf":
        raise InputError(f"`{name}` must hold numbers: got {describe(_shown(value, values))}.")
    _require_shape(values, name, shapes)
    single = keep_float32 and values.dtype == np.float32
    with np.errstate(all="ignore"):
        values = values.astype(np.float32 if single else np.float64, copy=False)
    if largest is None:
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


def _require_shape(values: NDArray[Any], name: str, shapes: Sequence[str]) -> None:
    """Check that an array has the rank of one of `shapes`, and is not empty."""
    if shapes and values.ndim not in [len(shape.split()) for shape in shapes]:
        welcome = " or ".join(_written(shape) for shape in shapes)
        raise InputError(f"`{name}` must have shape {welcome}: got shape {values.shape}.")
    if values.size == 0:
        raise InputError(f"`{name}` must not be empty: got shape {values.shape}.")


def _shown(value: object, values: NDArray[Any] | None) -> object:
    """Choose what an error message should describe: the argument, or the array made of it."""
    return value if values is None or values.ndim == 0 or values.dtype.kind == "O" else values


def _as_array(value: object) -> NDArray[Any] | None:
    """Return `value` as NumPy sees it; None where NumPy gives up."""
    if value is None:
        return None
    try:
        return np.asarray(value)
    except Exception:  # noqa: BLE001  (whatever a stranger's object raises, it is no array)
        return None


def _written(shape: str) -> str:
    """Write ``"n"`` as ``(n,)`` and ``"n m"`` as ``(n, m)``."""
    axes = shape.split()
    return f"({axes[0]},)" if len(axes) == 1 else f"({', '.join(axes)})"


def labels(value: object, name: str, *shapes: str, n_classes: int | None = None) -> Integers:
    """Return `value` as class indices: whole numbers 0, 1, … below `n_classes`."""
    if needs_no_check(value, "i"):
        return value  # type: ignore[return-value]
    values = _as_array(value)
    if values is None or (values.size and values.dtype.kind not in "iu"):
        raise InputError(
            f"`{name}` must be class indices (whole numbers): "
            f"got {describe(_shown(value, values))}."
        )
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

    Examples
    --------
    >>> probabilities([0.4, 0.4, 0.3], "p", "n_classes")
    Traceback (most recent call last):
        ...
    dlcourse.errors.InputError: `p` must sum to 1 over its last axis: got a sum of 1.1. Is a softmax missing?
    """  # noqa: E501
    if needs_no_check(value, "f"):
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
    """Return `value` as pictures: brightness from 0 to 1; single precision stays single.

    Examples
    --------
    >>> brightness([[0, 255]], "picture", "height width")
    Traceback (most recent call last):
        ...
    dlcourse.errors.InputError: `picture` must hold values from 0 to 1: got 0 to 255. Divide bytes by 255.
    """  # noqa: E501
    values = _as_array(value)
    if may_be_empty and values is not None and values.dtype.kind in "biuf" and not values.size:
        return values.astype(np.float32)
    values = array(value, name, *shapes, keep_float32=True)
    if values.min() < 0 or values.max() > 1:
        raise InputError(
            f"`{name}` must hold values from 0 to 1: got {values.min():g} to {values.max():g}. "
            "Divide bytes by 255."
        )
    return values


def pixels(value: object, name: str, shape: str) -> NDArray[np.uint8]:
    """Return `value` if it is pictures in bytes, as they are.

    Nothing is copied: a training set of them in floats would fill the memory. A number among
    the axes of `shape` is a length, all others are names.

    Examples
    --------
    >>> pixels(np.zeros((2, 28)), "images", "n_samples 28 28")
    Traceback (most recent call last):
        ...
    dlcourse.errors.InputError: `images` must have shape (n_samples, 28, 28) and type uint8: got an array of shape (2, 28) and type float64.
    """  # noqa: E501
    images = instance(value, name, np.ndarray)
    axes = shape.split()
    fits = images.ndim == len(axes) and all(
        int(axis) == n for axis, n in zip(axes, images.shape, strict=True) if axis.isdigit()
    )
    if not fits or images.dtype != np.uint8 or not images.size:
        raise InputError(
            f"`{name}` must have shape {_written(shape)} and type uint8: got {describe(images)}."
        )
    return images


def finite(result: T, what: str, remedy: str) -> T:
    """Return a `result` that stayed finite; say what overflowed and what to do otherwise."""
    if not np.isfinite(result).all():  # type: ignore[call-overload]
        raise InputError(f"{what} must stay finite: it grew beyond all bounds. {remedy}")
    return result
