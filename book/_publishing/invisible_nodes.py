"""Nodes that show nothing where they stand on a page: neither a deck nor a notebook writes them.

What is only for decks, `deck.slides_from_doctree` has taken before it asks.
"""

from __future__ import annotations

from docutils import nodes

_INVISIBLE = (
    nodes.comment,
    nodes.pending,
    nodes.substitution_definition,
    nodes.system_message,
    nodes.decoration,
    nodes.meta,
)
#: Classes of Sphinx and of its extensions, by name: the extensions need not be installed.
_INVISIBLE_NAMES = frozenset(
    {
        "index",
        "highlightlang",
        "tabular_col_spec",
        "toctree",
        "slide_only",
        "speaker_notes",
        "predict_end",
        "ThebeButtonNode",
        "HiddenCellNode",
        "sd_tab_input",
        "TabInput",
        "sd_icon",
        "fontawesome",
        "exercise_end_node",
        "solution_start_node",
        "solution_end_node",
        "meta",
    }
)


def is_invisible(node: nodes.Node) -> bool:
    """Return whether a node shows nothing."""
    return isinstance(node, _INVISIBLE) or type(node).__name__ in _INVISIBLE_NAMES
