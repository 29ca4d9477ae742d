"""Split a solution that is too much for one slide, so that the back row can read its code.

Other slides are not split: `test_slides.py` notices one that holds too much; its author chooses.
"""

from dataclasses import replace

from docutils import nodes

from _publishing.deck.slide_data import Piece, Slide
from _publishing.deck.slide_layout import lines_of

#: Lines that a solution's slide holds.
ROOM = 11


def split(slide: Slide) -> list[Slide]:
    """Return a solution's slide as one or more that each hold what fits; the first has the notes.

    A picture, which shrinks, goes with what stands before it.
    """
    parts: list[list[Piece]] = [[]]
    used = 0.0
    for number, piece in enumerate(slide.content, 1):
        lines = lines_of(piece.node)
        following = slide.content[number : number + 1]
        printed = sum(lines_of(node) for node, _ in following if _is_printed(node))
        if used and used + lines + printed > ROOM:
            parts.append([])
            used = 0.0
        parts[-1].append(piece)
        used += lines
    first, *others = (replace(slide, content=part) for part in parts)
    return [first, *(replace(other, notes=[]) for other in others)]


def _is_printed(node: nodes.Element) -> bool:
    """Whether a cell prints it, and it stays with its code where both fit; a table need not."""
    return node.get("nb_element") == "cell_code_output" and "<table" not in node.astext()
