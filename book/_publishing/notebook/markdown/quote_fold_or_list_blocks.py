"""Quote, fold or list blocks: Markdown is wrapped, and the code cells among it stay outside."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from _publishing.notebook.markdown.block_types import Block, CellStart, Code, Heading
from _publishing.notebook.markdown.syntax import details, indent, join, quote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


def words(block: Block) -> str:
    """Return a block of Markdown, or of a section its title."""
    if isinstance(block, CellStart):
        return ""  # it only marks where a cell of the source begins
    return block.text if isinstance(block, Heading) else str(block)


def each_run(blocks: Iterable[Block], wrap: Callable[[str], str]) -> list[Block]:
    """Wrap each run of Markdown between the code cells, which cannot be wrapped."""
    result: list[Block] = []
    for is_text, run in groupby(blocks, lambda block: not isinstance(block, Code)):
        if not is_text:
            result.extend(run)
            continue
        text = join(words(block) for block in run)
        if text:
            result.append(wrap(text))
    return result


def quoted(blocks: Iterable[Block]) -> list[Block]:
    """Return the blocks as quotations."""
    return each_run(blocks, quote)


def folded(summary: str, blocks: Iterable[Block], *, is_open: bool = False) -> list[Block]:
    """Return the Markdown blocks folded away, and what code cells there are after them."""
    blocks = list(blocks)
    text = join(words(block) for block in blocks if not isinstance(block, Code))
    code: list[Block] = [block for block in blocks if isinstance(block, Code)]
    return [details(summary, text, is_open=is_open), *code]


def listed(marker: str, blocks: Iterable[Block], *, tight: bool) -> list[Block]:
    """Return one item of a list."""
    width = len(marker) + 1

    def item(text: str) -> str:
        return f"{marker} {indent(text, width)}"

    blocks = list(blocks)
    if tight and not any(isinstance(block, Code) for block in blocks):
        return [item("\n".join(words(block) for block in blocks))]
    return each_run(blocks, item)
