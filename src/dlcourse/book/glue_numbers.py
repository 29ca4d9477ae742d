"""Hand a number from a cell to the prose around it.

In the book the text takes its numbers from the run through ``myst_nb``; in a notebook on another
machine ``myst_nb`` is rarely there, and then nothing happens.
"""

from importlib import import_module
from typing import Any

import numpy as np

from dlcourse import argument_checks
from dlcourse.errors import InputError

#: Digits that a glued float keeps: enough for any format that a page asks for.
SIGNIFICANT_DIGITS = 8


def plain(value: Any) -> Any:
    """Return `value` as the text of a page can show it.

    A NumPy scalar, or an array with one element, becomes a plain ``int``, ``float``, ``bool`` or
    ``str``, and a float keeps eight significant digits. Anything else stays as it is.

    >>> plain(np.float64(2) / 3)
    0.66666667
    >>> plain(np.int64(7))
    7
    """
    if isinstance(value, np.generic) or (isinstance(value, np.ndarray) and value.size == 1):
        value = value.item()
    if isinstance(value, float):
        return float(f"{value:.{SIGNIFICANT_DIGITS}g}")
    return value


def glue(name: str, value: Any) -> None:
    """Keep `value` under `name`, for the page's text to show in the role ``glue:text``.

    NumPy scalars become plain numbers, see `plain`. The name is unique within the page; a colon or
    a backquote would end it there and is refused. Nothing happens where ``myst_nb`` or a notebook
    is missing, so that a cell runs anywhere.

    >>> glue("answer", 42)
    """
    name = argument_checks.text(name, "name")
    if not name.strip() or not name.isprintable() or set(name) & set(":`"):
        raise InputError(
            "`name` must be a word or several, without a colon or a backquote: "
            f"got {argument_checks.describe(name)}."
        )
    try:
        ipython = import_module("IPython")
        glue_into_page = import_module("myst_nb").glue
    except ImportError:
        return
    if ipython.get_ipython() is not None:
        glue_into_page(name, plain(value), display=False)
