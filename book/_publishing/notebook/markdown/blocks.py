"""The blocks that writers return: Markdown, headings, places of code. Quote, fold or list them.

Markdown is wrapped, and the code cells among it stay outside.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby
from textwrap import indent

from _publishing.notebook.markdown.syntax import details, join, quote


class Heading(str):
    """A section's title in Markdown: it begins a cell of its own."""

    __slots__ = ()


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
Block = str | Code | CellStart


def joined(blocks: Iterable[Block]) -> str:
    """Return the blocks of Markdown as one text."""
    return join(block for block in blocks if isinstance(block, str))


def each_run(blocks: Iterable[Block], wrap: Callable[[str], str]) -> list[Block]:
    """Wrap each run of Markdown between the code cells, which cannot be wrapped."""
    result: list[Block] = []
    for is_text, run in groupby(blocks, lambda block: not isinstance(block, Code)):
        if not is_text:
            result.extend(run)
            continue
        if text := joined(run):
            result.append(wrap(text))
    return result


def quoted(blocks: Iterable[Block]) -> list[Block]:
    """Return the blocks as quotations."""
    return each_run(blocks, quote)


def folded(summary: str, blocks: Iterable[Block], *, is_open: bool = False) -> list[Block]:
    """Return the Markdown blocks folded away, and what code cells there are after them."""
    blocks = list(blocks)
    code = [block for block in blocks if isinstance(block, Code)]
    return [details(summary, joined(blocks), is_open=is_open), *code]


def listed(marker: str, blocks: Iterable[Block], *, tight: bool) -> list[Block]:
    """Return one item of a list."""
    width = len(marker) + 1

    def item(text: str) -> str:
        return f"{marker} {indent(text, ' ' * width)[width:]}"

    blocks = list(blocks)
    if tight and all(isinstance(block, str) for block in blocks):
        return [item("\n".join(map(str, blocks)))]
    return each_run(blocks, item)
