"""A chapter to execute, as data: its notebook, and the key under which its outputs are stored.

`build_state.Book` reads it from the chapter's file, and `run_chapters` runs it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode
from sphinx.errors import SphinxError

from _publishing.execution.output_dependencies import Chapter
from _publishing.execution.short_hashes import key_of
from _publishing.source import chapter_options


class ChapterError(SphinxError):
    """A chapter that does not execute as it should."""

    category = "A chapter does not execute"


@dataclass(frozen=True)
class Job:
    """A chapter as a notebook, with the key under which its outputs are stored."""

    docname: str
    notebook: NotebookNode
    chapter: Chapter
    #: every part that its outputs depend on, with its fingerprint
    parts: dict[str, str]
    timeout: int
    #: looks once more for these parts: what the chapter uses may change while it runs
    now: Callable[[], dict[str, str]]

    @property
    def key(self) -> str:
        """The one fingerprint of all that the outputs depend on."""
        return key_of(self.parts)


def code_cells(notebook: NotebookNode) -> list[NotebookNode]:
    """Return the code cells of a notebook."""
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def chapter_of(notebook: NotebookNode, path: Path) -> Chapter:
    """Take from a notebook what decides about its outputs."""
    options = chapter_options.options(notebook.metadata.get("dlcourse"))
    return Chapter(
        folder=path.parent,
        kernel=notebook.metadata.get("kernelspec", {}).get("name", "python3"),
        cells=tuple(
            "" if "skip-execution" in cell.metadata.get("tags", []) else cell.source
            for cell in code_cells(notebook)
        ),
        measures_time=bool(options.get("measures_time")),
    )
