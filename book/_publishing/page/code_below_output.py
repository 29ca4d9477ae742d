"""Move the folded source of a picture or a table below it, where it is looked for last."""

from myst_nb.sphinx_ import HideCodeCellNode
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform


class SourceBelow(SphinxPostTransform):
    """Move a cell's folded source behind its outputs."""

    default_priority = 200  # right after MyST-NB has folded it
    formats = ("html",)

    def run(self, **_kwargs: object) -> None:
        """Move the source of each cell that has something to see."""
        for source in list(self.document.findall(HideCodeCellNode)):
            cell = source.parent
            if "above-input" in source["classes"] and cell[0] is source and len(cell) > 1:
                cell.remove(source)
                cell.append(source)
                source["classes"] = ["source-below"]


def setup(app: Sphinx) -> None:
    """Move sources before the page, the deck and the notebook are written."""
    app.add_post_transform(SourceBelow)
