"""Choose the method that writes a node: by its class, or its nearest base class."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from docutils import nodes

from _publishing.invisible_nodes import is_invisible
from _publishing.notebook.markdown.addresses_and_numbers import Page
from _publishing.notebook.markdown.blocks import Block
from _publishing.notebook.markdown.html_of_other_nodes import html_of
from _publishing.notebook.markdown.syntax import dollars, paragraph


class Dispatcher:
    """The base of the writer, which says each node in Markdown that Colab and Jupyter show well.

    The classes `…Kinds` are a chain: each adds the methods for one group of nodes, and
    `notebook_cells.ChapterWriter` is its end. A method ``block_<class>`` returns blocks,
    ``inline_<class>`` a piece of a line; notes and warnings come to ``block_Admonition``, their
    base class. By now Sphinx has resolved references, numbers, citations and glued values. A node
    that no method knows is written as the HTML that the page has: nothing is lost.
    """

    def __init__(self, page: Page, cells: Mapping[int, Mapping[str, Any]]) -> None:
        self.page = page
        #: the code cells of the source, by index
        self.cells = cells
        #: cell -> the figures that it draws
        self.figures: dict[int, str] = {}
        #: where the writer stands: in the words of a link; how deep in sections
        self.in_link = False
        self.level = 0

    def flow(self, children: Iterable[nodes.Node]) -> list[Block]:
        """Return children as blocks; what belongs in a line becomes a paragraph.

        A block is Markdown, or a mark: where a code cell or a Markdown cell of the source stands.
        """
        blocks: list[Block] = []
        line: list[nodes.Node] = []
        for child in children:
            if is_inline(child):
                line.append(child)
                continue
            blocks.extend(self._paragraph(line))
            line = []
            blocks.extend(self.block(child))
        return blocks + self._paragraph(line)

    def _paragraph(self, line: Sequence[nodes.Node]) -> list[Block]:
        text = paragraph(self.line(line)) if line else ""
        return [text] if text else []

    def line(self, children: Iterable[nodes.Node]) -> str:
        """Return children as one piece of a line.

        In it a placeholder stands for each dollar sign that is text. `dollars` replaces it when the
        line is complete.
        """
        return "".join(self.piece(child) for child in children)

    def title_line(self, children: Iterable[nodes.Node]) -> str:
        """Return children as the words of a title."""
        return dollars(" ".join(self.line(children).split()))

    def block(self, node: nodes.Node) -> list[Block]:
        """Return one node as blocks."""
        if is_invisible(node):
            return []
        method = self._method("block", node)
        return list(method(node)) if method else [html_of(self.page, node)]

    def piece(self, node: nodes.Node) -> str:
        """Return one node as a piece of a line."""
        if is_invisible(node):
            return ""
        method = self._method("inline", node)
        return str(method(node)) if method else html_of(self.page, node)

    def _method(self, prefix: str, node: nodes.Node) -> Any:
        names = (f"{prefix}_{cls.__name__}" for cls in type(node).__mro__)
        return next((getattr(self, name) for name in names if hasattr(self, name)), None)


def is_inline(node: nodes.Node) -> bool:
    """Whether a node belongs in a line."""
    if isinstance(node, nodes.raw):
        return isinstance(node.parent, nodes.TextElement)
    return isinstance(node, (nodes.Text, nodes.Inline, nodes.image))
