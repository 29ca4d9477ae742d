"""A chapter to execute: its notebook, the key of its outputs, and its run in a kernel of its own.

`build_state` makes it of the chapter's file, and `run_chapters` has several run side by side.
"""

import re
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import NoSuchKernel
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from sphinx.errors import SphinxError

from _publishing.execution.clean_outputs import without_varying_parts
from _publishing.execution.kernel_environment import environment
from _publishing.execution.output_dependencies import Chapter
from _publishing.execution.short_hashes import key_of
from _publishing.source import chapter_options
from _publishing.source.chapter_names import short


class ChapterError(SphinxError):
    """A chapter that does not execute as it should."""

    category = "A chapter does not execute"


@dataclass
class Job:
    """A chapter as a notebook, with the key under which its outputs are stored."""

    docname: str
    notebook: NotebookNode
    chapter: Chapter
    #: every part that its outputs depend on, with its fingerprint
    parts: dict[str, str]
    #: looks once more for these parts: what the chapter uses may change while it runs
    now: Callable[[], dict[str, str]]
    timeout: int
    #: the folder of the package that it imports
    source: Path
    client: NotebookClient | None = None
    #: the cell that was begun last
    at: int = 0

    @property
    def key(self) -> str:
        """The one fingerprint of all that the outputs depend on."""
        return key_of(self.parts)

    @property
    def done(self) -> int:
        """How many of its code cells have run."""
        return sum(cell.cell_type == "code" for cell in self.notebook.cells[: self.at])

    def __str__(self) -> str:
        """Say how far it is."""
        return f"{short(self.docname)}: {self.done} of {len(self.chapter.cells)} cells"

    def run(self) -> dict[str, Any]:
        """Run all cells and return what is stored; a cell that fails raises `ChapterError`."""
        start = time.monotonic()
        self.client = NotebookClient(
            self.notebook,
            timeout=self.timeout,
            startup_timeout=max(300, self.timeout),  # a busy machine starts Python slowly
            kernel_name=self.chapter.kernel,
            resources={"metadata": {"path": str(self.chapter.folder)}},
            coalesce_streams=True,
            record_timing=False,
            # What a library writes past Python, straight to the terminal, is no output.
            extra_arguments=["--log-level=ERROR", "--IPKernelApp.capture_fd_output=False"],
            on_cell_start=self._begin,
        )
        settings = environment(self.source, measures_time=self.chapter.measures_time)
        nowhere = subprocess.DEVNULL
        try:
            self.client.execute(env=settings, stdout=nowhere, stderr=nowhere)
        except CellExecutionError as error:
            trace = re.sub(r"\x1b\[[0-9;]*m", "", str(error)).strip()
            raise self._failure(f"{error.ename}: {error.evalue}\n{trace}") from None
        except CellTimeoutError:
            raise self._failure(f"took longer than {self.timeout} s") from None
        except DeadKernelError:
            raise self._failure("killed its kernel (out of memory?)") from None
        except NoSuchKernel as error:
            name = f"{self.docname}: this machine has no kernel {error.name!r}"
            raise ChapterError(f"{name}: its front matter should name python3.") from None
        return {
            "seconds": round(time.monotonic() - start, 2),
            "language_info": self.notebook.metadata.get("language_info", {}),
            "cells": [
                [without_varying_parts(output) for output in cell.outputs]
                for cell in code_cells(self.notebook)
            ],
        }

    def _begin(self, cell_index: int, **_: Any) -> None:
        self.at = cell_index

    def _failure(self, what: str) -> ChapterError:
        """Name the code cell: chapter, number, line in a file of MyST's, first line of code."""
        lines = self.notebook.metadata.get("source_map")
        line = f", line {lines[self.at] + 1}" if lines else ""
        code = self.notebook.cells[self.at].source.strip()
        first = code.partition("\n")[0].strip()[:60]
        where = f"{self.docname}, code cell {self.done + 1}{line} (`{first}`)"
        return ChapterError(f"{where}: {what}")

    def stop(self) -> None:
        """Kill the kernel, at once."""
        provisioner = getattr(self.client and self.client.km, "provisioner", None)
        if process := getattr(provisioner, "process", None):
            process.kill()


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
