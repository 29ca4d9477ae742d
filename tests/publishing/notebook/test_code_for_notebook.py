"""The code of cells, as a notebook holds it."""

import pytest
from _publishing.notebook.code_for_notebook import presented, without_glue


@pytest.mark.parametrize(
    ("source", "left"),
    [
        ('from myst_nb import glue\n\nx = 1\nglue("x", x, display=False)\nx', "x = 1\nx"),
        ('x = 1\nglue(\n    "x",\n    x,\n    display=False,\n)\ny = 2', "x = 1\ny = 2"),
        ('for n in a:\n    glue(n, 1)\n    glue(n + "b", 2)', "for n in a:\n    pass"),
        ('if x:\n    y = 1\nelse:\n    glue("a", 1)', "if x:\n    y = 1\nelse:\n    pass"),
        (
            '%matplotlib inline\n!ls\nf = !ls\nglue("x", 1)\ny = 1',
            "%matplotlib inline\n!ls\nf = !ls\ny = 1",
        ),
        ("%%bash\necho glue", None),
        ('from myst_nb import glue; glue("a", 1, display=False)', ""),
        ('from dlcourse.book import glue; glue("a", 1)', ""),
        ('from dlcourse.book import glue, publish\npublish("a", x)\nglue("a", x)', ""),
        ('from dlcourse.book import publish_json\nx = 1\npublish_json("a", x)', "x = 1"),
        (
            "from dlcourse.book import (\n    glue,\n    other,\n)\ny = 1",
            "from dlcourse.book import other\ny = 1",
        ),
        ("from dlcourse.book import other\nother(glue_)", None),
        ("import numpy as np; from myst_nb import glue\ny = 1", "import numpy as np\ny = 1"),
        ('x = "é"; glue("b", x, False); y = 4;', 'x = "é"; y = 4;'),
        ('glue("c", f(\n    1)); y', "y"),
        ('if x: glue("d", x, display=False)', "if x: pass"),
        ('for i in r: glue("e", i, display=False); print(i)  # all', "for i in r: print(i)  # all"),
        ('def f(v): glue("v", v); return v', "def f(v): return v"),
    ],
)
def test_what_only_the_book_needs_goes(source, left):
    assert without_glue(source) == (source if left is None else left)


@pytest.mark.parametrize("tag", ["hide-input", "hide-cell", "remove-input", "remove-cell"])
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


@pytest.mark.parametrize("tag", ["hide-output", "remove-output", "hide-cell", "remove-cell"])
def test_outputs_that_the_page_hides_are_folded(tag):
    assert presented("x = 1", {"tags": [tag]})[1]["jupyter"]["outputs_hidden"]


def test_what_is_closed_in_jupyter_stays_closed():
    metadata = {"jupyter": {"source_hidden": True}, "tags": ["hide-output"]}
    assert presented("x = 1", metadata)[1]["jupyter"] == {
        "source_hidden": True,
        "outputs_hidden": True,
    }
    assert metadata["jupyter"] == {"source_hidden": True}


def test_a_cell_magic_stays_first():
    assert presented("%%time\nx = 1", {"tags": ["hide-input"]})[0].startswith("%%time")
