"""The blocks that writers return: Markdown, headings, places of code. Quote, fold or list them.

Markdown is wrapped, and the code cells among it stay outside.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby
from textwrap import indent

from _publishing.notebook.markdown.syntax import details, join, quote


@dataclass(frozen=True)
class Heading:
    """A section's title: it begins a cell of its own."""

    text: str


@dataclass(frozen=True)
class Code:
    """The place of a code cell, by its index in the source."""

    index: int


@dataclass(frozen=True)
class CellStart:
    """Where a Markdown cell of the source begins, by its index, and what it says of its slide."""

    index: int
    slide_type: str


#: A string is a block of Markdown.
Block = str | Heading | Code | CellStart


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
        return f"{marker} {indent(text, ' ' * width)[width:]}"

    blocks = list(blocks)
    if tight and not any(isinstance(block, Code) for block in blocks):
        return [item("\n".join(words(block) for block in blocks))]
    return each_run(blocks, item)
