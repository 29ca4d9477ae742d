"""The tables of public names and their docstrings in full."""

import importlib
import re

import pytest
from _publishing.directives.api import table
from bs4 import BeautifulSoup
from tiny_book import BOOK, CHAPTERS

APPENDIX = BOOK / "appendix"
GROUPS = ("ideas", "data", "networks", "showing", "book")
SOURCE = '''"""Lines: slope | intercept.

More.
"""

def fit(x, y):
    """Fit a line
    to points, see `Line.at` and `Line`.

    In the plane.
    """

def _hidden():
    """Not shown."""

class Line:
    """A ``line``."""

def undocumented():
    pass
'''


def test_public_names_with_their_first_lines():
    assert list(table("lines", SOURCE)) == [
        r"**`dlcourse.lines`**: Lines: slope \| intercept.",
        "",
        "| name | what it is |",
        "|---|---|",
        "| {py:obj}`fit <dlcourse.lines.fit>` | Fit a line to points, see `Line.at` and `Line`. |",
        "| {py:obj}`Line <dlcourse.lines.Line>` | A `line`. |",
        "",
    ]
    assert list(table("empty", '"""Nothing."""')) == ["**`dlcourse.empty`**: Nothing.", ""]


@pytest.fixture(scope="module")
def built(build_book):
    """A page with a module of plain functions, one of classes, and one that trains."""
    names = "losses dense_network errors optimisers networks.models distributed.split_global_batch"
    return build_book(
        {
            "appendix/api-some.md": f"# Some\n\n```{{api-reference}}\n{names}\n```\n",
            "_toc.yml": "format: jb-book\nroot: index\nchapters:\n- file: appendix/api-some\n",
        }
    )


def test_docstrings_in_full(built):
    page = BeautifulSoup(built.read("appendix/api-some.html"), "html.parser").article
    terms = {term["id"]: term for term in page.select("dl.py > dt")}
    about = {name: term.find_next_sibling("dd") for name, term in terms.items()}
    loss = "dlcourse.losses.cross_entropy"
    assert f"{loss}(probabilities, labels)" in terms[loss].text, "without types"
    assert "probability given to the true class" in about[loss].text
    linked = about["dlcourse.dense_network.Network"].find("a", string="Dense")
    assert linked["href"] == "#dlcourse.dense_network.Dense"
    assert (
        terms["dlcourse.optimisers.Optimiser"].text.strip()
        == "class dlcourse.optimisers.Optimiser#"
    )
    assert "dlcourse.networks.models.mnist_network" in terms
    assert "dlcourse.networks.models.epochs" not in terms, "another module defines it"
    assert "dlcourse.losses.LOSSES" in terms
    assert "=" not in terms["dlcourse.losses.LOSSES"].text, "no data are spelled out"
    assert "dlcourse.losses.SMALLEST_PROBABILITY" not in terms
    assert "dlcourse.distributed.split_global_batch.rows_of_this_worker" in terms
    assert not page.select("ol"), "an author's initial begins no list"
    assert "`" not in page.text


def test_functions_are_not_in_the_books_index(built):
    assert "dlcourse" not in BeautifulSoup(built.read("genindex.html"), "html.parser").article.text


def modules(page):
    """The modules that a page's directives name, in order."""
    bodies = re.findall(r"^```\{api(?:-reference)?\}\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    return [body.split() for body in bodies]


def test_every_module_of_the_table_has_its_docstrings_on_a_page():
    table = modules((APPENDIX / "api.md").read_text())
    pages = [modules((APPENDIX / f"api-{group}.md").read_text()) for group in GROUPS]
    assert [[names] for names in table] == pages


def test_all_that_chapters_import_is_described():
    """By the module that defines it, wherever the chapter has it from."""
    described = {name for names in modules((APPENDIX / "api.md").read_text()) for name in names}
    undescribed = set()
    for chapter in CHAPTERS:
        text = chapter.read_text()
        for folder, names in re.findall(r"^from (dlcourse[\w.]*) import (.*)", text, re.MULTILINE):
            for name in re.findall(r"\w+", names.split(" as ")[0]):
                item = getattr(importlib.import_module(folder), name, None)
                if item is None:
                    item = importlib.import_module(f"{folder}.{name}")
                module = getattr(item, "__module__", getattr(item, "__name__", folder))
                undescribed.add(module.removeprefix("dlcourse."))
    # These are packages whose modules are described.
    assert undescribed - described <= {"distributed", "figures.drawing", "figures.plotting"}
