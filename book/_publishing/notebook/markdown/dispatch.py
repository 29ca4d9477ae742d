"""Choose the method that writes a node: by its class, or its nearest base class."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from docutils import nodes
from sphinx.util import logging

from _publishing.invisible_nodes import is_invisible
from _publishing.notebook.hidden_code_that_runs import CodePlan
from _publishing.notebook.markdown.addresses_and_numbers import Page
from _publishing.notebook.markdown.blocks import Block
from _publishing.notebook.markdown.syntax import dollars, paragraph

logger = logging.getLogger(__name__)

#: Inline elements that do not say so in their class.
_INLINE_NAMES = frozenset({"SideNoteNode", "PassthroughTextElement", "pending_xref_condition"})


class Dispatcher:
    """The base of the writer, which says each node in Markdown that Colab and Jupyter show well.

    The classes `…Kinds` are a chain: each adds the methods for one group of nodes, and
    `notebook_cells.ChapterWriter` is its end. A method ``block_<class>`` returns blocks,
    ``inline_<class>`` a piece of a line; notes and warnings come to ``block_Admonition``, their
    base class. By now Sphinx has resolved references, numbers, citations and glued values. A node
    that no method knows is a warning, and so an error: nothing is lost in silence.
    """

    def __init__(
        self, page: Page, cells: Mapping[int, Mapping[str, Any]], code_plan: CodePlan
    ) -> None:
        self.page = page
        #: the code cells of the source, by index
        self.cells = cells
        self.code_plan = code_plan
        #: cell -> the figures that it draws
        self.figures: dict[int, str] = {}
        #: where the writer stands; `level`: how deep in sections
        self.in_table = False
        self.in_link = False  # a link there is its words alone: Markdown has none within another
        self.in_strong = False
        self.level = 0

    @contextmanager
    def inside(self, place: str) -> Iterator[None]:
        """Write with `in_table`, `in_link` or `in_strong` set; a cell of a table is one line."""
        before = getattr(self, place)
        setattr(self, place, True)
        yield
        setattr(self, place, before)

    def flow(self, children: Iterable[nodes.Node]) -> list[Block]:
        """Return children as blocks (see `blocks`); what belongs in a line becomes a paragraph."""
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

    def bold_line(self, children: Iterable[nodes.Node]) -> str:
        """Return children as the words of a title that will be bold."""
        with self.inside("in_strong"):
            return self.title_line(children)

    def block(self, node: nodes.Node) -> list[Block]:
        """Return one node as blocks."""
        return list(self._written("block", node, self.flow))

    def piece(self, node: nodes.Node) -> str:
        """Return one node as a piece of a line."""
        return str(self._written("inline", node, self.line))

    def _written(self, kind: str, node: nodes.Node, write_children: Callable[..., Any]) -> Any:
        if is_invisible(node):
            return write_children([])
        for cls in type(node).__mro__:
            if method := getattr(self, f"{kind}_{cls.__name__}", None):
                return method(node)
        logger.warning(
            "the notebook does not know how to write <%s>: notebook/markdown needs a method for it",
            type(node).__name__,
            location=node,
            type="notebook",
            subtype="unknown",
        )
        return write_children(node.children)


def is_inline(node: nodes.Node) -> bool:
    """Whether a node belongs in a line."""
    if isinstance(node, (nodes.raw, nodes.math_block, nodes.system_message)):
        return isinstance(node, nodes.raw) and isinstance(node.parent, nodes.TextElement)
    return (
        isinstance(node, (nodes.Text, nodes.Inline, nodes.image))
        or type(node).__name__ in _INLINE_NAMES
    )
