"""Write a chapter's doctree as blocks: Markdown, and the places of its code cells.

`notebook_cells` calls `flow` with the chapter's nodes, and cuts the blocks that it returns into
the cells of a notebook. Most nodes are written by the classes `…Kinds` in `markdown`, a chain that
ends here.
"""

from collections.abc import Mapping
from typing import Any

from docutils import nodes

from _publishing.notebook.code_for_notebook import without_glue
from _publishing.notebook.hidden_code_that_runs import CodePlan
from _publishing.notebook.markdown.addresses_and_numbers import Page
from _publishing.notebook.markdown.blocks import Block, CellStart, Code
from _publishing.notebook.markdown.custom_directive_nodes import DirectiveKinds
from _publishing.notebook.markdown.inline_nodes import InlineKinds
from _publishing.notebook.markdown.syntax import fence


class ChapterWriter(InlineKinds, DirectiveKinds):
    """Writes one chapter; the code comes from the cells of its source.

    By the time a page is written Sphinx has resolved its references, numbers, citations and
    glued values. What is left to do is to say each node in Markdown that Colab and Jupyter show
    well: a method ``block_<class>`` returns blocks, ``inline_<class>`` a piece of a line. A node
    that no method knows is a warning, and so an error: nothing is lost in silence.

    `code_plan` says which cells of solutions are only shown: nothing else needs what they compute.
    """

    def __init__(
        self, page: Page, cells: Mapping[int, Mapping[str, Any]], code_plan: CodePlan
    ) -> None:
        super().__init__(page)
        self.cells = cells
        self.code_plan = code_plan
        #: cell -> the figures that it draws
        self.figures: dict[int, str] = {}

    def block_slide_marker(self, node: nodes.Element) -> list[Block]:
        """Note where a Markdown or raw cell begins; `mark_markdown_and_raw_cells` has marked it."""
        return [CellStart(node["index"], node["slide_type"])]

    def block_container(self, node: nodes.Element) -> list[Block]:
        """Remember which figures a code cell draws, for the title of a cell whose code is hidden.

        Colab shows such a cell as a form that is closed.
        """
        if node.get("nb_element") == "cell_code":
            labels = (self.page.label("figure", figure) for figure in node.findall(nodes.figure))
            self.figures[node["cell_index"]] = ", ".join(label for label in labels if label)
        return super().block_container(node)

    def solution(self, node: nodes.Element) -> list[Block]:
        """Return a solution's body: all of its code to read, and what must run as cells."""
        blocks: list[Block] = []
        for block in super().solution(node):
            if isinstance(block, Code):
                code = without_glue(self.cells[block.index]["source"])
                blocks.append(fence(code, "python"))
            if not isinstance(block, Code) or block.index not in self.code_plan.only_shown:
                blocks.append(block)
        return blocks
