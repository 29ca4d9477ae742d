"""What becomes of cells, footnotes, references and solutions in a notebook."""

import json
import os
import re
from pathlib import Path

import nbformat
import warm_sphinx

ROOT = Path(__file__).resolve().parents[3]
SITE = "https://example.github.io/corpus/"


def notebook_of(site, name):
    return json.loads((site / "notebooks" / f"{name}.ipynb").read_text("utf-8"))


def test_a_footnote_stands_below_the_cell_that_calls_it(site):
    notebook = notebook_of(site, "text")
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
    notebook = notebook_of(site, "exercises")
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
    first = notebook_of(site, "cells")["cells"]
    from _publishing.notebook.notebook_cells import set_cell_ids

    changed = [nbformat.from_dict(cell) for cell in first]
    changed[3]["source"] += "\n# edited"
    before = [cell["id"] for cell in first]
    set_cell_ids(changed)
    after = [cell["id"] for cell in changed]
    assert [a == b for a, b in zip(before, after, strict=True)].count(False) == 1


def test_what_cells_say_of_slides_is_kept(site):
    notebook = notebook_of(site, "cells")
    types = {
        cell["source"].split("\n")[-1]: cell["metadata"]["slideshow"]["slide_type"]
        for cell in notebook["cells"]
        if "slideshow" in cell["metadata"]
    }
    assert types == {
        "secret = math.pi": "fragment",
        "A block break stood above.": "slide",
    }


def test_what_the_page_leaves_out_keeps_its_place(site):
    notebook = notebook_of(site, "cells")
    order = [cell["source"].split("\n")[-1] for cell in notebook["cells"]]
    place = order.index("Text before a removed cell.")
    after = 'between = "words"', "Text after a removed cell."
    assert tuple(order[place + 1 : place + 3]) == after
    loaded = next(c["source"] for c in notebook["cells"] if "second = 2" in c["source"])
    assert loaded.endswith("third = 3")


def test_a_raw_cell_without_a_format_is_text_as_it_is(site):
    page = (site / "cells.html").read_text("utf-8")
    notebook = notebook_of(site, "cells")
    text = "\n".join(cell["source"] for cell in notebook["cells"])
    assert "Raw words, with &lt;b&gt; and $x$ as they are." in page
    assert "```\nRaw words, with <b> and $x$ as they are.\n```" in text
    assert "<p>Raw <b>HTML</b></p>" in page
    assert "<p>Raw <b>HTML</b></p>" in text


def test_what_nobody_knows_fails_the_build(tmp_path):
    """An unknown node is a warning with file and line."""
    source = tmp_path / "book"
    source.mkdir()
    (source / "conf.py").write_text(
        "extensions = ['myst_nb', 'unknown', '_publishing.notebook.chapter_notebook']\n"
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
    options = ["-W", "--keep-going", source, tmp_path / "out"]
    done = warm_sphinx.build(options, environment=os.environ | {"PYTHONPATH": paths})
    assert done.returncode == 1
    assert re.search(r"index\.md:1[01]: WARNING: .*how to write <strange>", done.stderr), (
        done.stderr
    )
