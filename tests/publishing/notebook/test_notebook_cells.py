"""What becomes of cells, footnotes, references and solutions in a notebook."""

import json
import re
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest
from _publishing.notebook.markdown.addresses_and_numbers import Page
from _publishing.notebook.notebook_cells import _code_cell, set_cell_ids
from sphinx.errors import ExtensionError

ROOT = Path(__file__).resolve().parents[3]
SITE = "https://example.github.io/corpus/"


def test_without_a_sites_address_links_lead_from_the_folder_of_notebooks():
    builder = SimpleNamespace(get_target_uri="{}.html".format, images={"a.png": "a.png"})
    env = SimpleNamespace(toc_secnumbers={}, toc_fignumbers={})
    page = Page(SimpleNamespace(builder=builder, env=env), "chapters/neurons", "")
    assert page.url("#y") == "../chapters/neurons.html#y"
    assert page.url("networks.html#x") == "../chapters/networks.html#x"
    assert page.url("../index.html") == "../index.html"
    assert page.picture({"uri": "a.png"}) == "../_images/a.png"


def test_what_would_call_the_book_without_its_import_fails_the_build():
    cell = {"source": "[glue(k, 1) for k in names]", "metadata": {}}
    writer = SimpleNamespace(cells={3: cell}, page=SimpleNamespace(docname="chapters/a"))
    with pytest.raises(ExtensionError, match=r"a, cell 3: give .* lines of their own"):
        _code_cell(writer, 3)


@pytest.fixture
def cells(site):
    """Return a function that reads the cells of a notebook."""
    folder = site / "notebooks"
    return lambda name: json.loads((folder / f"{name}.ipynb").read_text("utf-8"))["cells"]


def text_of(cells):
    return "\n".join(cell["source"] for cell in cells)


def test_footnotes_are_whole_and_at_the_end_as_on_the_page(cells):
    text = text_of(cells("text"))
    assert text.index("footnote<sup>1</sup>") < text.index("\n<sup>1</sup> The first note")
    assert "The second one, and `code`." in text
    assert "<sup>*</sup> A note of reStructuredText." in text


def test_references_are_resolved_to_the_site(cells):
    assert f"[Section 1]({SITE}text.html#text-top)" in text_of(cells("references"))
    text = text_of(cells("mathematics"))
    assert f"[(10.1)]({SITE}mathematics.html#equation-eq-dollar)" in text
    assert r"\tag{10.1}" in text


def test_folded_solutions_run_only_where_later_cells_need_them(cells):
    every = cells("exercises")
    code = [c for c in every if c["cell_type"] == "code"]
    (needed,) = (c for c in code if "answer = start + 22" in c["source"])
    assert needed["metadata"]["cellView"] == "form"
    assert "local_to_solution" not in text_of(code)
    text = text_of(c for c in every if c["cell_type"] == "markdown")
    assert "<summary><b>Solution to Exercise 4.4 (Gated)</b></summary>\n\nFirst think" in text
    assert "```python\nlocal_to_solution = 3 ** 2" in text
    assert "Invisiblehidden" not in text


def test_ids_stay_when_another_cell_is_edited(cells):
    """An id follows from what its cell says, and from nothing else."""
    changed = [nbformat.from_dict(cell) for cell in cells("cells")]
    before = [cell["id"] for cell in changed]
    changed[3]["source"] += "\n# edited"
    set_cell_ids(changed)
    after = [cell["id"] for cell in changed]
    assert [a == b for a, b in zip(before, after, strict=True)].count(False) == 1


def test_what_cells_say_of_slides_is_kept(cells):
    """Also where one cell of the source becomes several."""
    types = {
        cell["source"].split("\n")[-1]: cell["metadata"]["slideshow"]["slide_type"]
        for cell in cells("cells")
        if "slideshow" in cell["metadata"]
    }
    assert types == {"secret = math.pi": "fragment", "A block break stood above.": "slide"}


def test_what_the_page_leaves_out_keeps_its_place(cells):
    order = [cell["source"].split("\n")[-1] for cell in cells("cells")]
    place = order.index("Text before a removed cell.")
    assert order[place + 1 : place + 3] == ['between = "words"', "Text after a removed cell."]
    loaded = next(c["source"] for c in cells("cells") if "second = 2" in c["source"])
    assert loaded.endswith("third = 3")


UNKNOWN = """\
from docutils import nodes
from sphinx.util.docutils import SphinxDirective
class strange(nodes.Element): pass
class Strange(SphinxDirective):
    def run(self):
        node = strange()
        self.set_source_info(node)
        return [node]
def setup(app):
    app.add_node(strange, html=(lambda s, n: None, lambda s, n: None))
    app.add_directive('strange', Strange)
"""


def test_what_nobody_knows_fails_the_build(build_book, notebook_header):
    """An unknown node is a warning with file and line."""
    text = notebook_header + "# Title\n\nText.\n\n```{strange}\n```\n"
    conf = (ROOT / "book" / "conf.py").read_text(encoding="utf-8")
    conf += "import sys\nsys.path.append(str(_here))\nextensions += ['unknown']\n"
    built = build_book({"chapters/a.md": text, "unknown.py": UNKNOWN, "conf.py": conf}, fails=True)
    line = text.splitlines().index("```{strange}") + 1
    assert re.search(rf"a\.md:{line}: WARNING: .*how to write <strange>", built.log), built.log
