"""Nodes that show nothing where they stand on a page: neither a deck nor a notebook writes them.

What is only for decks, `deck.slides_from_doctree` has taken before it asks.
"""

from docutils import nodes

#: Classes of docutils, Sphinx and its extensions, by name: the extensions need not be installed.
_INVISIBLE = frozenset(
    {
        "comment",
        "decoration",
        "meta",
        "pending",
        "substitution_definition",
        "system_message",
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
    }
)


def is_invisible(node: nodes.Node) -> bool:
    """Return whether a node shows nothing."""
    return type(node).__name__ in _INVISIBLE
