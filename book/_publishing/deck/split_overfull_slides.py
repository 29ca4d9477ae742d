"""Split a slide that holds too much into several.

What is too much for one slide goes on to the next, and so does a picture that answers a prediction.
"""

from dataclasses import replace

from docutils import nodes

from _publishing.deck.slide_data import Piece, Slide
from _publishing.deck.slide_layout import LINES, is_picture, lines_of, ratio_of
from _publishing.directives.predict import predict

#: Pictures wider than this (width by height) may share a slide.
STRIP = 2.4
#: Lines that a solution's slide holds with its code large enough to be read from the back row.
ROOM_OF_SOLUTION = 11


def split(slide: Slide) -> list[Slide]:
    """Return a slide as one or more that each hold what fits; the first has the notes."""
    first, *others = _fill(slide.content, ROOM_OF_SOLUTION if slide.kind == "solution" else LINES)
    # A first part may begin with its title alone; what continues a slide begins with something.
    others = [[part[0]._replace(fragment=False), *part[1:]] for part in others]
    return [
        replace(slide, content=first),
        *(replace(slide, content=part, notes=[]) for part in others),
    ]


def _fill(content: list[Piece], room: int) -> list[list[Piece]]:
    """Return content slide by slide; a picture, which shrinks, goes with the words before it."""
    parts: list[list[Piece]] = [[]]
    used = 0.0
    for number, piece in enumerate(content, 1):
        lines = lines_of(piece.node)
        printed = [lines_of(node) for node, _ in content[number : number + 1] if _is_printed(node)]
        full = used and used + lines + sum(printed) > room
        if full or _parted([node for node, _ in parts[-1]], piece.node):
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
