"""A chapter to execute, as data: its notebook, and the key under which its outputs are stored.

`job_for` reads it from the chapter's file, and `run_chapters` runs it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from myst_nb.core.read import MystMetadataParsingError, create_nb_reader
from nbformat import NotebookNode
from sphinx.environment import BuildEnvironment
from sphinx.errors import SphinxError

from _publishing.execution.output_dependencies import Chapter
from _publishing.execution.short_hashes import key_of
from _publishing.source import chapter_options

if TYPE_CHECKING:
    from _publishing.execution.build_state import Book


class ChapterError(SphinxError):
    """A chapter that does not execute as it should."""

    category = "A chapter does not execute"


@dataclass(frozen=True)
class Job:
    """A chapter as a notebook, with the key under which its outputs are stored."""

    docname: str
    notebook: NotebookNode
    chapter: Chapter
    parts: dict[str, str]
    """Every part that its outputs depend on, with its fingerprint."""
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
    cells = code_cells(notebook)
    return Chapter(
        folder=path.parent,
        kernel=notebook.metadata.get("kernelspec", {}).get("name", "python3"),
        cells=tuple(
            "" if "skip-execution" in cell.metadata.get("tags", []) else cell.source
            for cell in cells
        ),
        measures_time=bool(
            chapter_options.options(notebook.metadata.get("dlcourse")).get("measures_time")
        ),
    )


def job_for(env: BuildEnvironment, book: Book, docname: str) -> Job | None:
    """Return the job of a page; None if it is not a notebook or is not to be executed.

    `book` is the state of this build: its `job` adds the parts that the outputs depend on, and the
    timeout.
    """
    path = Path(env.doc2path(docname))
    settings: Any = env.mystnb_config  # type: ignore[attr-defined]
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ChapterError(f"{docname}: {path} cannot be read: {error}") from None
    reader = create_nb_reader(str(path), env.myst_config, settings, text)  # type: ignore[attr-defined]
    if reader is None or settings.execution_mode != "cache":
        return None
    try:
        notebook = reader.read(text)
    except MystMetadataParsingError as error:
        raise ChapterError(f"{docname}: {error}") from None
    return book.job(notebook, path)
