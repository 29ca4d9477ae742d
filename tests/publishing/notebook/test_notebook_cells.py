"""What becomes of cells, footnotes, references and solutions in a notebook."""

import json
from types import SimpleNamespace

import nbformat
import pytest
from _publishing.notebook.markdown.addresses_and_numbers import Page
from _publishing.notebook.notebook_cells import _code_cell, set_cell_ids
from sphinx.errors import ExtensionError

SITE = "https://example.github.io/corpus/"


def test_without_a_sites_address_links_lead_from_the_folder_of_notebooks():
    builder = SimpleNamespace(get_target_uri="{}.html".format, images={"a.png": "a.png"})
    env = SimpleNamespace(toc_secnumbers={}, toc_fignumbers={})
    page = Page(SimpleNamespace(builder=builder, env=env), "chapters/neurons", "")
    assert page.url("#y") == "../chapters/neurons.html#y"
    assert page.url("networks.html#x") == "../chapters/networks.html#x"
    assert page.url("../index.html") == "../index.html"
    assert page.picture({"uri": "a.png"}) == "../_images/a.png"


@pytest.mark.parametrize("source", ["[glue(k, 1) for k in names]", "x = grey_png(picture)"])
def test_what_would_call_the_book_without_its_import_fails_the_build(source):
    cell = {"source": source, "metadata": {}}
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


def test_what_markdown_cannot_say_is_html_as_on_the_page(cells):
    text = text_of(cells("text"))
    link = f'footnote<a class="footnote-reference brackets" href="{SITE}text.html#one"'
    assert text.index(link) < text.index(
        "\n<p>The first note, with <em>emphasis</em> and $a_1$.</p>"
    )
    tables = text_of(cells("tables"))
    assert '<td colspan="2"><p>Cells may span columns.</p></td>' in tables
    assert "from &#36;5 to &#36;6" in tables
    assert r"<p>a list with $a\lt b$</p>" in tables


def test_references_are_resolved_to_the_site(cells):
    assert f"[Section 1]({SITE}text.html#text-top)" in text_of(cells("references"))
    text = text_of(cells("mathematics"))
    assert f"[(9.1)]({SITE}mathematics.html#equation-eq-dollar)" in text
    assert r"\tag{9.1}" in text


def test_solutions_are_folded_and_not_run(cells):
    every = cells("exercises")
    code = text_of(c for c in every if c["cell_type"] == "code")
    assert "start = 20" in code
    assert "answer" not in code
    assert "local_to_solution" not in code
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


def test_what_the_page_leaves_out_is_left_out(cells):
    text = text_of(cells("cells"))
    assert 'between = "words"' not in text
    assert "Text before a removed cell.\n\nText after a removed cell." in text
    loaded = next(c["source"] for c in cells("cells") if "second = 2" in c["source"])
    assert loaded.endswith("third = 3")
