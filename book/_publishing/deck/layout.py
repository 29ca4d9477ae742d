"""Arrange the parts of a slide, words, code and pictures, on one slide or on several.

Words and a picture stand side by side or one below the other, whichever lets the
picture be larger. What is too much for one slide goes on to the next, at the seam
between prose and code, and so does a picture that answers a prediction.
"""

from __future__ import annotations

import re
from dataclasses import replace
from math import ceil
from typing import TYPE_CHECKING, Any

from docutils import nodes

from _publishing.directives.interactive import interactive
from _publishing.directives.predict import predict

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _publishing.deck.slides import Piece, Slide

#: Room for a picture on a slide, and beside words (pixels), without its caption.
ROOM = (1152, 450)
BESIDE = 670
#: Height of a line of text.
LINE = 44
#: Characters of the longest formula that fits beside a picture.
FORMULA_BESIDE = 26
#: Pictures wider than this (width by height) may share a slide.
STRIP = 2.4
#: Lines of text that a slide holds, and characters in a line.
LINES = 16
WIDTH = 68
#: Lines above a picture that leave it enough room.
ABOVE = 6
#: Characters in a line of code beside a picture; code does not wrap.
CODE_BESIDE = 46


def ratio_of(node: nodes.Element) -> float | None:
    """Return width by height of the widest picture in a node, or None if it has none.

    The still inside a live figure does not count: it is seen only until the figure has loaded.
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
    """Return the number that a length begins with."""
    match = re.match(r"[\d.]+", str(length or ""))
    return float(match[0]) if match else 0.0


def arrangement(content: Iterable[nodes.Element]) -> str:
    """Return the layout of a slide: text, picture, beside or below."""
    content = list(content)
    ratios = [ratio for node in content if (ratio := ratio_of(node))]
    if not ratios:
        return "text"
    if len(ratios) == len(content):
        return "picture"
    together = 1 / sum(1 / ratio for ratio in ratios)
    width, height = ROOM
    words = LINE * sum(map(lines_of, content))
    beside = min(BESIDE, height * together) if not any(map(_is_wide, content)) else 0
    below = min(width, (height - words) * together)
    return "below" if below > beside else "beside"


def _is_wide(node: nodes.Element) -> bool:
    """Whether a node is a formula too long to stand beside a picture."""
    formula = re.sub(r"<annotation.*?</annotation>|<[^>]+>|\s", "", node.get("mathml", ""))
    return isinstance(node, nodes.math_block) and len(formula) > FORMULA_BESIDE


def pages(slide: Slide) -> list[Slide]:
    """Return a slide as one or more that each hold what fits; every part keeps the notes."""
    rest = list(slide.content)
    if not rest:  # a heading alone
        return [slide]
    parts = _fill(rest)
    if any(_crowded([node for node, _ in part]) for part in parts):
        halves = _halves(rest)
        parts = [part for half in halves for part in _fill(half)]
    parts = [half for part in parts for half in _with_room(part)]
    first = 0 if slide.continued else 1
    parts[first:] = [_begun(part) for part in parts[first:]]
    return [replace(slide, content=part, continued=n >= first) for n, part in enumerate(parts)]


def in_decks(slides: list[Slide]) -> list[tuple[Slide, str]]:
    """Return each slide with the deck in which alone it stands, `chapter` or `workshop`, or "".

    A prediction parts a slide in the chapter's deck; that of the workshop has it whole.
    """
    result: list[tuple[Slide, str]] = []
    for slide in slides:
        if slide.kind == "text" and slide.continued:
            whole = next(whole for whole, deck in reversed(result) if deck == "workshop")
            whole.content.extend(slide.content)
            result.append((slide, "chapter"))
        elif slide.kind == "text" and any(o.continued and o.notes is slide.notes for o in slides):
            result += [(replace(slide, content=[*slide.content]), "workshop"), (slide, "chapter")]
        else:
            result.append((slide, ""))
    return result


def _halves(rest: list[Piece]) -> list[list[Piece]]:
    """Return code apart from pictures, whichever comes first in the source."""
    first = next(node for node, _ in rest if _is_code(node) or ratio_of(node))
    apart = ratio_of if _is_code(first) and not _is_code(rest[0].node) else _is_code
    halves = [[p for p in rest if not apart(p.node)], [p for p in rest if apart(p.node)]]
    return halves[::-1] if _is_code(rest[0].node) else halves


def _begun(part: list[Piece]) -> list[Piece]:
    """Return a slide's content with something to see before the first key."""
    first, *rest = part
    return [first._replace(fragment=False), *rest]


def _with_room(
    part: list[Piece],
) -> list[list[Piece]]:
    """Return words and picture as two slides where one leaves the picture too little room."""
    content = [node for node, _ in part]
    if arrangement(content) != "below" or sum(map(lines_of, content)) <= ABOVE:
        return [part]
    words = [piece for piece in part if not ratio_of(piece.node)]
    return [words, [piece for piece in part if ratio_of(piece.node)]]


def _crowded(content: list[nodes.Element]) -> bool:
    """Whether code stands beside a picture without the room for it."""
    code = [node for node in content if _is_code(node)]
    if arrangement(content) not in {"beside", "below"} or not code:
        return False
    longest = max(len(line) for node in code for line in node.astext().splitlines() or [""])
    return longest > CODE_BESIDE or sum(map(lines_of, content)) > LINES / 2


def _fill(content: list[Piece]) -> list[list[Piece]]:
    """Return content slide by slide; a picture, which shrinks, goes with the words before it."""
    parts: list[list[Piece]] = []
    used = 0.0
    for piece in content:
        lines = lines_of(piece.node)
        full = bool(used) and used + lines > LINES and not _is_printed(piece.node)
        before = [node for node, _ in parts[-1]] if parts else []
        if not parts or full or (before and _parted(before, piece.node)):
            parts.append([])
            used = 0.0
        parts[-1].append(piece)
        used += lines
    return parts


def _parted(before: list[nodes.Element], node: nodes.Element) -> bool:
    """Whether a node needs a slide of its own: an answer, or one picture too many."""
    ratios = [ratio for one in (*before, node) if (ratio := ratio_of(one))]
    is_picture = ratio_of(node) is not None
    many = len(ratios) > 1 and min(ratios) < STRIP and is_picture
    return many or (is_picture and any(isinstance(one, predict) for one in before))


def _is_printed(node: nodes.Element) -> bool:
    """Whether a node is what a cell prints, which stays with the cell; a table need not."""
    return node.get("nb_element") == "cell_code_output" and "<table" not in node.astext()


def _is_code(node: nodes.Element) -> bool:
    """Whether a node is a cell's code, or what it prints."""
    return bool(node.get("nb_element")) and ratio_of(node) is None


def lines_of(node: nodes.Element) -> float:
    """Return the estimated height of a node in lines of text."""
    if ratio_of(node):
        return 0.0
    if table_rows := node.astext().count("<tr"):
        return table_rows + 1.0
    if "interactive" in node.get("classes", []):
        return LINES - 5.0
    if isinstance(node, nodes.math_block):
        return 2.0
    if _is_code(node):
        return 0.75 * len(node.astext().splitlines()) + 1
    rows = [part for part in node.findall() if isinstance(part, (nodes.list_item, nodes.row))]
    items: list[nodes.Node] = [*rows] or [node]
    return sum(ceil(len(item.astext()) / WIDTH) for item in items) + 0.5 * len(items)
