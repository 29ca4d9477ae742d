"""What a chapter's outputs depend on, found by reading code and not by running it.

They can change with its cells, a definition of `dlcourse` that these reach (`package_reach`), the
version of a library, the data, and what is set in the kernel's environment. Each of these is a
*part*: a name and a fingerprint. The key of a chapter (`short_hashes.key_of`) is that of all parts.

Comments, layout, annotations and docstrings do not count, unless the chapter does what cannot be
followed: then everything counts.
"""

import ast
import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from IPython.core.displayhook import DisplayHook

from _publishing.execution.kernel_environment import settings
from _publishing.execution.names_used import fragment_of, parse
from _publishing.execution.package_reach import reach
from _publishing.execution.package_source import Package
from _publishing.execution.requirements_lock import Lock
from _publishing.execution.short_hashes import file_fingerprint, fingerprint
from _publishing.execution.tfrecord_fingerprint import data_fingerprint

PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"


@dataclass(frozen=True)
class Chapter:
    """What decides about a chapter's outputs in its own file."""

    folder: Path
    kernel: str
    #: The code of each code cell; "" for one that is tagged `skip-execution`.
    cells: tuple[str, ...]
    #: Its kernel has the settings that readers have, not those that give the same sums each day.
    measures_time: bool = False


class Dependencies:
    """Works out the parts of each chapter, for one state of source, lock and data."""

    def __init__(self, *, source: Path, lock: Path, data: Path) -> None:
        #: what was found out about chapters' code; `build_state` hands it on while `state` is
        #: the same
        self.known: dict[tuple[str, Chapter], Any] = {}
        self.package = Package(source)
        self.lock = Lock(lock.read_text(encoding="utf-8") if lock.is_file() else "")
        self._data = data

    @cached_property
    def state(self) -> str:
        """Return the fingerprint of all but the chapters and the data."""
        sources = {name: file_fingerprint(path) for name, path in self.package.paths.items()}
        recipe = [sources, self.package.data_files, self.lock.text, PYTHON]
        return fingerprint(json.dumps(recipe, sort_keys=True))

    def once(self, what: str, chapter: Chapter, find: Callable[[Chapter], Any]) -> Any:
        """Return what `find` finds out about a chapter's code, from an earlier build if it can."""
        key = what, chapter
        if key not in self.known:
            self.known[key] = find(chapter)
        return self.known[key]

    def parts(self, chapter: Chapter) -> dict[str, str]:
        """Return every part that the chapter's outputs depend on, with its fingerprint."""
        parts, texts = self.once("parts", chapter, self._read)
        around = settings(measures_time=chapter.measures_time)
        parts = {**parts, "kernel's environment": fingerprint(json.dumps(around))}
        if "MNIST" in parts:
            parts["MNIST"] = self._mnist
        for name in texts:
            path = chapter.folder / name
            if os.path.isfile(path):  # noqa: PTH113  (any text may be asked for)
                parts[f"file {name}"] = file_fingerprint(path)
        return parts

    def _read(self, chapter: Chapter) -> tuple[dict[str, str], list[str]]:
        """Read a chapter's code, and follow it through the package.

        Return the parts that the code decides about, and the texts in it: each may name a file.
        """
        code = fragment_of([node for source in chapter.cells for node in parse(source)])
        reached = reach(self.package, code)
        parts = {
            "Python": PYTHON,
            "kernel": chapter.kernel,
            **{f"library {name}": text for name, text in self.lock.closure(reached.libraries)},
            **{f"file {name}": self.package.data_files[name] for name in reached.data},
        }
        for number, source in enumerate(chapter.cells, 1):
            parts[f"cell {number}"] = fingerprint(spelling(source))
        parts |= {name: fingerprint(text) for name, text in reached.texts.items()}
        if reached.everything:
            parts["the whole package"] = self.state
        if reached.everything or "tensorflow_datasets" in reached.libraries:
            parts["MNIST"] = ""
        return parts, sorted(code.strings)

    @cached_property
    def _mnist(self) -> str:
        files = sorted(self._data.glob("mnist/[0-9]*/*"))  # not what a killed run left
        return fingerprint(*(f"{f.name} {data_fingerprint(f)}" for f in files if f.is_file()))


def spelling(source: str) -> str:
    """Return what a cell says, without comments and layout; a `;` at its end silences it."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return source
    is_silent = bool(DisplayHook.semicolon_at_end_of_expression(source))
    return ast.dump(tree) + ";" * is_silent
