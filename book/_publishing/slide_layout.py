"""How the parts of a slide share its room.

Words and a picture stand side by side, a wide picture below the words. What is
too much for one slide goes on to the next, at the seam between prose and code.
"""

from __future__ import annotations

import re
from dataclasses import replace
from math import ceil
from typing import TYPE_CHECKING, Any

from docutils import nodes

from _publishing.interactive import interactive

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _publishing.slides import Slide

#: A picture wider than this (width by height) stands below the text.
WIDE = 1.75
#: Lines of text that a slide holds, and characters in a line.
LINES = 16
WIDTH = 68
#: The same beside a picture, for code, which does not wrap.
CODE_BESIDE = 46


def ratio_of(node: nodes.Element) -> float | None:
    """Width by height of the widest picture that a node holds, if it holds any.

    A live figure is none: the still inside of it is seen until it has loaded.
    """
    ratios = []
    if next(node.findall(interactive), None) is not None:
        return None
    for image in node.findall(nodes.image):
        known = image.get("natural_size", (image.get("width"), image.get("height")))
        width, height = map(_number, known)
        ratios.append(width / height if width and height else 1.5)
    return max(ratios, default=None)


def _number(length: Any) -> float:
    """Read the number that a length begins with."""
    match = re.match(r"[\d.]+", str(length or ""))
    return float(match[0]) if match else 0.0


def arrangement(content: Iterable[nodes.Element]) -> str:
    """Name the layout of a slide: text, picture, beside or below."""
    content = list(content)
    ratios = [ratio for node in content if (ratio := ratio_of(node))]
    if not ratios:
        return "text"
    if len(ratios) == len(content):
        return "picture"
    return "below" if max(ratios) > WIDE else "beside"


def pages(slide: Slide) -> list[Slide]:
    """Divide what is too much for one slide; notes stay with the first part."""
    parts: list[list[tuple[nodes.Element, bool]]] = []
    rest = list(slide.content)
    if _crowded([node for node, _ in rest]):
        prose = [item for item in rest if not _is_code(item[0])]
        code = [item for item in rest if _is_code(item[0])]
        parts = [*_fill(prose), *_fill(code)]
    else:
        parts = _fill(rest)
    return [
        replace(slide, content=part, notes=[] if number else slide.notes)
        for number, part in enumerate(parts)
    ]


def _crowded(content: list[nodes.Element]) -> bool:
    """Whether code stands beside a picture without the room for it."""
    code = [node for node in content if _is_code(node)]
    if arrangement(content) not in {"beside", "below"} or not code:
        return False
    longest = max(len(line) for node in code for line in node.astext().splitlines() or [""])
    return longest > CODE_BESIDE or sum(map(lines_of, content)) > LINES / 2


def _fill(content: list[tuple[nodes.Element, bool]]) -> list[list[tuple[nodes.Element, bool]]]:
    """Fill slide after slide; a picture, which shrinks, goes with the words before it."""
    parts: list[list[tuple[nodes.Element, bool]]] = []
    used = 0.0
    for item in content:
        lines = lines_of(item[0])
        # What a cell prints stays with the cell.
        printed = item[0].get("nb_element") == "cell_code_output"
        if not parts or (used + lines > LINES and used and not printed):
            parts.append([])
            used = 0.0
        parts[-1].append(item)
        used += lines
    return parts


def _is_code(node: nodes.Element) -> bool:
    """Whether a node is a cell's code, or what it prints."""
    return bool(node.get("nb_element")) and ratio_of(node) is None


def lines_of(node: nodes.Element) -> float:
    """Estimate the height of a node in lines of text."""
    if ratio_of(node):
        return 0.0
    if _is_code(node):
        return 0.75 * len(node.astext().splitlines()) + 1
    rows = [part for part in node.findall() if isinstance(part, (nodes.list_item, nodes.row))]
    items: list[nodes.Node] = [*rows] or [node]
    return sum(ceil(len(item.astext()) / WIDTH) for item in items) + 0.5 * len(items)
