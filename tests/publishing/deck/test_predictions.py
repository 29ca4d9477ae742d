"""A prediction is on a slide of its own, and the half day keeps slides whole."""

import pytest
from _publishing.deck.chapter_deck import in_decks
from _publishing.deck.slides_from_doctree import choose, slide_marker
from _publishing.directives.predict import predict, predict_end
from _publishing.directives.slide_only_and_speaker_notes import speaker_notes
from docutils import nodes
from docutils.utils import new_document


def chapter_of(*content):
    document = new_document("page")
    document.append(nodes.section("", nodes.title("", "Title"), *content))
    return document


def output(*, tags):
    part = nodes.container("", nodes.figure("", nodes.image(uri="a.svg")))
    part["nb_element"] = "cell_code_output"
    return nodes.container("", part, nb_element="cell_code", cell_metadata={"tags": tags})


WORDS = [
    slide_marker(slide_type="slide"),
    nodes.paragraph("", "words"),
    slide_marker(slide_type=""),
]
QUESTION = predict("", nodes.paragraph("", "How many?"))


@pytest.mark.parametrize(
    ("after", "chapter", "workshop"),
    [
        (output(tags=["slide-output"]), ["text", "predict", "text"], [2]),
        (output(tags=[]), ["text", "predict"], [1]),
    ],
)
def test_a_question_parts_the_slide_that_answers_it(after, chapter, workshop):
    slides = choose(chapter_of(*WORDS, QUESTION.deepcopy(), after, predict_end())).slides
    decks = in_decks(slides)
    assert [slide.kind for slide, only in decks if only != "workshop"] == chapter
    core = [slide for slide, only in decks if only != "chapter" and not slide.optional]
    assert [len(slide.content) for slide in core] == workshop
    assert [slide.optional for slide in slides if slide.kind == "predict"] == [True]


def test_notes_after_a_question_are_those_of_the_slide_before_it():
    notes = speaker_notes("", nodes.paragraph("", "whispered"))
    document = chapter_of(*WORDS, QUESTION.deepcopy(), notes)
    words, question = choose(document).slides
    assert [note.astext() for note in words.notes] == ["whispered"]
    assert "guess" in question.notes[0].astext()
