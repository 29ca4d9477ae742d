"""Writes the Colab notebook of a chapter, from the very doctree of its page.

``notebooks/<topic>.ipynb`` holds plain Markdown and code without outputs: who runs it
makes the outputs. Its first cell sets Colab up (`setup_cell`).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
from docutils import nodes
from sphinx.util import logging

from _publishing.assets import wheel
from _publishing.notebook import cell_code
from _publishing.notebook.markdown import own_nodes  # noqa: F401  (registers the nodes of our own)
from _publishing.notebook.markdown.blocks import Block, CellStart, Code, Heading
from _publishing.notebook.markdown.page import Page
from _publishing.notebook.markdown.text import fence, join
from _publishing.notebook.markdown.writer import MarkdownWriter, notebook_renderers
from _publishing.notebook.setup_cell import setup_cell
from _publishing.page.identity import Identity, identity
from _publishing.source import front_matter
from _publishing.source.toc import is_chapter, topic_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

__all__ = ["notebook_renderers", "write_notebook"]

logger = logging.getLogger(__name__)

FOLDER = "notebooks"
METADATA: Mapping[str, Any] = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
    "colab": {"provenance": [], "toc_visible": True},
}
_NOTE = re.compile("\ue010(.*?)\ue011")
#: What is said of a cell's slide and holds for all of it, should it become several cells.
HELD = {"notes", "skip"}
_SOLUTIONS = ("solution_node",)


class ChapterWriter(MarkdownWriter):
    """Writes one chapter, whose code cells stand in its source."""

    def __init__(
        self, page: Page, cells: Mapping[int, Mapping[str, Any]], language: str = "python"
    ) -> None:
        super().__init__(page)
        self.cells = cells
        self.language = language
        self.is_python = "python" in language.lower()
        self.stand_in = any(cell_code.glues_within(cell["source"]) for cell in cells.values())
        self.folded: dict[int, str] = {}
        self.figures: dict[int, str] = {}

    def plan(self, doctree: nodes.document) -> None:
        """Find out which cells of solutions later cells need."""
        titles: dict[int, str] = {}
        for solution in doctree.findall(nodes.Element):
            if type(solution).__name__ in _SOLUTIONS:
                title = solution[0].astext() if solution.children else "Solution"
                for cell in _code_cells(solution):
                    titles[cell] = " ".join(title.split())
        order = sorted(self.cells)
        sources = [str(self.cells[index]["source"]) for index in order]
        places = [i for i, index in enumerate(order) if index in titles]
        later = cell_code.needed_later(sources, places) if self.is_python else places
        needed = {order[i] for i in later}
        self.folded = {index: "" for index in titles if index not in needed}
        self.titles = {index: titles[index] for index in needed}

    def code(self, index: int) -> str:
        """Return a cell's code without what hands values to the book's text."""
        ours = any("dlcourse.book import" in str(cell["source"]) for cell in self.cells.values())
        tags = set(self.cells[index]["metadata"].get("tags", []))
        unseen = tags & {"remove-cell", "remove_cell", "remove-output", "remove_output"}
        source = str(self.cells[index]["source"]).rstrip()
        return cell_code.without_glue(source, shows=not ours and not unseen, stand_in=self.stand_in)

    def block_slide_marker(self, node: nodes.Element) -> list[Block]:
        """Note where a Markdown cell begins."""
        return [CellStart(node["index"], node["slide_type"])]

    def block_container(self, node: nodes.Element) -> list[Block]:
        """Remember which figures a code cell draws: a closed cell says so."""
        if node.get("nb_element") == "cell_code":
            labels = (self.page.label("figure", figure) for figure in node.findall(nodes.figure))
            self.figures[node["cell_index"]] = ", ".join(label for label in labels if label)
        return super().block_container(node)

    def solution(self, node: nodes.Element) -> list[Block]:
        """Return a solution's body with its code to read, and what of it must run."""
        blocks: list[Block] = []
        for block in super().solution(node):
            if isinstance(block, Code):
                blocks.append(fence(self.code(block.index), self.language))
            if not isinstance(block, Code) or block.index not in self.folded:
                blocks.append(block)
        return blocks


def _code_cells(node: nodes.Node) -> Iterable[int]:
    for child in node.findall(nodes.container):
        if child.get("nb_element") == "cell_code":
            yield int(child["cell_index"])


class Assembly:
    """Puts a chapter's cells together, block after block."""

    def __init__(self, writer: ChapterWriter, doctree: nodes.document) -> None:
        self.writer = writer
        self.cells: list[nbformat.NotebookNode] = []
        self.text: list[str] = []
        self.slide_type = ""
        self.done = set(writer.folded)
        self.notes: dict[str, nodes.footnote | None] = {
            name: note for note in doctree.findall(nodes.footnote) for name in note["ids"]
        }

    def add(self, block: Block) -> None:
        """Add a block to the cell at hand, or begin another."""
        if isinstance(block, str):
            self.text.append(block)
        elif isinstance(block, Heading):
            self.flush()
            self.text.append(block.text)
        elif isinstance(block, Code):
            self.flush()
            self.run(block.index + 1)
        else:
            self.start(block)

    def start(self, cell: CellStart) -> None:
        """Begin a Markdown cell of the source, after what the page leaves out before it."""
        if not self.cells and not self.text:  # the title comes first
            self.slide_type = cell.slide_type
            return
        left_out = any(index < cell.index for index in self.writer.cells if index not in self.done)
        if cell.slide_type or self.slide_type or left_out:
            self.flush()
            self.slide_type = cell.slide_type
        self.run(cell.index)

    def flush(self) -> None:
        """End the cell of Markdown at hand."""
        if source := join(self.text):
            self.cells.append(_markdown_cell(self._with_notes(source), self.slide_type))
            if self.slide_type not in HELD:
                self.slide_type = ""
        self.text.clear()

    def run(self, end: int) -> None:
        """Add the code cells before an index that are not yet there."""
        for index in sorted(set(self.writer.cells) - self.done):
            if index < end:
                self.cells.extend(_code_cell(self.writer, index))
                self.done.add(index)

    def end(self) -> None:
        """Add what no block has brought: code that the page leaves out, and lone footnotes."""
        self.flush()
        self.run(max(self.writer.cells, default=0) + 1)
        if left := [note for note in self.notes.values() if note is not None]:
            self.cells.append(_markdown_cell(join(self.writer.note(note) for note in left)))

    def _with_notes(self, source: str) -> str:
        """Put the footnotes that a cell calls below it, each where it is first called."""
        called = []
        for name in dict.fromkeys(_NOTE.findall(source)):
            note = self.notes.get(name)
            if note is not None:
                called.append(note)
                for same in note["ids"]:
                    self.notes[same] = None
        source = _NOTE.sub("", source)
        return join([source, *(_NOTE.sub("", self.writer.note(note)) for note in called)])


def assemble(writer: ChapterWriter, doctree: nodes.document) -> list[nbformat.NotebookNode]:
    """Return the cells of a chapter in order."""
    writer.plan(doctree)
    assembly = Assembly(writer, doctree)
    for block in writer.flow(doctree.children):
        assembly.add(block)
    assembly.end()
    return assembly.cells


def _markdown_cell(source: str, slide_type: str = "") -> nbformat.NotebookNode:
    metadata = {"slideshow": {"slide_type": slide_type}} if slide_type else {}
    return nbformat.v4.new_markdown_cell(source, metadata=metadata)


def _code_cell(writer: ChapterWriter, index: int) -> list[nbformat.NotebookNode]:
    cell = writer.cells[index]
    source = writer.code(index)
    if not source.strip():
        return []
    source, metadata = cell_code.presented(
        source,
        cell["metadata"],
        title=writer.titles.get(index, ""),
        figures=writer.figures.get(index, ""),
        language=writer.language,
    )
    return [nbformat.v4.new_code_cell(source, metadata=metadata)]


def identify(cells: Iterable[nbformat.NotebookNode]) -> None:
    """Give each cell an id that follows from what it says, and only from that."""
    seen: Counter[str] = Counter()
    for cell in cells:
        digest = hashlib.sha256(f"{cell.cell_type}\n{cell.source}".encode()).hexdigest()[:12]
        seen[digest] += 1
        cell["id"] = digest if seen[digest] == 1 else f"{digest}-{seen[digest]}"


def read_source(app: Sphinx, docname: str) -> nbformat.NotebookNode | None:
    """Return a page's source as a notebook; nothing if it is none."""
    from myst_nb.core.read import create_nb_reader  # noqa: PLC0415  (heavy, and only here)

    path = Path(app.env.doc2path(docname))
    content = path.read_text(encoding="utf-8-sig", errors="replace")  # as Sphinx reads it
    env = app.env
    reader = create_nb_reader(str(path), env.myst_config, env.mystnb_config, content)  # type: ignore[attr-defined]
    return None if reader is None else reader.read(content)


def notebook(app: Sphinx, docname: str, doctree: nodes.document) -> nbformat.NotebookNode | None:
    """Return a page's notebook, or nothing if the page is neither a notebook nor a chapter."""
    source = read_source(app, docname)
    if source is None and not is_chapter(docname):
        return None
    cells = dict(enumerate(source.cells if source else []))
    who = identity(app.config)
    page = Page(app, docname, who.site_url)
    kernel = other_kernel(source)
    code = {index: cell for index, cell in cells.items() if cell["cell_type"] == "code"}
    writer = ChapterWriter(page, code, kernel.get("language_info", {}).get("name", "python"))
    body = assemble(writer, doctree)
    _add_link(body, page)
    metadata = json.loads(json.dumps(METADATA))
    about = front_matter.options(app.env.metadata.get(docname, {}).get("dlcourse"))
    if about.get("trains_on_images"):
        metadata["accelerator"] = "GPU"
        metadata["colab"]["gpuType"] = "T4"
    metadata |= kernel
    if not kernel:
        body.insert(0, _setup(who))
    result = nbformat.v4.new_notebook(cells=body, metadata=metadata)
    result.nbformat_minor = 5
    identify(result.cells)
    return result


def other_kernel(source: nbformat.NotebookNode | None) -> dict[str, Any]:
    """Return the kernel of a notebook that does not speak Python, which it must keep."""
    about = source.metadata if source else {}
    kernel = about.get("kernelspec", {})
    language = kernel.get("language") or about.get("language_info", {}).get("name", "")
    if not kernel or not language or "python" in language.lower():
        return {}
    return {
        "kernelspec": {"display_name": language, **kernel, "language": language},
        "language_info": {"name": language},
    }


def _setup(who: Identity) -> nbformat.NotebookNode:
    return nbformat.v4.new_code_cell(
        setup_cell(who, wheel.version()),
        metadata={"cellView": "form", "jupyter": {"source_hidden": True}},
    )


def _add_link(cells: list[nbformat.NotebookNode], page: Page) -> None:
    """Put a link to the page below the title."""
    text = f"[Read this chapter on the site]({page.address})"
    if cells and cells[0].cell_type == "markdown" and cells[0].source.startswith("# "):
        title, _, rest = cells[0].source.partition("\n")
        cells[0].source = join([title, text, rest])
    else:
        cells.insert(0, _markdown_cell(text))


def write_notebook(
    app: Sphinx,
    pagename: str,
    _templatename: str,
    _context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Write the notebook beside the page."""
    if doctree is None or app.builder.format != "html":
        return
    made = notebook(app, pagename, doctree)
    if made is None:
        return
    path = Path(app.outdir) / FOLDER / f"{topic_of(pagename)}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.validate(made)
    text = json.dumps(made, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    path.write_text(text, encoding="utf-8")


def renew(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Name the pages whose notebooks would install another commit or version than is built."""
    before, now = vars(env).get("dlcourse_installs"), _setup(identity(app.config)).source
    vars(env)["dlcourse_installs"] = now
    folder = Path(app.outdir) / FOLDER
    there = [name for name in env.found_docs if (folder / f"{topic_of(name)}.ipynb").is_file()]
    return sorted(there) if now != before else []


def setup(app: Sphinx) -> None:
    """Write notebooks when pages are written, after everything else has seen the page."""
    app.setup_extension("_publishing.source.cell_marks")
    app.connect("env-updated", renew)
    app.connect("html-page-context", write_notebook, priority=700)
