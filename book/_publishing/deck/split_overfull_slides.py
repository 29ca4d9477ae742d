"""Split a slide that holds too much into several.

What is too much for one slide goes on to the next, at the seam between prose and code,
and so does a picture that answers a prediction. `arrangement` says how the words and the picture
of a slide lie: "beside" each other, or one "below" the other.
"""

from dataclasses import replace

from docutils import nodes

from _publishing.deck.slide_data import Piece, Slide
from _publishing.deck.slide_layout import (
    LINES,
    arrangement,
    is_code,
    is_picture,
    lines_of,
    ratio_of,
)
from _publishing.directives.predict import predict

#: Pictures wider than this (width by height) may share a slide.
STRIP = 2.4
#: Lines that a solution's slide holds with its code large enough to be read from the back row.
ROOM_OF_SOLUTION = 11
#: Lines above a picture that leave it enough room.
ABOVE = 6
#: Characters in a line of code beside a picture; code does not wrap.
CODE_BESIDE = 46


def split(slide: Slide) -> list[Slide]:
    """Return a slide as one or more that each hold what fits; the first has the notes."""
    rest = list(slide.content)
    room = ROOM_OF_SOLUTION if slide.kind == "solution" else LINES
    parts = _fill(rest, room)
    if any(_crowded([node for node, _ in part]) for part in parts):
        halves = _halves(rest)
        parts = [part for half in halves for part in _fill(half, room)]
    parts = [half for part in parts for half in _with_room(part)]
    # A first part may begin with its title alone; what continues a slide begins with something.
    parts[1:] = [_begun(part) for part in parts[1:]]
    notes = slide.notes
    return [replace(slide, content=p, notes=[] if n else notes) for n, p in enumerate(parts)]


def _halves(rest: list[Piece]) -> list[list[Piece]]:
    """Return code apart from pictures, whichever comes first in the source."""
    # Words stay with what they lead to, code or picture. Where a slide begins with code, no words
    # lead to it: it comes first, alone.
    first = next(node for node, _ in rest if is_code(node) or is_picture(node))
    apart = is_picture if is_code(first) and not is_code(rest[0].node) else is_code
    halves = [[p for p in rest if not apart(p.node)], [p for p in rest if apart(p.node)]]
    return halves[::-1] if is_code(rest[0].node) else halves


def _begun(part: list[Piece]) -> list[Piece]:
    """Return a slide's content with something to see before the first key."""
    first, *rest = part
    return [first._replace(fragment=False), *rest]


def _with_room(part: list[Piece]) -> list[list[Piece]]:
    """Return words and picture as two slides where one leaves the picture too little room."""
    content = [node for node, _ in part]
    if arrangement(content) != "below" or sum(map(lines_of, content)) <= ABOVE:
        return [part]
    words = [piece for piece in part if not is_picture(piece.node)]
    return [words, [piece for piece in part if is_picture(piece.node)]]


def _crowded(content: list[nodes.Element]) -> bool:
    """Whether code stands beside a picture without the room for it."""
    code = [node for node in content if is_code(node)]
    if arrangement(content) not in {"beside", "below"} or not code:
        return False
    longest = max(len(line) for node in code for line in node.astext().splitlines() or [""])
    return longest > CODE_BESIDE or sum(map(lines_of, content)) > LINES / 2


def _fill(content: list[Piece], room: int) -> list[list[Piece]]:
    """Return content slide by slide; a picture, which shrinks, goes with the words before it."""
    parts: list[list[Piece]] = []
    used = 0.0
    for number, piece in enumerate(content, 1):
        lines = lines_of(piece.node)
        printed = sum(
            lines_of(node) for node, _ in content[number : number + 1] if _is_printed(node)
        )
        full = bool(used) and used + lines + printed > room
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
    many = len(ratios) > 1 and min(ratios) < STRIP
    return is_picture(node) and (many or any(isinstance(one, predict) for one in before))


def _is_printed(node: nodes.Element) -> bool:
    """Whether a cell prints it, and it stays with its code where both fit; a table need not."""
    return node.get("nb_element") == "cell_code_output" and "<table" not in node.astext()
