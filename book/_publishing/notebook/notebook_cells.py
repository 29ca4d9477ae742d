"""Write a chapter's doctree as the cells of a notebook, each with an id that lasts."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable

import nbformat
from docutils import nodes
from sphinx.errors import ExtensionError

from _publishing.notebook.code_for_notebook import presented, without_glue
from _publishing.notebook.markdown.blocks import Block, Code, Heading
from _publishing.notebook.markdown.custom_directive_nodes import DirectiveKinds
from _publishing.notebook.markdown.inline_nodes import InlineKinds
from _publishing.notebook.markdown.syntax import join


class ChapterWriter(InlineKinds, DirectiveKinds):
    """Writes each node of a chapter."""


class Assembly:
    """Makes cells of a chapter's blocks."""

    def __init__(self, writer: ChapterWriter) -> None:
        self.writer = writer
        self.cells: list[nbformat.NotebookNode] = []
        self.text: list[str] = []
        self.slide_type = ""
        #: cell of the source -> the cell of the notebook that it has become
        self.made: dict[int, nbformat.NotebookNode] = {}

    def add(self, block: Block) -> None:
        """Add a block to the current cell, or begin another."""
        if isinstance(block, (Heading, Code)):
            self.flush()
        if isinstance(block, str):
            self.text.append(block)
        elif isinstance(block, Code):
            if cell := _code_cell(self.writer, block.index):
                self.cells.append(cell)
                self.made[block.index] = cell
        elif block.slide_type or self.slide_type:  # a CellStart: a cell of the source begins here
            self.flush()
            self.slide_type = block.slide_type

    def flush(self) -> None:
        """End the current cell of Markdown."""
        if source := join(self.text):
            self.cells.append(markdown_cell(source, self.slide_type))
            if self.slide_type != "skip":  # that holds for all that a cell of the source becomes
                self.slide_type = ""
        self.text.clear()


def assemble(
    writer: ChapterWriter, doctree: nodes.document
) -> tuple[list[nbformat.NotebookNode], dict[int, nbformat.NotebookNode]]:
    """Return the cells of a chapter in order, and by their index those that the source has."""
    assembly = Assembly(writer)
    for block in writer.flow(doctree.children):
        assembly.add(block)
    assembly.flush()
    return assembly.cells, assembly.made


def markdown_cell(source: str, slide_type: str = "") -> nbformat.NotebookNode:
    """Return a Markdown cell that says what becomes of it in a deck."""
    metadata = {"slideshow": {"slide_type": slide_type}} if slide_type else {}
    return nbformat.v4.new_markdown_cell(source, metadata=metadata)


def _code_cell(writer: ChapterWriter, index: int) -> nbformat.NotebookNode | None:
    """Return a code cell; None if nothing of it is left."""
    cell = writer.cells[index]
    # What hands values and files to the book is taken out, its import too; a call that shares its
    # line with other code is left, and would fail in the notebook.
    source = without_glue(cell["source"])
    if re.search(r"(?<![\w.])(glue|grey_png|publish|publish_json)\(", source):
        where = f"{writer.page.docname}, cell {index}"
        raise ExtensionError(f"{where}: give glue and publish lines of their own in\n{source}")
    if not source.strip():
        return None
    # Code that the page hides is folded under a title, which names the figures that it draws.
    figures = writer.figures.get(index, "")
    source, metadata = presented(source, cell["metadata"], figures=figures)
    return nbformat.v4.new_code_cell(source, metadata=metadata)


def set_cell_ids(cells: Iterable[nbformat.NotebookNode]) -> None:
    """Set each cell an id that depends on its text alone."""
    seen: Counter[str] = Counter()
    for cell in cells:
        digest = hashlib.sha256(f"{cell.cell_type}\n{cell.source}".encode()).hexdigest()[:12]
        seen[digest] += 1
        cell["id"] = digest if seen[digest] == 1 else f"{digest}-{seen[digest]}"
