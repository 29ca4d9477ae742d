"""The buttons above a page: which, where to, and what they are called."""

import pytest
from bs4 import BeautifulSoup


def buttons(html):
    """Return every link and button of ours in the page's header, by its label."""
    ours = ".article-header-buttons :is(a, button):not(.pst-navbar-icon)"
    every = BeautifulSoup(html, "html.parser").select(ours)
    return {" ".join(one.get_text().split()): one for one in every}


@pytest.fixture(scope="module")
def built(build_book, notebook_header):
    return build_book(
        {"chapters/sample.md": notebook_header + "# Sample\n"},
        repository={"url": "https://github.com/first/course", "branch": "main"},
    )


def test_chapter_offers_its_notebook_and_deck(built):
    result = buttons(built.read("chapters/sample.html"))
    assert list(result) == [
        "Colab",
        "Slides",
        "Run",
        "Kaggle",
        "Binder",
        "Download",
        "Notebook (.ipynb)",
        "Notebook with outputs",
        "Source (.md)",
        "Print or PDF",
        "Contribute",
        "Repository",
        "Suggest an edit",
        "Report a problem",
        "Full screen",
    ]
    for label, file in {
        "Slides": "slides/sample.html",
        "Notebook (.ipynb)": "notebooks/sample.ipynb",
        "Notebook with outputs": "executed/sample.ipynb",
        "Source (.md)": "_sources/chapters/sample.md",
    }.items():
        assert result[label]["href"] == f"../{file}"
        assert (built.html / file).exists()
    assert result["Kaggle"]["href"].endswith(
        "?src=https://github.com/first/course/blob/gh-pages/notebooks/sample.ipynb"
    )
    assert result["Binder"]["href"].endswith(
        "/gh/first/course/gh-pages?labpath=notebooks%2Fsample.ipynb"
    )


def test_other_pages_offer_no_notebook(built):
    result = buttons(built.read("index.html"))
    assert not {"Colab", "Notebook (.ipynb)"} & set(result)
    for page in ("index", "genindex"):
        assert "Slides" not in buttons(built.read(f"{page}.html")), "no half day, no deck for it"
    assert "Suggest an edit" in result
    assert "Suggest an edit" not in buttons(built.read("genindex.html"))
    assert list((built.html / "_sources").rglob("*.ipynb")) == [], "the theme's own"


def test_labels_are_the_accessible_names(built):
    html = built.read("chapters/sample.html")
    for label, button in buttons(html).items():
        assert label, button
        assert "aria-label" not in button.attrs
        assert button.get("title", label) == label
        assert "onclick" not in button.attrs
