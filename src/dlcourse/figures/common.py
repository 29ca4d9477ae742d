"""What plots and drawings share: a styled canvas, checks of arguments, numbers in words."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes

from dlcourse import validation
from dlcourse.errors import InputError
from dlcourse.figures.style import MUTED, style

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike, NDArray

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")


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
    return validation.instance(axes, "axes", Axes)


def host(width: float, height: float) -> Axes:
    """Return the axes of a new figure, without a frame, to hold panels."""
    axes = canvas(None, width, height)
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


def class_indices(value: ArrayLike, name: str, *, n: int, n_classes: int) -> NDArray[np.intp]:
    """Return `value` as `n` class indices below `n_classes`, or raise InputError.

    Whole floats and booleans are accepted, because classifiers often return them.
    """
    indices = validation.array(value, name, "n")
    if len(indices) != n:
        raise InputError(f"`{name}` must have one label for each of {n} rows: got {len(indices)}.")
    if (indices != np.floor(indices)).any():
        raise InputError(f"`{name}` must be class indices (whole numbers): got other numbers.")
    return validation.labels(indices.astype(np.intp), name, n_classes=n_classes)


def entries(value: Iterable[T], name: str, *, of: str) -> list[T]:
    """Return the entries of a list or an array, or raise InputError."""
    try:
        return list(value)
    except TypeError:
        raise InputError(
            f"`{name}` must be a list of {of}: got {validation.describe(value)}."
        ) from None


def words(value: Iterable[object], name: str, *, n: int | None = None) -> list[str]:
    """Return `value` as `n` strings, or raise InputError."""
    names = [value] if isinstance(value, str) else entries(value, name, of="names")
    if n is not None and len(names) != n:
        raise InputError(f"`{name}` must hold {n} names: got {len(names)}.")
    return list(map(str, names))


def class_names(value: Iterable[object] | None, name: str, *, n: int) -> list[str]:
    """Return the names of `n` classes, their numbers if `value` is None, or raise InputError."""
    return words(range(n) if value is None else value, name, n=n)


def mapping(value: Mapping[str, T], name: str, *, to: str) -> dict[str, T]:
    """Return a mapping from names that is not empty, or raise InputError."""
    if not isinstance(value, Mapping) or not value:
        raise InputError(f"`{name}` must map names to {to}: got {validation.describe(value)}.")
    return dict(value)


def spoken(value: float) -> str:
    """Return a number as it is read aloud: three significant digits at most.

    >>> spoken(1234.5), spoken(0.98765), spoken(-2.0)
    ('1,234', '0.988', '-2')
    """
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"


def minus(text: str) -> str:
    """Return a number's text with a minus sign, as print has it.

    >>> minus("-1.20"), minus("2")
    ('−1.20', '2')
    """
    return text.replace("-", "\N{MINUS SIGN}")


def bare_frame(panel: Axes) -> None:
    """Frame a picture in a panel thinly, without ticks."""
    panel.set(xticks=[], yticks=[])
    for spine in panel.spines.values():
        spine.set(visible=True, color=MUTED, linewidth=0.8)


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
