"""Write lists as Markdown: bullets, numbers, terms and their meanings."""

from collections.abc import Iterable

from docutils import nodes

from _publishing.notebook.markdown.blocks import Block, listed
from _publishing.notebook.markdown.dispatch import Dispatcher


class ListKinds(Dispatcher):
    """Blocks that are lists, and what has a name before its text."""

    def block_bullet_list(self, node: nodes.Element) -> list[Block]:
        return self._list(node, ["-"] * len(node.children))

    def block_enumerated_list(self, node: nodes.Element) -> list[Block]:
        """Write a numbered list; Markdown knows no letters and no Roman numerals."""
        start = int(node.get("start", 1))
        return self._list(node, [f"{start + place}." for place in range(len(node.children))])

    def _list(self, node: nodes.Element, markers: list[str]) -> list[Block]:
        items = [(mark, self.flow(item.children)) for mark, item in zip(markers, node, strict=True)]
        tight = all(_is_tight(item) for item in node.children)
        blocks: list[Block] = []
        for marker, item in items:
            blocks.extend(listed(marker, item, tight=tight) if item else [marker])
        return _one_list(blocks, "\n" if tight else "\n\n")

    def block_definition_list(self, node: nodes.Element) -> list[Block]:
        """Write terms, each with what it means: as a list, which Markdown has."""
        blocks: list[Block] = []
        for item in node.children:
            terms = [c for c in item.children if isinstance(c, (nodes.term, nodes.classifier))]
            rest = [c for c in item.children if c not in terms]
            name = ", ".join(
                f"**{self.bold_line(t.children)}**"
                if isinstance(t, nodes.term)
                else f"*{self.title_line(t.children)}*"
                for t in terms
            )
            blocks.extend(listed("-", self.named(name, rest), tight=False))
        return _one_list(blocks)

    def named(self, name: str, body: Iterable[nodes.Node], *, sep: str = ":") -> list[Block]:
        """Write a name before the first paragraph of its meaning, or above what is none."""
        body = list(body)
        blocks = self.flow(body)
        first = body[0] if body else None
        while isinstance(first, nodes.definition):
            first = first.children[0] if first.children else None
        starts = isinstance(first, nodes.paragraph) and self.flow([first])[:1] == blocks[:1] != []
        if starts and not str(blocks[0]).startswith("$$"):
            return [f"{name}{sep} {blocks[0]}", *blocks[1:]]
        return [name, *blocks]


def _one_list(blocks: list[Block], between: str = "\n\n") -> list[Block]:
    """Return items as one list, unless there is code to run between them."""
    whole = all(isinstance(block, str) for block in blocks)
    return [between.join(map(str, blocks))] if whole else blocks


def _is_tight(item: nodes.Node) -> bool:
    """Whether an item is a line, and perhaps a list below it that needs no blank line."""
    first, *rest = item.children or [nodes.paragraph()]
    lists = (nodes.bullet_list, nodes.enumerated_list)
    if isinstance(first, nodes.paragraph):
        return not rest or (len(rest) == 1 and isinstance(rest[0], lists) and _interrupts(rest[0]))
    return isinstance(first, lists) and not rest


def _interrupts(node: nodes.Element) -> bool:
    """Whether a list may follow a line at once: not with an empty item, nor from 2 on."""
    counts = isinstance(node, nodes.enumerated_list) and int(node.get("start", 1)) != 1
    return bool(node.children) and bool(node.children[0].children) and not counts
