"""The alt text of every figure: what is seen, for those who do not see it.

`rendering` writes it into the SVG or PNG file, where the book's build finds it. A figure without
alt text fails the build.
"""

from __future__ import annotations

from weakref import WeakKeyDictionary

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from dlcourse.errors import InputError

_alt: WeakKeyDictionary[Figure | Axes, str] = WeakKeyDictionary()


def set_alt(target: Figure | Axes, text: str) -> None:
    """Set the alt text of a figure, or of one of its axes: what is seen, in plain sentences.

    The text of a figure replaces those of its axes.

    >>> figure = Figure()
    >>> set_alt(figure, "A line that rises from 0 to 1.")
    >>> alt_of(figure)
    'A line that rises from 0 to 1.'
    """
    _check_target(target)
    if not isinstance(text, str) or not text.strip():
        raise InputError(f"`text` must say what is seen: got {text!r}.")
    _alt[target] = " ".join(text.split())


def described(axes: Axes, text: str) -> Axes:
    """Return `axes` with `text` as their alt text."""
    set_alt(axes, text)
    return axes


def alt_of(target: Figure | Axes) -> str:
    """Return the alt text of a figure or axes; empty if there is none.

    For a figure without its own text, those of its axes are joined, in order. Raises `InputError`
    if `target` is neither a figure nor axes.
    """
    _check_target(target)
    if target in _alt or isinstance(target, Axes):
        return _alt.get(target, "")
    return " ".join(_alt[axes] for axes in target.axes if axes in _alt)


def _check_target(target: object) -> None:
    if not isinstance(target, Figure | Axes):
        raise InputError(f"`target` must be a Figure or Axes: got {type(target).__name__}.")
