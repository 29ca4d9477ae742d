"""What Markdown writers return before it is cut into cells: Markdown, headings, places of code."""

from __future__ import annotations

from dataclasses import dataclass


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
