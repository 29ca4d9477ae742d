"""Nodes that show nothing where they stand on a page: neither a deck nor a notebook writes them.

What is only for decks, `deck.slides_from_doctree` has taken before it asks.
"""

from docutils import nodes

#: Classes of docutils, Sphinx and its extensions, by name: the extensions need not be installed.
_INVISIBLE = frozenset({
    "HiddenCellNode", "comment", "decoration", "exercise_end_node",
    "fontawesome", "highlightlang", "index", "meta", "pending", "predict_end", "sd_icon",
    "sd_tab_input", "slide_only", "solution_end_node", "solution_start_node", "speaker_notes",
    "substitution_definition", "system_message", "tabular_col_spec", "toctree",
})  # fmt: skip


def is_invisible(node: nodes.Node) -> bool:
    """Return whether a node shows nothing."""
    return type(node).__name__ in _INVISIBLE
