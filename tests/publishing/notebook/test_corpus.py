"""Other people's MyST becomes plain Markdown, and nothing is lost.

The corpus beside this file uses what Jupyter Book's users use: every common directive,
role and option. Each of its pages is read twice, as the page that Sphinx writes and as
the notebook; the words of the one must all be in the other.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from html import escape
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup
from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
CORPUS = HERE / "corpus"
SITE = "https://example.github.io/corpus/"
CONF = """\
from pathlib import Path
from jupyter_book.config import get_final_config
here = Path(__file__).parent
config, _ = get_final_config(
    user_yaml=here / "_config.yml",
    sourcedir=here,
    cli_config={"external_toc_path": "_toc.yml", "latex_individualpages": False},
)
config["extensions"] += ["_publishing.page.publisher", "_publishing.notebook.extension"]
globals().update(config)
"""
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
NO_TEX = re.compile(r"(?m)^\s*>|</?(?:code|pre|span|b|p|t[dr])\b|&\w+;")
FORMULA = re.compile(r"(?<!\\)(\$\$?)(?:(?!\n\s*\n).)+?(?<!\\)\1", re.DOTALL)
#: Words of the page itself that its text does not say.
OF_THE_PAGE = [
    ".cell_output",
    ".headerlink",
    ".math",
    "script",
    "style",
    "nav",
    "summary .sd-summary-state-marker",
    ".sd-hide-link-text",
    "details.hide > summary",
    ".linenos",
    "input",
    "footer",
    ".prev-next-footer",
    ".backrefs",
]


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """Build the corpus; a warning fails it, so every node is known to the writer."""
    source = tmp_path_factory.mktemp("corpus") / "book"
    shutil.copytree(CORPUS, source)
    (source / "conf.py").write_text(CONF, encoding="utf-8")
    environment = {k: v for k, v in os.environ.items() if not k.startswith("GITHUB_")}
    environment["PYTHONPATH"] = os.pathsep.join([str(ROOT / "src"), str(ROOT / "book")])
    out = source.parent / "html"
    command = [sys.executable, "-m", "sphinx", "-n", "-W", "--keep-going", source, out]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return out


@pytest.fixture(params=PAGES)
def page(request, site):
    """Return the name of a page, its notebook and its HTML."""
    name = request.param.replace("/", "-")
    notebook = json.loads((site / "notebooks" / f"{name}.ipynb").read_text("utf-8"))
    html = (site / f"{request.param}.html").read_text("utf-8")
    return request.param, notebook, html


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
        return f'<span class="math inline">{formulas[int(match[1])]}</span>'

    return re.sub(r"@@(\d+)@@", put, html)


READERS = {"markdown": READER.render, "jupyter": as_jupyter}


def rendered(notebook, reader=READER.render):
    """Return each Markdown cell as HTML."""
    cells = [cell["source"] for cell in notebook["cells"] if cell["cell_type"] == "markdown"]
    return [reader(source) for source in cells]


def words(text):
    return Counter(re.findall(r"\w+", text))


def test_it_is_a_valid_notebook_without_outputs(page):
    name, notebook, _ = page
    nbformat.validate(notebook)
    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
    kernel = "bash" if name == "shell" else "python3"
    assert notebook["metadata"]["kernelspec"]["name"] == kernel
    ids = [cell["id"] for cell in notebook["cells"]]
    assert len(ids) == len(set(ids))
    for cell in notebook["cells"]:
        assert cell["source"].strip()
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
def test_no_word_of_the_page_is_lost(page, reader):
    name, notebook, html = page
    article = BeautifulSoup(html, "html.parser").find("article")
    for element in article.select(", ".join(OF_THE_PAGE)):
        element.decompose()
    # What hands values to the book's text is not for the notebook.
    dropped = words((CORPUS / "glued.md").read_text("utf-8")) if name == "glued" else Counter()
    code = " ".join(c["source"] for c in notebook["cells"] if c["cell_type"] == "code")
    soups = [BeautifulSoup(html, "html.parser") for html in rendered(notebook, reader)]
    # An inline element splits a word or joins two, depending on how its text is taken out.
    lost = [
        words(article.get_text(between))
        - words(between.join(soup.get_text(between) for soup in soups))
        - words(code)
        - dropped
        for between in (" ", "")
    ]
    assert not lost[0] & lost[1]


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
def test_no_formula_is_lost(page, reader):
    _, notebook, html = page
    article = BeautifulSoup(html, "html.parser").find("article")
    formulas = [element for element in article.select(".math") if not element.select(".math")]
    text = " ".join(rendered(notebook, reader))
    assert len(re.findall(r'class="math (?:inline|block)', text)) >= len(formulas)


def test_a_formula_is_nothing_but_tex(page):
    """No mark of a quotation, no tag and no other cell's end is in it, for Jupyter."""
    _, notebook, _ = page
    for html in rendered(notebook, as_jupyter):
        soup = BeautifulSoup(html, "html.parser")
        for formula in soup.select(".math"):
            if not formula.find_parent(["pre", "code"]):
                assert not re.search(
                    r"^\s*>|</?(?:code|pre|span|b|p|t[dr])\b|&\w+;", formula.text, re.MULTILINE
                ), formula


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
def test_no_myst_is_left(page, reader):
    _, notebook, _ = page
    for html in rendered(notebook, reader):
        soup = BeautifulSoup(html, "html.parser")
        for element in soup.select("code, pre, .math"):
            element.decompose()
        text = soup.get_text("\n")
        assert not re.search(
            r"\{[\w:-]+\}`|\{[\w:-]+\}\s*$|^\s*:::|^\s*```|\(\S+\)=\s*$", text, re.MULTILINE
        )
        assert not re.search(r"\[\^|^\+\+\+|^%|\{\{|^:\w[\w-]*:\s", text, re.MULTILINE)
        assert not re.search(r"\*\*|``|(?<!\\)\]\(", text), text


def test_every_address_works_from_anywhere(page):
    _, notebook, _ = page
    for html in rendered(notebook):
        soup = BeautifulSoup(html, "html.parser")
        addresses = [e["href"] for e in soup.select("a[href]")] + [
            e["src"] for e in soup.select("[src]")
        ]
        for address in addresses:
            assert re.match(r"https?://|mailto:", address), address


def test_every_picture_says_something_or_nothing(page):
    _, notebook, _ = page
    for html in rendered(notebook):
        for image in BeautifulSoup(html, "html.parser").select("img"):
            assert "://" not in image.get("alt", "")


def test_the_cells_run_in_the_order_of_the_page(page):
    """All code of the page is in the notebook, once, in the same order."""
    name, notebook, _ = page
    source = (CORPUS / f"{name}.md").read_text("utf-8")
    cells = re.findall(r"^```\{code-cell\}[^\n]*\n(.*?)^```$", source, re.MULTILINE | re.DOTALL)
    code = "\n".join(cell["source"] for cell in notebook["cells"])
    place = 0
    for cell in cells:
        lines = [ln for ln in cell.split("\n") if ln and "glue" not in ln and ln[0] not in ":- "]
        for line in lines[-1:]:
            if not re.match(r"\w+: ", line):
                place = code.index(line, place)


def test_a_footnote_stands_below_the_cell_that_calls_it(site):
    notebook = json.loads((site / "notebooks" / "text.ipynb").read_text("utf-8"))
    cell = next(c["source"] for c in notebook["cells"] if "trailing footnote" in c["source"])
    assert "footnote<sup>1</sup>" in cell
    assert cell.index("footnote<sup>1</sup>") < cell.index("\n<sup>1</sup> The first note")
    assert "The second one, and `code`." in cell


def test_a_footnote_without_a_number_is_whole(site):
    text = (site / "notebooks" / "text.ipynb").read_text("utf-8")
    assert "<sup>*</sup> A note of reStructuredText." in text


def test_references_are_resolved_to_the_site(site):
    text = (site / "notebooks" / "references.ipynb").read_text("utf-8")
    assert f"[Section 1]({SITE}text.html#text-top)" in text
    text = (site / "notebooks" / "mathematics.ipynb").read_text("utf-8")
    assert f"[(10.1)]({SITE}mathematics.html#equation-eq-dollar)" in text
    assert r"\\tag{10.1}" in text


def test_folded_solutions_run_only_where_later_cells_need_them(site):
    notebook = json.loads((site / "notebooks" / "exercises.ipynb").read_text("utf-8"))
    code = [c for c in notebook["cells"] if c["cell_type"] == "code"]
    needed = [c for c in code if "answer = start + 22" in c["source"]]
    assert len(needed) == 1
    assert needed[0]["metadata"]["cellView"] == "form"
    assert not [c for c in code if "local_to_solution" in c["source"]]
    text = "\n".join(c["source"] for c in notebook["cells"] if c["cell_type"] == "markdown")
    assert "<summary><b>Solution to Exercise 4.4 (Gated)</b></summary>\n\nFirst think" in text
    assert "```python\nlocal_to_solution = 3 ** 2" in text
    assert "Invisiblehidden" not in text


def test_ids_stay_when_another_cell_is_edited(site):
    """An id follows from what its cell says, and from nothing else."""
    first = json.loads((site / "notebooks" / "cells.ipynb").read_text("utf-8"))["cells"]
    from _publishing.notebook.assembly import identify

    changed = [nbformat.from_dict(cell) for cell in first]
    changed[3]["source"] += "\n# edited"
    before = [cell["id"] for cell in first]
    identify(changed)
    after = [cell["id"] for cell in changed]
    assert [a == b for a, b in zip(before, after, strict=True)].count(False) == 1


def test_what_cells_say_of_slides_is_kept(site):
    """Also where one cell of the source becomes several."""
    notebook = json.loads((site / "notebooks" / "cells.ipynb").read_text("utf-8"))
    types = {
        cell["source"].split("\n")[-1]: cell["metadata"]["slideshow"]["slide_type"]
        for cell in notebook["cells"]
        if "slideshow" in cell["metadata"]
    }
    assert types == {
        "secret = math.pi": "fragment",
        "A block break stood above.": "slide",
        "Said by the speaker.": "notes",
        "Said as well.": "notes",
    }


def test_what_the_page_leaves_out_keeps_its_place(site):
    notebook = json.loads((site / "notebooks" / "cells.ipynb").read_text("utf-8"))
    order = [cell["source"].split("\n")[-1] for cell in notebook["cells"]]
    place = order.index("Text before a removed cell.")
    after = 'between = "words"', "Text after a removed cell."
    assert tuple(order[place + 1 : place + 3]) == after
    loaded = next(c["source"] for c in notebook["cells"] if "second = 2" in c["source"])
    assert loaded.endswith("third = 3")


def test_a_raw_cell_without_a_format_is_text_as_it_is(site):
    page = (site / "cells.html").read_text("utf-8")
    notebook = json.loads((site / "notebooks" / "cells.ipynb").read_text("utf-8"))
    text = "\n".join(cell["source"] for cell in notebook["cells"])
    assert "Raw words, with &lt;b&gt; and $x$ as they are." in page
    assert "```\nRaw words, with <b> and $x$ as they are.\n```" in text
    assert "<p>Raw <b>HTML</b></p>" in page
    assert "<p>Raw <b>HTML</b></p>" in text


def test_a_script_that_jupyter_exports_is_python(site):
    """Its ending comes from the notebook; without one there it would be .txt."""
    notebook = json.loads((site / "notebooks" / "cells.ipynb").read_text("utf-8"))
    assert notebook["metadata"]["language_info"]["file_extension"] == ".py"


def test_a_notebook_in_another_language_keeps_its_kernel(site):
    """Nothing in Python is put into it."""
    notebook = json.loads((site / "notebooks" / "shell.ipynb").read_text("utf-8"))
    assert notebook["metadata"]["kernelspec"] == {
        "display_name": "Bash", "language": "bash", "name": "bash",
    }  # fmt: skip
    assert notebook["metadata"]["language_info"] == {"name": "bash"}
    code = [cell["source"] for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert code[0] == 'echo "$HOME" | wc'
    assert "import" not in "".join(code)
    # What a solution sets, nobody can tell whether a later cell needs.
    assert "#@title Solution to Exercise" in code[2]
    assert code[2].endswith('greeting="I am $name"')


def test_a_list_of_contents_shows_the_numbers_of_the_page(site):
    notebook = json.loads((site / "notebooks" / "contents.ipynb").read_text("utf-8"))
    text = "\n".join(cell["source"] for cell in notebook["cells"])
    assert re.search(r"- \[\d+(\.\d+)+\. Below\]", text)


def test_blocks_in_odd_places_stay_what_they_are(site):
    """Code begins a list item in a box, a list a footnote, a bar stands in a cell's HTML."""
    notebook = json.loads((site / "notebooks" / "odd_places.ipynb").read_text("utf-8"))
    text = "\n".join(rendered(notebook))
    soup = BeautifulSoup(text, "html.parser")

    def holds(start, selector, *around):
        result = soup.find(string=re.compile(re.escape(start)))
        assert result, start
        place = result.find_parent(selector)
        assert place, (start, selector, text)
        for name in around:
            assert place.find_parent(name), (start, name)

    assert soup.select_one("h2").text.endswith("What a hash is #")
    holds('price = "', "pre", "li", "blockquote")
    holds("after the code", "li", "blockquote")
    holds("after ", "li", "blockquote")
    holds("plain inside", "pre", "li", "blockquote")
    holds("note_code", "pre")
    holds("note two", "li")
    holds("note four", "li")
    assert soup.find("th", string="n")
    assert len(soup.select('ol[start="3"]')) == 2
    holds("gamma", "li", "li")
    assert not [h for h in soup.select("h2") if "begins with" in h.text]
    numbers = [ol for ol in soup.find_all("ol") if ol.find(string=re.compile("^[xz]$"))]
    assert len(numbers) == 2
    cells = [[cell.text for cell in row.find_all(["th", "td"])] for row in soup.select("tr")]
    assert ["| is a key", "beside it"] in cells
    assert ["third", "fourth words"] in cells
    assert "*stars*" in soup.find("pre", string=re.compile("pre ")).text
    holds("listed below", "li", "li")
    assert "<strong>Second term</strong>: ¿A paragraph" in text
    assert soup.find("code", string="1 + 2")
    assert r"\begin{align}" in soup.get_text()
    assert r"\begin{align}" not in "\n".join(c["source"] for c in notebook["cells"])


def test_what_nobody_knows_fails_the_build(tmp_path):
    """An unknown node is a warning with file and line."""
    source = tmp_path / "book"
    source.mkdir()
    (source / "conf.py").write_text(
        "extensions = ['myst_nb', 'unknown', '_publishing.notebook.extension']\n"
        "exclude_patterns = ['out']\nhtml_theme = 'basic'\nhtml_theme_options = {}\n"
    )
    (source / "unknown.py").write_text(
        "from docutils import nodes\nfrom sphinx.util.docutils import SphinxDirective\n"
        "class strange(nodes.Element): pass\n"
        "class Strange(SphinxDirective):\n"
        "    def run(self):\n"
        "        node = strange()\n"
        "        self.set_source_info(node)\n"
        "        return [node]\n"
        "def setup(app):\n"
        "    app.add_node(strange, html=(lambda s, n: None, lambda s, n: None))\n"
        "    app.add_directive('strange', Strange)\n"
    )
    head = "---\nfile_format: mystnb\nkernelspec:\n  name: python3\n---\n"
    (source / "index.md").write_text(head + "# Title\n\nText.\n\n```{strange}\n```\n")
    paths = os.pathsep.join([str(ROOT / "src"), str(ROOT / "book"), str(source)])
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", "-W", "--keep-going", source, tmp_path / "out"],
        env=os.environ | {"PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert re.search(r"index\.md:1[01]: WARNING: .*how to write <strange>", done.stderr), (
        done.stderr
    )
