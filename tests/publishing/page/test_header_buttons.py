"""The buttons above a page: which, where to, and what they are called."""

import re
from html.parser import HTMLParser

import pytest


class Buttons(HTMLParser):
    """Label and address of every link and button in the page's header."""

    def __init__(self, html):
        super().__init__()
        self.attributes, self._open = {}, None
        start = html.index('class="article-header-buttons"')
        self.feed(html[start : html.index("theme-switch", start)])

    def handle_starttag(self, tag, attrs):
        if tag in {"a", "button"}:
            self._open = [dict(attrs), ""]

    def handle_data(self, data):
        if self._open:
            self._open[1] += data

    def handle_endtag(self, tag):
        if tag in {"a", "button"} and self._open:
            attrs, text = self._open
            self.attributes[re.sub(r"\s+", " ", text).strip()] = attrs
            self._open = None


@pytest.fixture(scope="module")
def built(build_book, notebook_header):
    built = build_book(
        {"chapters/sample.md": notebook_header + "# Sample\n"},
        repository={"url": "https://github.com/first/course", "branch": "main"},
    )
    assert built.code == 0, built.log
    return built


def test_chapter_offers_its_notebook_and_deck(built):
    result = Buttons(built.read("chapters/sample.html")).attributes
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
    assert result["Slides"]["href"] == "../slides/sample.html"
    assert result["Notebook (.ipynb)"]["href"] == "../notebooks/sample.ipynb"
    assert (built.html / "notebooks/sample.ipynb").exists()
    assert result["Notebook with outputs"]["href"] == "../executed/sample.ipynb"
    assert (built.html / "executed/sample.ipynb").exists()
    assert result["Kaggle"]["href"].endswith(
        "?src=https://github.com/first/course/blob/gh-pages/notebooks/sample.ipynb"
    )
    assert result["Binder"]["href"].endswith(
        "/gh/first/course/gh-pages?labpath=notebooks%2Fsample.ipynb"
    )
    assert result["Source (.md)"]["href"] == "../_sources/chapters/sample.md"
    assert (built.html / "_sources/chapters/sample.md").exists()


def test_other_pages_offer_no_notebook(built):
    result = Buttons(built.read("index.html")).attributes
    assert not {"Colab", "Notebook (.ipynb)"} & set(result)
    assert result["Slides"]["href"] == "slides/workshop.html"
    assert "Slides" not in Buttons(built.read("genindex.html")).attributes
    assert "Suggest an edit" in result
    assert "Suggest an edit" not in Buttons(built.read("genindex.html")).attributes


def test_labels_are_the_accessible_names(built):
    html = built.read("chapters/sample.html")
    for label, attributes in Buttons(html).attributes.items():
        assert label, attributes
        assert "aria-label" not in attributes
        assert attributes.get("title", label) == label
        assert "onclick" not in attributes


def test_theme_makes_no_notebook_of_its_own(built):
    assert list((built.html / "_sources").rglob("*.ipynb")) == []
