"""Other people's MyST becomes plain Markdown, and nothing is lost.

Each page of the corpus is read twice, as the page that Sphinx writes and as the notebook;
the words of the one must all be in the other.
"""

import json
import re
from collections import Counter
from html import escape
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup
from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin

CORPUS = Path(__file__).parent / "corpus"
PAGES = sorted(
    path.relative_to(CORPUS).with_suffix("").as_posix()
    for path in CORPUS.rglob("*.md")
    if "kernelspec" in path.read_text(encoding="utf-8")
)
READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
READER.use(dollarmath_plugin, double_inline=True)
PLAIN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
CODE = re.compile(
    r"^(`{3,})[^`\n]*\n.*?^\1$|(?<!\\)(`+)[^\n]*?[^`\n]\2(?!`)", re.MULTILINE | re.DOTALL
)
FORMULA = re.compile(r"(?<!\\)(\$\$?)(?:(?!\n\s*\n).)+?(?<!\\)\1", re.DOTALL)
#: Words of the page itself that its text does not say.
OF_THE_PAGE = ".cell_output, .headerlink, .math, script, style, nav, details.hide > summary, footer"


@pytest.fixture(params=PAGES)
def name(request):
    return request.param


@pytest.fixture
def notebook(name, site):
    return json.loads((site / "notebooks" / f"{name.replace('/', '-')}.ipynb").read_text("utf-8"))


@pytest.fixture
def article(name, site):
    """Return what a page says, as Sphinx writes it."""
    return BeautifulSoup((site / f"{name}.html").read_text("utf-8"), "html.parser").article


def as_jupyter(source):
    """Return Markdown as Jupyter shows it, which takes mathematics out first.

    It looks for dollar signs in the whole text, whatever Markdown would make of them;
    only code in a line, and fences that begin one, are safe.
    """
    formulas = []

    def take(match):
        formulas.append(escape(match[0]))
        return f"@@{len(formulas) - 1}@@"

    text = CODE.sub(lambda match: match[0].replace("$", "\ue0ff"), source)
    html = PLAIN.render(FORMULA.sub(take, text).replace("\ue0ff", "$"))

    def put(match):
        return f'<span class="math inline">{formulas[int(match[1])].strip("$")}</span>'

    return re.sub(r"@@(\d+)@@", put, html)


READERS = {"markdown": READER.render, "jupyter": as_jupyter}


def rendered(notebook, reader=READER.render):
    """Return each Markdown cell as HTML."""
    cells = [cell["source"] for cell in notebook["cells"] if cell["cell_type"] == "markdown"]
    return [reader(source) for source in cells]


def soups(notebook, reader=READER.render):
    return [BeautifulSoup(html, "html.parser") for html in rendered(notebook, reader)]


def words(text):
    return Counter(re.findall(r"\w+", text))


def test_it_is_a_valid_notebook_without_outputs(notebook):
    nbformat.validate(notebook)
    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
    # Without an ending, Jupyter would export a script as .txt.
    assert notebook["metadata"]["language_info"]["file_extension"] == ".py"
    assert notebook["metadata"]["kernelspec"]["name"] == "python3"
    ids = [cell["id"] for cell in notebook["cells"]]
    assert len(ids) == len(set(ids))
    for cell in notebook["cells"]:
        assert cell["source"].strip()
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
def test_no_word_of_the_page_is_lost(name, notebook, article, reader):
    for element in article.select(OF_THE_PAGE):
        element.decompose()
    # What hands values to the book's text is not for the notebook.
    dropped = words((CORPUS / "glued.md").read_text("utf-8")) if name == "glued" else Counter()
    code = " ".join(c["source"] for c in notebook["cells"] if c["cell_type"] == "code")
    cells = soups(notebook, reader)
    # An inline element splits a word or joins two, depending on how its text is taken out.
    lost = [
        words(article.get_text(between))
        - words(between.join(cell.get_text(between) for cell in cells))
        - words(code)
        - dropped
        for between in (" ", "")
    ]
    assert not lost[0] & lost[1]


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
def test_no_formula_is_lost(notebook, article, reader):
    formulas = [element for element in article.select(".math") if not element.select(".math")]
    text = " ".join(rendered(notebook, reader))
    in_html = re.findall(r"\$[^$]+\$", text)
    assert len(re.findall(r'class="math (?:inline|block)', text) + in_html) >= len(formulas)


def test_a_formula_is_nothing_but_tex(notebook):
    """No mark of a quotation, no tag and no other cell's end is in it, for Jupyter."""
    for soup in soups(notebook, as_jupyter):
        for formula in soup.select(".math"):
            if not formula.find_parent(["pre", "code"]):
                assert not re.search(
                    r"^\s*>|</?(?:code|pre|span|b|p|t[dr])\b|&\w+;", formula.text, re.MULTILINE
                ), formula


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
def test_no_myst_is_left(notebook, reader):
    for soup in soups(notebook, reader):
        for element in soup.select("code, pre, .math"):
            element.decompose()
        text = soup.get_text("\n")
        assert not re.search(
            r"\{[\w:-]+\}`|\{[\w:-]+\}\s*$|^\s*:::|^\s*```|\(\S+\)=\s*$", text, re.MULTILINE
        )
        assert not re.search(r"\[\^|^\+\+\+|^%|\{\{|^:\w[\w-]*:\s|thebe", text, re.MULTILINE)
        assert not re.search(r"\*\*|``|(?<!\\)\]\(", text), text


def test_every_address_works_from_anywhere_and_is_no_pictures_words(notebook):
    for soup in soups(notebook):
        for element in soup.select("a[href], [src]"):
            address = element.get("href") or element["src"]
            assert re.match(r"https?://|mailto:", address), address
            assert "://" not in element.get("alt", "")


@pytest.mark.parametrize("name", ["odd_places"])
def test_blocks_in_odd_places_stay_what_they_are(notebook):
    """Code begins a list item in a box, a bar stands in a cell of a table."""
    soup = BeautifulSoup("\n".join(rendered(notebook)), "html.parser")

    def holds(start, selector, *around):
        place = soup.find(string=re.compile(re.escape(start))).find_parent(selector)
        assert all(place.find_parent(name) for name in around), start

    holds('price = "', "pre", "li", "blockquote")
    holds("after the code", "li", "blockquote")
    holds("after ", "li", "blockquote")
    holds("plain inside", "pre", "li", "blockquote")
    holds("four", "ol", "li")
    holds("pre *stars* here", "pre", "dd")
    assert "note_code = 1" in soup.aside.pre.text
    cells = [[cell.text for cell in row.find_all(["th", "td"])] for row in soup.select("tr")]
    assert cells == [["| is a key", "beside it"], ["third", "fourth words"]]
