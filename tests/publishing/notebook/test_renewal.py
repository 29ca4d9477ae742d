"""A notebook installs the package of the very commit that is built, whichever pages are new."""

import pytest

ONE, OTHER = "1" * 40, "2" * 40


@pytest.fixture(scope="module")
def book(notebook_header):
    """A book of one chapter."""
    slide = '+++ {"slideshow": {"slide_type": "slide"}}\n\nWords.\n\n'
    code = "```{code-cell}\n1 + 1\n```\n"
    return {"chapters/sum.md": f"{notebook_header}# A sum\n\n{slide}{code}"}


def test_another_commit_renews_the_notebooks_and_the_same_does_not(build_book, book):
    built = build_book(book, environment={"GITHUB_SHA": ONE})
    assert built.code == 0, built.log
    assert ONE in built.read("notebooks/sum.ipynb")
    for done_before in (False, True):
        built = build_book(book, environment={"GITHUB_SHA": OTHER}, before=built)
        assert built.code == 0, built.log
        assert OTHER in built.read("notebooks/sum.ipynb")
        assert ONE not in built.read("notebooks/sum.ipynb")
        assert ("no targets are out of date" in built.log) == done_before
