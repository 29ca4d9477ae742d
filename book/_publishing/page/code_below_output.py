"""Move the folded source of a picture or a table below it, where it is looked for last."""

from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode
from sphinx.application import Sphinx


def move_sources(doctree: nodes.document) -> None:
    """Move the source of each cell that shows something below what it shows."""
    for source in list(doctree.findall(HideCodeCellNode)):
        cell = source.parent
        if "above-input" in source["classes"] and cell[0] is source and len(cell) > 1:
            cell.remove(source)
            cell.append(source)
            source["classes"] = ["source-below"]


def setup(app: Sphinx) -> None:
    """Move sources, which MyST-NB has folded, before page, deck and notebook are written."""
    app.connect("doctree-resolved", lambda _app, doctree, _docname: move_sources(doctree))
