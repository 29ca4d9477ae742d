"""Which parts of a chapter are slides, by what the metadata of its cells say."""

import pytest
from _publishing.deck.slides_from_doctree import FOR_SPEAKER, choose, slide_marker, slide_type_of
from _publishing.directives.predict import predict
from _publishing.directives.quiz import quiz, quiz_question
from _publishing.directives.slide_only_and_speaker_notes import slide_only, speaker_notes
from docutils import nodes
from docutils.utils import new_document
from sphinx_exercise.nodes import exercise_node, solution_node


@pytest.mark.parametrize(
    ("slide_type", "tags", "expected"),
    [
        ("fragment", ["slide"], [("code", False), ("1", True)]),
        ("fragment", ["slide-output"], [("1", True)]),
        (None, ["slide-output"], [("1", False)]),
        (None, ["slide-code", "hide-input"], [("code", False)]),
        ("fragment", [], []),
    ],
)
def test_tags_choose_parts_of_a_code_cell_and_its_outputs_may_wait(slide_type, tags, expected):
    part = cell("code", "1", slideshow={"slide_type": slide_type}, tags=tags)
    text = nodes.paragraph("", "On a slide.")
    [slide] = choose(chapter_of(slide_marker(slide_type="slide"), text, part)).slides
    content = [(node.astext(), fragment) for node, fragment in slide.content]
    assert content == [("On a slide.", False), *expected]


def chapter_of(*content):
    document = new_document("page")
    document.append(nodes.section("", nodes.title("", "Title"), *content))
    return document


def shown(choice):
    return [[node.astext() for node, _ in slide.content] for slide in choice.slides]


@pytest.mark.parametrize(
    "node", [nodes.raw("", "<!-- a\n\nb -->\n", format="html"), nodes.transition()]
)
def test_what_is_not_seen_opens_no_slide(node):
    assert choose(chapter_of(slide_marker(slide_type="slide"), node)).slides == []


def test_a_cell_may_go_on_with_the_slide_or_be_skipped():
    cells = [
        part
        for slide_type in ("slide", "-", "skip", "fragment", "")
        for part in (slide_marker(slide_type=slide_type), nodes.paragraph("", slide_type or "page"))
    ]
    assert shown(choose(chapter_of(*cells))) == [["slide", "-", "fragment"]]


@pytest.mark.parametrize(("slide_type", "after"), [("", []), ("slide", [["after"]])])
def test_after_a_closing_section_only_what_is_marked_is_shown(slide_type, after):
    words = nodes.paragraph("", "to keep"), slide_marker(slide_type=slide_type)
    sections = (
        nodes.section("", nodes.title("", "Summary"), *words),
        nodes.section("", nodes.title("", "More"), nodes.paragraph("", "after")),
    )
    choice = choose(chapter_of(slide_marker(slide_type=""), *sections))
    assert shown(choice) == [["to keep"], *after]
    assert len(choice.bare) == (not slide_type)


@pytest.mark.parametrize(
    ("metadata", "slide_type"),
    [
        ({}, ""),
        ({"slideshow": None}, ""),
        ({"slideshow": {"slide_type": None}}, ""),
        ({"slideshow": {}}, ""),
        ({"slideshow": "slide"}, "slide"),
        ({"slideshow": {"slide_type": "skip"}}, "skip"),
        (["slide"], ""),
    ],
)
def test_what_tools_write_about_slides_is_read(metadata, slide_type):
    assert slide_type_of(metadata) == slide_type


@pytest.mark.parametrize(("has_own", "words"), [(True, ["own"]), (False, ["page's"])])
def test_a_slides_own_words_take_the_place_of_the_pages(has_own, words):
    marker = slide_marker(slide_type="slide")
    picture = nodes.figure("", nodes.image(uri="a.svg"))
    only = [slide_only("", nodes.paragraph("", "own"))] if has_own else []
    document = chapter_of(marker, nodes.paragraph("", "page's"), picture, *only)
    [slide] = choose(document).slides
    content = [node for node, _ in slide.content]
    assert [node.astext() for node in content if isinstance(node, nodes.paragraph)] == words
    assert picture in content


def test_the_hinge_is_in_the_half_day_also_after_what_is_optional():
    questions = [quiz_question("", nodes.paragraph("", name)) for name in ("one", "two")]
    marker = slide_marker(slide_type="slide", optional=True)
    document = chapter_of(marker, nodes.paragraph("", "words"), quiz("", *questions, hinge=2))
    marks = [(one.hinge, one.optional) for one in choose(document).slides]
    assert marks == [(False, True), (False, True), (True, False)]


def test_a_question_on_no_slide_has_one_to_itself_with_the_notes_after_it():
    words, asked, answered = (
        speaker_notes("", nodes.paragraph("", note)) for note in ("words", "asked", "answered")
    )
    start = [slide_marker(slide_type="slide"), nodes.paragraph("", "words")]
    question = predict("", nodes.paragraph("", "How many?"))
    output = cell("code", "1", tags=["slide-output"])
    parts = [slide_marker(slide_type=""), words, question, asked, output, answered]
    slides = choose(chapter_of(*start, *parts)).slides
    result = [(one.kind, one.optional, [note.astext() for note in one.notes]) for one in slides]
    assert result == [
        ("text", False, ["words"]),
        ("predict", True, [FOR_SPEAKER, "asked"]),
        ("text", False, ["answered"]),
    ]


def test_what_is_left_of_a_solution_without_its_check():
    exercise = exercise_node("", nodes.title("", "Sum"), nodes.paragraph("", "1 + 1?"))
    cells = [cell("check('a', 2)", "Right."), cell("print(2)\ncheck(\n  'a', 2)", "2", "Right.")]
    document = chapter_of(exercise, solution_node("", nodes.section("", *cells)))
    code = cells[1].astext()
    assert shown(choose(document))[1] == ["print(2)", "2"]
    assert cells[1].astext() == code, "the page keeps it"


def cell(code, *printed, **metadata):
    source = nodes.container("", nodes.literal_block(code, code), nb_element="cell_code_source")
    outputs = [nodes.paragraph("", line) for line in printed]
    below = nodes.container("", *outputs, nb_element="cell_code_output")
    return nodes.container("", source, below, nb_element="cell_code", cell_metadata=metadata)
