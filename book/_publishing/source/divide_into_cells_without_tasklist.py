"""Patch MyST-NB: divide a page into cells without the extension `tasklist`.

MyST-NB parses a page twice: first only to divide it into cells, without inline text. `tasklist`,
for lists whose entries begin with ``[ ]``, needs inline text and is left out there.
"""

from dataclasses import replace
from typing import Any

from myst_nb.core import read
from myst_parser.parsers.mdit import create_md_parser
from sphinx.application import Sphinx


def _cell_parser(config: Any, renderer: Any) -> Any:
    """Make the parser that divides a page into cells, without `tasklist`."""
    extensions = set(config.enable_extensions) - {"tasklist"}
    return create_md_parser(replace(config, enable_extensions=extensions), renderer)


def setup(_app: Sphinx) -> None:
    """Patch MyST-NB."""
    read.create_md_parser = _cell_parser
