"""How a loop skips the checks of arrays that only it has made."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

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


def needs_no_check(value: object, dtype_kind: str) -> bool:
    """Return whether an array needs no check, in a loop that made it from checked ones.

    `dtype_kind` is what a check would return: "f" for floats, "i" for whole numbers.
    """
    return (
        _CHECKED.get()
        and isinstance(value, np.ndarray | np.generic)
        and value.dtype.kind == dtype_kind
    )
