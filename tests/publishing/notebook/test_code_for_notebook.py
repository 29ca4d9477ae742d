"""The code of cells, as a notebook holds it."""

import pytest
from _publishing.notebook.code_for_notebook import presented, without_glue


@pytest.mark.parametrize(
    ("source", "left"),
    [
        ('x = 1\nglue(\n    "x",\n    x,\n)\ny = 2', "x = 1\ny = 2"),
        ('for n in names:\n    glue(n, 1)\n    glue(n + "b", 2)', "for n in names:\n    pass"),
        ('if x:\n    y = 1\nelse:\n    glue("a", 1)', "if x:\n    y = 1\nelse:\n    pass"),
        ('glue(\n  "a", 1); y = 2', None),
        ('from dlcourse.book import glue, publish\npublish("a", x)\nglue("a", x)', ""),
        ('from dlcourse.book import publish_json\nx = 1\npublish_json("a", x)', "x = 1"),
        (
            "from dlcourse.book import (\n    glue,\n    grey_png,\n)\ny = 1",
            "y = 1",
        ),
        # What is no Python, or shares its line, stays.
        ('%matplotlib inline\nglue("x", 1)', None),
        ('x = 1; glue("x", x)', None),
        # So do blank lines, where nothing goes.
        ("text = '''a\n\n\n\nb'''\n\n\nprint(text)", None),
        ('if x:\n    y = 1\nelse: glue("x", x)', None),
    ],
)
def test_what_imports_for_the_book_goes(source, left):
    assert without_glue(source) == (source if left is None else left)


@pytest.mark.parametrize("tag", ["hide-input", "hide-cell", "remove-input"])
def test_what_the_page_hides_is_a_closed_form(tag):
    source, metadata = presented("x = 1", {"tags": [tag]})
    assert source.startswith("#@title ")
    assert source.endswith("\nx = 1")
    assert metadata["cellView"] == "form"
    assert metadata["jupyter"]["source_hidden"]


def test_a_closed_cell_says_which_figure_it_draws():
    source, _ = presented("plot()", {"tags": ["hide-input"]}, figures="Fig. 3")
    assert source == "#@title Run to draw Fig. 3\nplot()"
    assert presented("plot()", {}, figures="Fig. 3")[0] == "plot()"


def test_a_cell_magic_stays_first():
    assert presented("%%time\nx = 1", {"tags": ["hide-input"]})[0].startswith("%%time")
