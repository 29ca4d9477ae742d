"""Of a solution, what is too much for one slide goes on to the next."""

import pytest
from _publishing.deck.slide_data import Piece, Slide
from _publishing.deck.split_long_solutions import split
from docutils import nodes

SHORTEST, SHORT, LONG = (
    nodes.container("", nodes.literal_block("", "x = 1\n" * n), nb_element="cell_code_source")
    for n in (3, 9, 13)
)
WORDS = nodes.paragraph("", "word " * 30)
PRINTED = nodes.container("", nodes.literal_block("", "1\n2"), nb_element="cell_code_output")


@pytest.mark.parametrize(
    ("code", "parts"),
    [
        (SHORTEST, [[WORDS, SHORTEST, PRINTED]]),
        (SHORT, [[WORDS], [SHORT, PRINTED]]),
        (LONG, [[WORDS], [LONG], [PRINTED]]),
    ],
)
def test_a_solutions_code_stays_large_and_the_first_part_has_the_notes(code, parts):
    section, note = nodes.section(), nodes.paragraph("", "whispered")
    content = [Piece(node) for node in (WORDS, code, PRINTED)]
    slides = split(Slide(section, section, "solution", content, [note]))
    assert [[node for node, _ in slide.content] for slide in slides] == parts
    assert [slide.notes for slide in slides] == [[note], *[[] for _ in parts[1:]]]
