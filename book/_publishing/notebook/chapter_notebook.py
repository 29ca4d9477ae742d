"""A chapter's notebook, from the doctree of its page.

``notebooks/<topic>.ipynb`` holds plain Markdown and code without outputs. Its first cell installs
the package (`setup_cell`), its last links to the next chapter's notebook.
``executed/<topic>.ipynb`` is the same with the page's outputs, which the page's header offers.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from _publishing.assets import wheel
from _publishing.connect_for_html_only import after_build, on_page
from _publishing.execution.build_state import read_source, stored_entry
from _publishing.hosting import Hosting, hosting_of
from _publishing.notebook import binder_requirements
from _publishing.notebook.copy_with_outputs import add_outputs
from _publishing.notebook.markdown.addresses_and_numbers import Page
from _publishing.notebook.markdown.syntax import join
from _publishing.notebook.notebook_cells import ChapterWriter, assemble, markdown_cell, set_cell_ids
from _publishing.notebook.setup_cell import setup_cell
from _publishing.source import chapter_options
from _publishing.source.chapter_names import chapters, is_chapter, topic_of

FOLDER = "notebooks"
EXECUTED = "executed"
#: Prose and tables of another run stand side by side in a notebook.
NUMBERS = "The text has the numbers of the run that made that page; yours may differ."
METADATA: Mapping[str, Any] = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    # Jupyter exports a script with this ending; without it, with .txt.
    "language_info": {"name": "python", "file_extension": ".py", "mimetype": "text/x-python"},
    "colab": {"provenance": [], "toc_visible": True},
}


def notebook(
    app: Sphinx, docname: str, doctree: nodes.document
) -> tuple[nbformat.NotebookNode, list[nbformat.NotebookNode | None]] | None:
    """Return a page's notebook, or nothing if the page is neither a notebook nor a chapter.

    With it comes, for each code cell of the source, the cell made of it, if there is one.
    """
    source = read_source(app.env, docname)
    if source is None and not is_chapter(docname):
        return None
    cells = dict(enumerate(source.cells if source else []))
    hosting = hosting_of(app.config)
    page = Page(app, docname, hosting.site_url)
    code = {index: cell for index, cell in cells.items() if cell["cell_type"] == "code"}
    body, made = assemble(ChapterWriter(page, code), doctree)
    _add_link(body, page)
    if onward := _onward(app, docname, hosting):
        body.append(markdown_cell(onward))
    metadata = json.loads(json.dumps(METADATA))
    options = chapter_options.options(app.env.metadata.get(docname, {}).get("dlcourse"))
    if options.get("trains_on_images"):
        metadata["accelerator"] = "GPU"
        metadata["colab"]["gpuType"] = "T4"
    body.insert(0, _setup(hosting))
    result = nbformat.v4.new_notebook(cells=body, metadata=metadata)
    result.nbformat_minor = 5
    set_cell_ids(result.cells)
    return result, [made.get(index) for index in sorted(code)]


def _setup(hosting: Hosting) -> nbformat.NotebookNode:
    return nbformat.v4.new_code_cell(
        setup_cell(hosting, wheel.version()),
        metadata={"cellView": "form", "jupyter": {"source_hidden": True}},
    )


def _add_link(cells: list[nbformat.NotebookNode], page: Page) -> None:
    """Put a link to the page below the title."""
    text = f"[Read this chapter on the site]({page.url()}). {NUMBERS}"
    title, _, rest = cells[0].source.partition("\n")
    cells[0].source = join([title, text, rest])


def _onward(app: Sphinx, docname: str, hosting: Hosting) -> str:
    """Return a link to the next chapter's notebook, which lies beside this one."""
    order = chapters(app)
    if docname not in order[:-1]:
        return ""
    following = order[order.index(docname) + 1]
    topic, title = topic_of(following), app.env.titles[following].astext()
    elsewhere = [("on the site", Page(app, following, hosting.site_url).url())]
    if colab := hosting.notebook_in("Colab", topic):
        elsewhere.insert(0, ("in Colab", colab))
    also = " or ".join(f"[{words}]({address})" for words, address in elsewhere)
    return f"**Next chapter:** [{title}]({topic}.ipynb), which lies beside this notebook, or {also}"


def write_notebook(
    app: Sphinx, pagename: str, _context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Write the page's notebook, if it has one."""
    if doctree is None:
        return
    written = notebook(app, pagename, doctree)
    if written is None:
        return
    made, cells = written
    _write(app, FOLDER, pagename, made)
    if entry := stored_entry(app.env, pagename):
        add_outputs(cells, entry["cells"])
    _write(app, EXECUTED, pagename, made)


def _write(app: Sphinx, folder: str, docname: str, made: nbformat.NotebookNode) -> None:
    path = Path(app.outdir) / folder / f"{topic_of(docname)}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.validate(made)
    text = json.dumps(made, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    path.write_text(text, encoding="utf-8")


def renew(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return the pages whose notebooks would install another version, or lead on elsewhere."""
    titles = [env.titles[name].astext() for name in chapters(app)]
    before, now = (
        vars(env).get("dlcourse_first_and_last_cells"),
        [_setup(hosting_of(app.config)).source, *titles],
    )
    vars(env)["dlcourse_first_and_last_cells"] = now
    folder = Path(app.outdir) / FOLDER
    written = [name for name in env.found_docs if (folder / f"{topic_of(name)}.ipynb").is_file()]
    return sorted(written) if now != before else []


def setup(app: Sphinx) -> None:
    """Write notebooks when pages are written, after everything else has seen the page."""
    app.connect("env-updated", renew)
    on_page(app, write_notebook, priority=700)
    after_build(app, binder_requirements.write)
