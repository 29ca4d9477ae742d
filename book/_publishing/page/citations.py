"""What sphinxcontrib-bibtex works out again and again, worked out once.

pybtex looks through every installed distribution whenever it is asked for a style, which is
for each citation, and each build formats every entry of the bibliography, twice. Here the
first is remembered while a build runs, and the second from one build to the next.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pybtex.plugin
from pybtex.style.formatting import BaseStyle

if TYPE_CHECKING:
    from collections.abc import Callable

    from pybtex.database import Entry
    from pybtex.style import FormattedEntry
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

Key = tuple[str, str, str]
_find: Callable[..., Any] = pybtex.plugin.entry_points
_format: Callable[..., FormattedEntry] = BaseStyle.format_entry


def remember(_app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Let what an earlier build has formatted stand for entries that say the same."""
    earlier: dict[Key, FormattedEntry] = vars(env).get("dlcourse_citations", {})
    now: dict[Key, FormattedEntry] = {}
    vars(env)["dlcourse_citations"] = now

    def format_entry(style: BaseStyle, label: str, entry: Entry, bib_data: Any = None) -> Any:
        kind = type(style)
        key = (f"{kind.__module__}.{kind.__qualname__}", label, repr(entry))
        if key not in now:
            now[key] = earlier.get(key) or _format(style, label, entry, bib_data)
        return now[key]

    BaseStyle.format_entry = format_entry
    return []


def setup(app: Sphinx) -> None:
    """Be there before the bibliography is formatted."""
    pybtex.plugin.entry_points = cache(_find)
    app.connect("env-updated", remember, priority=100)
