"""Write a chapter's doctree as Markdown and code, and plan what of its code a notebook runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes

from _publishing.notebook.code_for_notebook import is_removed, needed, without_glue
from _publishing.notebook.markdown.block_types import Block, CellStart, Code
from _publishing.notebook.markdown.syntax import fence
from _publishing.notebook.markdown.writer import MarkdownWriter

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import nbformat

    from _publishing.notebook.markdown.addresses_and_numbers import Page

_SOLUTIONS = ("solution_node",)


class ChapterWriter(MarkdownWriter):
    """Writes one chapter; the code comes from the cells of its source."""

    def __init__(self, page: Page, cells: Mapping[int, Mapping[str, Any]]) -> None:
        super().__init__(page)
        self.cells = cells
        #: cells of solutions that nothing else needs: their code is shown and not run
        self.only_shown: set[int] = set()
        #: cells that nothing in the notebook needs
        self.dropped: set[int] = set()
        #: cell -> the title of its solution, or the figures that it draws
        self.titles: dict[int, str] = {}
        self.figures: dict[int, str] = {}
        #: cell of the source -> the cell of the notebook that it has become
        self.made: dict[int, nbformat.NotebookNode] = {}

    def plan(self, doctree: nodes.document) -> None:
        """Find which cells that a page hides must run because others need them."""
        titles: dict[int, str] = {}
        for solution in doctree.findall(nodes.Element):
            if type(solution).__name__ in _SOLUTIONS:
                title = solution[0].astext() if solution.children else "Solution"
                for cell in _code_cells(solution):
                    titles[cell] = " ".join(title.split())
        removed = {i for i, cell in self.cells.items() if is_removed(cell["metadata"])}
        for_the_book = removed - titles.keys()
        seen = self.cells.keys() - removed - titles.keys()
        prepared = self._needed(for_the_book, by=seen | titles.keys())
        run = self._needed(set(titles), by=seen | prepared)
        self.dropped = for_the_book - prepared
        self.only_shown = titles.keys() - run
        self.titles = {index: titles[index] for index in run}

    def _needed(self, hidden: set[int], *, by: set[int]) -> set[int]:
        """Return those of some cells that others cannot run without."""
        order = sorted(self.cells)
        place = {index: position for position, index in enumerate(order)}
        sources = [self.code(index) for index in order]
        kept = needed(sources, map(place.__getitem__, hidden), map(place.__getitem__, by))
        return {order[position] for position in kept}

    def code(self, index: int) -> str:
        """Return a cell's code without what hands values to the book's text."""
        return without_glue(str(self.cells[index]["source"]).rstrip())

    def block_slide_marker(self, node: nodes.Element) -> list[Block]:
        """Note where a Markdown cell begins."""
        return [CellStart(node["index"], node["slide_type"])]

    def block_container(self, node: nodes.Element) -> list[Block]:
        """Remember which figures a code cell draws, for the title of a closed cell."""
        if node.get("nb_element") == "cell_code":
            labels = (self.page.label("figure", figure) for figure in node.findall(nodes.figure))
            self.figures[node["cell_index"]] = ", ".join(label for label in labels if label)
        return super().block_container(node)

    def solution(self, node: nodes.Element) -> list[Block]:
        """Return a solution's body: all of its code to read, and what must run as cells."""
        blocks: list[Block] = []
        for block in super().solution(node):
            if isinstance(block, Code):
                blocks.append(fence(self.code(block.index), "python"))
            if not isinstance(block, Code) or block.index not in self.only_shown:
                blocks.append(block)
        return blocks


def _code_cells(node: nodes.Node) -> Iterable[int]:
    for child in node.findall(nodes.container):
        if child.get("nb_element") == "cell_code":
            yield int(child["cell_index"])
