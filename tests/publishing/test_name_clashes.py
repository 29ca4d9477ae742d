"""Two pages whose products would have one name stop the build, which names both."""

import pytest
from _publishing.name_clashes import clashes

TOC = "format: jb-book\nroot: index\nchapters:\n"


def toc(*names):
    """Return a table of contents."""
    return {"_toc.yml": TOC + "".join(f"- file: {name}\n" for name in names)}


@pytest.mark.parametrize(
    ("one", "other", "place"),
    [
        ("chapters/a/b", "chapters/a-b", "slides/a-b.html"),
        ("chapters/appendix-x", "appendix/x", "notebooks/appendix-x.ipynb"),
        ("x", "chapters/x", "notebooks/x.ipynb"),
        ("appendix/a/b", "appendix/a-b", "_static/cards/appendix-a-b.png"),
        ("a/b", "a--b", "execution/a--b"),
    ],
)
def test_two_paths_that_become_one_word(one, other, place):
    assert clashes([one, "chapters/another", other])[place] == sorted([one, other])


def test_paths_that_stay_apart():
    assert clashes(["index", "chapters/index-1", "chapters/x", "appendix/x", "appendix/y"]) == {}


@pytest.mark.parametrize(
    ("first", "second", "place"),
    [
        ("chapters/a-b", "chapters/a/b", "slides/a-b.html"),
        ("appendix/x", "chapters/appendix-x", "notebooks/appendix-x.ipynb"),
    ],
)
def test_the_build_names_both_files(build_book, chapter, first, second, place):
    pages = {f"{name}.md": chapter for name in (first, second)}
    built = build_book({**pages, **toc(first, second)})
    assert built.code != 0
    assert f"{first}.md and {second}.md would both be {place}" in built.log
    assert not list(built.html.glob("**/*.ipynb"))


def test_the_name_of_the_workshops_deck_is_taken(build_book, chapter):
    built = build_book({"chapters/workshop.md": chapter})
    assert built.code != 0
    line = "chapters/workshop.md and the deck of the whole workshop would both be"
    assert f"{line} slides/workshop.html" in built.log


def test_a_page_without_code_takes_no_notebooks_name(build_book, chapter):
    pages = {"appendix/x.md": "# Words\n", "chapters/appendix-x.md": chapter}
    built = build_book({**pages, **toc("appendix/x", "chapters/appendix-x")})
    assert built.code == 0, built.log
    assert '"1 + 1"' in built.read("notebooks/appendix-x.ipynb")


@pytest.fixture
def chapter(notebook_header):
    """A chapter with a slide and a cell."""
    return (
        f"{notebook_header}"
        '# A chapter\n\n+++ {"slideshow": {"slide_type": "slide"}}\n\nWords.\n\n'
        "```{code-cell}\n1 + 1\n```\n"
    )
