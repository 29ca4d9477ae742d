"""What plots and drawings share: a styled canvas, checked arrays, words for numbers."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes

from dlcourse.errors import InputError
from dlcourse.figure_style import style

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from numpy.typing import ArrayLike, NDArray

P = ParamSpec("P")
R = TypeVar("R")


def styled(draw: Callable[P, R]) -> Callable[P, R]:
    """Draw in the course's style whether or not `use_style` was called."""

    @functools.wraps(draw)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
        with mpl.rc_context(style()):
            return draw(*args, **kwargs)

    return wrapper


def canvas(axes: Axes | None, width: float, height: float) -> Axes:
    """Return `axes`, or those of a new figure of `width` by `height` inches."""
    if axes is None:
        return plt.subplots(figsize=(width, height), layout="constrained")[1]
    if not isinstance(axes, Axes):
        raise InputError(f"`axes` must be matplotlib Axes or None: got {type(axes).__name__}.")
    return axes


def host(axes: Axes | None, width: float, height: float) -> Axes:
    """Return axes without a frame, to hold panels or a drawing."""
    axes = canvas(axes, width, height)
    axes.set_axis_off()
    return axes


def panels(axes: Axes, n: int, *, columns: int, gap: tuple[float, float]) -> list[Axes]:
    """Return `n` panels in a grid inside `axes`; `gap` is a share of a panel's width, height."""
    rows = -(-n // columns)
    width = 1 / (columns + (columns - 1) * gap[0])
    height = 1 / (rows + (rows - 1) * gap[1])
    return [
        axes.inset_axes(
            (
                (i % columns) * width * (1 + gap[0]),
                1 - height - (i // columns) * height * (1 + gap[1]),
                width,
                height,
            )
        )
        for i in range(n)
    ]


def array(name: str, value: ArrayLike, *, ndim: int | tuple[int, ...]) -> NDArray[np.float64]:
    """Return `value` as finite floats of one of the ranks `ndim`, or raise InputError."""
    try:
        result = np.asarray(value, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise InputError(f"`{name}` must be an array of numbers: {error}.") from None
    ranks = (ndim,) if isinstance(ndim, int) else ndim
    if result.ndim not in ranks:
        wanted = " or ".join(map(str, ranks))
        raise InputError(f"`{name}` must have {wanted} dimensions: got shape {result.shape}.")
    if result.size == 0:
        raise InputError(f"`{name}` must not be empty: got shape {result.shape}.")
    if not np.isfinite(result).all():
        raise InputError(f"`{name}` must be finite: it holds NaN or infinity.")
    return result


def class_indices(name: str, value: ArrayLike, *, n: int, n_classes: int) -> NDArray[np.intp]:
    """Return `value` as `n` class indices below `n_classes`, or raise InputError."""
    result = array(name, value, ndim=1)
    if result.shape != (n,):
        raise InputError(f"`{name}` must have one label for each of {n} rows: got {result.size}.")
    if (result != np.floor(result)).any() or result.min() < 0 or result.max() >= n_classes:
        raise InputError(f"`{name}` must be whole numbers from 0 to {n_classes - 1}.")
    return result.astype(np.intp)


def same_length(**arrays: NDArray[Any]) -> None:
    """Raise InputError unless all arrays have the same length."""
    lengths = {name: len(values) for name, values in arrays.items()}
    if len(set(lengths.values())) > 1:
        told = listing(f"`{name}` has {length}" for name, length in lengths.items())
        raise InputError(f"Lengths must agree: {told}.")


def words(name: str, value: Iterable[str], *, n: int) -> list[str]:
    """Return `value` as `n` strings, or raise InputError."""
    result = [str(word) for word in value] if not isinstance(value, str) else [value]
    if len(result) != n:
        raise InputError(f"`{name}` must hold {n} names: got {len(result)}.")
    return result


def named_numbers(name: str, value: Mapping[str, float]) -> dict[str, float]:
    """Return a mapping from names to finite numbers ≥ 0, or raise InputError."""
    if not hasattr(value, "items") or not value:
        raise InputError(f"`{name}` must map names to numbers: got {value!r}.")
    numbers = array(name, list(value.values()), ndim=1)
    if numbers.min() < 0:
        raise InputError(f"`{name}` must not be negative: got {numbers.min():g}.")
    return dict(zip(map(str, value), numbers.tolist(), strict=True))


def number(value: float) -> str:
    """Return a number as it is read aloud: three significant digits at most.

    >>> number(1234.5), number(0.98765), number(-2.0)
    ('1,234', '0.988', '-2')
    """
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"


def percent(share: float) -> str:
    """Return a share between 0 and 1 as a percentage.

    >>> percent(0.9737)
    '97.4 %'
    """
    return f"{100 * share:.1f} %"


def listing(items: Iterable[str]) -> str:
    """Return items as a list in a sentence.

    >>> listing(["edge", "eye", "person"])
    'edge, eye and person'
    """
    *most, last = items
    return f"{', '.join(most)} and {last}" if most else last
