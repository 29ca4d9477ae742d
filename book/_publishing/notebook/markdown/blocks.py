"""Blocks, which the methods ``block_…`` of a writer return: Markdown, headings, places of cells.

`quoted` and `folded` wrap the Markdown, and the code cells among it stay outside.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from _publishing.notebook.markdown.syntax import details, join, quote


class Heading(str):
    """A section's title in Markdown: it begins a cell of its own."""

    __slots__ = ()


@dataclass(frozen=True)
class Code:
    """The place of a code cell, by its index among all cells of the source."""

    index: int


@dataclass(frozen=True)
class CellStart:
    """Where a Markdown cell of the source begins, and what it says of its slide."""

    slide_type: str


#: A string is a block of Markdown.
Block = str | Code | CellStart


def joined(blocks: Iterable[Block]) -> str:
    """Return the blocks of Markdown as one text."""
    return join(block for block in blocks if isinstance(block, str))


def quoted(blocks: Iterable[Block]) -> list[Block]:
    """Return each run of Markdown between code cells as a quotation."""
    result: list[Block] = []
    for is_code, run in groupby(blocks, lambda block: isinstance(block, Code)):
        if is_code:
            result.extend(run)
        elif text := joined(run):
            result.append(quote(text))
    return result


def folded(summary: str, blocks: Iterable[Block]) -> list[Block]:
    """Return the Markdown blocks folded away, and what code cells there are after them."""
    blocks = list(blocks)
    code = [block for block in blocks if isinstance(block, Code)]
    return [details(summary, joined(blocks)), *code]
