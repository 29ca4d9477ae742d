"""Read a chapter's options (``dlcourse:`` at its head), of them the minutes to read and to do.

Others, and who reads them: `measures_time` (the package `execution`), `trains_on_images`
(`execution` and `notebook`), `quoted` (tests of the text).
"""

import json
from collections.abc import Mapping
from typing import Any


def options(value: Any) -> Mapping[str, Any]:
    """Read what stands under ``dlcourse:``; what is not names with values says nothing.

    Sphinx keeps front matter that is more than a line of text as JSON.
    """
    try:
        value = json.loads(value) if isinstance(value, str) else value
    except ValueError:
        return {}
    return value if isinstance(value, Mapping) else {}


def read_minutes(value: Any) -> dict[str, int]:
    """Read the minutes to read and to do; empty if there are none.

    Raises
    ------
    ValueError
        If they are not two whole numbers by these names, or the options no names at all.
    """
    given = options(value)
    minutes = given.get("minutes", {})
    if value and (not given or not isinstance(minutes, Mapping)):
        raise ValueError("expected names with values")
    try:
        return {name: int(minutes[name]) for name in ("read", "do")} if minutes else {}
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError("expected the minutes to `read` and to `do`") from error
