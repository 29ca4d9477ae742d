"""What a chapter's outputs depend on, found by reading code and not by running it.

They can change when its own cells change, when a definition of `dlcourse` that they reach changes,
when a library that is reached gets another version, when the data do, or what is set in the
kernel's environment. Each of these is a *part*: a name and a fingerprint. The key of a chapter
(`short_hashes.key_of`) is the fingerprint of all its parts.

What the cells reach is for `package_reach` to find. Comments, layout, annotations and
docstrings do not count, unless the chapter shows source or help.
"""

import ast
import io
import json
import re
import sys
import tokenize
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from IPython.core.inputtransformer2 import TransformerManager

from _publishing.execution.kernel_environment import settings
from _publishing.execution.names_used import fragment_of
from _publishing.execution.package_reach import reach
from _publishing.execution.package_source import Package
from _publishing.execution.requirements_lock import Lock
from _publishing.execution.short_hashes import file_fingerprint, fingerprint
from _publishing.execution.tfrecord_fingerprint import data_fingerprint

#: What IPython makes of a magic: a call with its name, and the texts that it is given.
MAGICS = {"run_line_magic", "run_cell_magic"}
PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"


@dataclass(frozen=True)
class Chapter:
    """What decides about a chapter's outputs in its own file."""

    folder: Path
    kernel: str
    cells: tuple[str, ...]
    #: Whether each cell is tagged `skip-execution`.
    skipped: tuple[bool, ...]
    #: Its kernel has the settings that readers have, not those that give the same sums each day.
    measures_time: bool = False


@dataclass(frozen=True)
class Known:
    """What reading a chapter's code told, which holds until the package or the lock changes."""

    parts: dict[str, str]
    #: texts in the cells that may name a file beside the chapter
    names: tuple[str, ...]
    #: whether MNIST is reached
    mnist: bool


class Dependencies:
    """Works out the parts of each chapter, for one state of source, lock and data."""

    def __init__(self, *, source: Path, lock: Path, data: Path, python: str = PYTHON) -> None:
        #: what was asked of chapters in this build, and what an earlier one of the same `state`
        #: found out, which `build_state.Book` fills in
        self.known: dict[Chapter, Known] = {}
        self.earlier: dict[Chapter, Known] = {}
        self.python = python
        self.package = Package(source)
        self.lock = Lock(lock.read_text(encoding="utf-8") if lock.is_file() else "")
        self._data = data

    @cached_property
    def state(self) -> str:
        """Return the fingerprint of all but the chapters and the data."""
        sources = {name: file_fingerprint(path) for name, path in self.package.paths.items()}
        files = [sources, self.package.data_files, self.lock.versions]
        needs = {name: sorted(needed) for name, needed in self.lock.needs.items()}
        return fingerprint(json.dumps([*files, needs, self.python], sort_keys=True))

    def parts(self, chapter: Chapter) -> dict[str, str]:
        """Return every part that the chapter's outputs depend on, with its fingerprint."""
        if chapter not in self.known:
            self.known[chapter] = self.earlier.get(chapter) or self._read(chapter)
        known = self.known[chapter]
        around = settings(measures_time=chapter.measures_time)
        parts = {**known.parts, "kernel's environment": fingerprint(json.dumps(around))}
        if known.mnist:
            parts["MNIST"] = self._mnist
        for name in known.names:
            path = chapter.folder / name
            if path.is_file():
                parts[f"file {name}"] = file_fingerprint(path)
        return parts

    def _read(self, chapter: Chapter) -> Known:
        """Read a chapter's code, and follow it through the package."""
        trees = [tree for source in chapter.cells for tree in parse(source)]
        code = fragment_of(trees)
        reached = reach(self.package, code)
        parts = {
            "Python": self.python,
            "kernel": chapter.kernel,
            **{f"library {name}": text for name, text in self.lock.closure(reached.libraries)},
            **{f"file {name}": self.package.data_files[name] for name in reached.data},
        }
        cells = zip(chapter.cells, chapter.skipped, strict=True)
        for number, (source, is_skipped) in enumerate(cells, 1):
            parts[f"cell {number}"] = fingerprint(spelling(source), *["skipped"] * is_skipped)
        parts |= {name: fingerprint(text) for name, text in reached.texts.items()}
        if reached.shows_source:
            for name in reached.modules:
                parts[f"source of {name}"] = fingerprint(self.package.module(name).shown)
        names = (
            s
            for s in code.strings
            if 0 < len(s.encode(errors="replace")) < 200 and not {"\n", "\0"} & set(s)
        )
        return Known(parts, tuple(sorted(names)), "tensorflow_datasets" in reached.libraries)

    @cached_property
    def _mnist(self) -> str:
        files = sorted(self._data.glob("mnist/[0-9]*/*"))  # not what a killed run left
        return fingerprint(*(f"{f.name} {data_fingerprint(f)}" for f in files if f.is_file()))


def parse(source: str) -> list[ast.stmt]:
    """Parse a cell; one with magics is first turned into plain Python, as IPython does.

    What a magic is given, such as the code below ``%%time``, is parsed as well if it is Python.
    """
    try:
        return ast.parse(source).body
    except SyntaxError:
        try:
            plain = ast.parse(TransformerManager().transform_cell(source))
        except SyntaxError:  # the cell's own mistake: running it will tell
            return []
    calls = [node for node in ast.walk(plain) if isinstance(node, ast.Call)]
    magics = [call for call in calls if getattr(call.func, "attr", "") in MAGICS]
    given = [
        argument.value
        for call in magics
        for argument in call.args[1:]
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    ]
    return [*plain.body, *(part for text in given for part in parse(text))]


def spelling(source: str) -> str:
    """Return a cell's tokens without comments and blank lines; `;` stays, it silences a cell.

    A cell with magics, or with an f-string that prints its code (`{x = }`), is taken as it stands.
    """
    if re.search(r"^\s*[%!]|=\s*[%!:}]", source, re.MULTILINE):
        return source
    skipped = {tokenize.COMMENT, tokenize.NL, tokenize.ENCODING, tokenize.ENDMARKER}
    try:
        tokens = [
            (token.type, "" if token.type == tokenize.INDENT else token.string)
            for token in tokenize.generate_tokens(io.StringIO(source).readline)
            if token.type not in skipped
        ]
    except (tokenize.TokenError, SyntaxError):
        return source
    return json.dumps(tokens)
