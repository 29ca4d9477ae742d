"""What plots and drawings share: a styled canvas, checked arrays, words for numbers."""

from __future__ import annotations

import contextlib
import functools
import itertools
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes

from dlcourse import validation as check
from dlcourse.errors import InputError
from dlcourse.figures.style import style

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike, NDArray

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")

#: Larger numbers are refused: matplotlib's ticks and limits would overflow.
LARGEST = 1e15

#: How an array's shape is written in a message, by its rank.
_SHAPES = {1: "n", 2: "rows columns", 3: "n rows columns", 4: "n rows columns channels"}


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
        raise InputError(f"`axes` must be matplotlib Axes or None: got {check.describe(axes)}.")
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
    ranks = (ndim,) if isinstance(ndim, int) else ndim
    return check.array(value, name, *(_SHAPES[rank] for rank in ranks), largest=LARGEST)


def class_indices(name: str, value: ArrayLike, *, n: int, n_classes: int) -> NDArray[np.intp]:
    """Return `value` as `n` class indices below `n_classes`, or raise InputError.

    Whole floats and truth values will do, for they are what classifiers often answer with.
    """
    found = array(name, value, ndim=1)
    if len(found) != n:
        raise InputError(f"`{name}` must have one label for each of {n} rows: got {len(found)}.")
    if (found != np.floor(found)).any():
        raise InputError(f"`{name}` must be class indices (whole numbers): got other numbers.")
    return check.labels(found.astype(np.intp), name, n_classes=n_classes)


def same_length(**arrays: NDArray[Any]) -> None:
    """Raise InputError unless all arrays have the same length."""
    (first_name, first), *others = arrays.items()
    for name, values in others:
        check.same_length(first, first_name, values, name)


def entries(name: str, value: Iterable[T], *, of: str, most: int = 1000) -> list[T]:
    """Return the entries of a list, or of an array, as a list; or raise InputError."""
    if not isinstance(value, str | bytes | Mapping):
        with contextlib.suppress(Exception):  # whatever a stranger's object raises, it is no list
            return list(itertools.islice(value, most))
    raise InputError(f"`{name}` must be a list of {of}: got {check.describe(value)}.")


def words(name: str, value: Iterable[object], *, n: int | None = None) -> list[str]:
    """Return `value` as `n` strings, or raise InputError."""
    found = [value] if isinstance(value, str) else entries(name, value, of="names")
    if n is not None and len(found) != n:
        raise InputError(f"`{name}` must hold {n} names: got {len(found)}.")
    for word in found:
        if not isinstance(word, str | int | float | np.generic):
            raise InputError(f"`{name}` must hold names: got {check.describe(word)} among them.")
    return [str(word) for word in found]


def class_names(name: str, value: Iterable[object] | None, *, n: int) -> list[str]:
    """Return the names of `n` classes, their numbers if `value` is None, or raise InputError."""
    return words(name, range(n) if value is None else value, n=n)


def mapping(name: str, value: Mapping[str, T], *, to: str) -> dict[str, T]:
    """Return a mapping from names that is not empty, or raise InputError."""
    if not isinstance(value, Mapping) or not value:
        raise InputError(f"`{name}` must map names to {to}: got {check.describe(value)}.")
    return dict(zip(words(name, list(value)), value.values(), strict=True))


def named_numbers(name: str, value: Mapping[str, float]) -> dict[str, float]:
    """Return a mapping from names to finite numbers ≥ 0, or raise InputError."""
    named = mapping(name, value, to="numbers")
    return {k: check.number(v, f"{name}[{k!r}]", at_least=0) for k, v in named.items()}


def number(value: float) -> str:
    """Return a number as it is read aloud: three significant digits at most.

    >>> number(1234.5), number(0.98765), number(-2.0)
    ('1,234', '0.988', '-2')
    """
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"


def minus(text: str) -> str:
    """Return a number's text with a minus sign, as print has it.

    >>> minus("-1.20"), minus("2")
    ('−1.20', '2')
    """
    return text.replace("-", "\N{MINUS SIGN}")


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
