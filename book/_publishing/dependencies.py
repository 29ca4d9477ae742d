"""What a chapter's outputs depend on, found by reading code and not by running it.

A chapter's outputs can change when its own cells change, when a definition of
`dlcourse` that they reach changes, when a library that is reached gets another
version, or when the data do. Each of these is a *part*: a name and a fingerprint.
The key of a chapter is the fingerprint of all its parts.

The package is followed per top-level definition: from the names in the cells to the
functions, classes and constants they mean, from those to the names they use, and so
on. What is imported runs, so the loose statements of a reached module count too. Where
a module is imported by name, the name counts: spelled out, it means that module; with a
beginning that is spelled out, all modules below that; and `check("irises-1", …)` means
the checks of that topic (`DISPATCHERS`). When the code does what cannot be followed
(`getattr` on a module, `import_module` of a computed name) the whole module, or the
whole package, counts. Comments, layout, annotations and docstrings do not count, unless
the chapter shows source or help.
"""

from __future__ import annotations

import ast
import hashlib
import io
import json
import os
import re
import sys
import tokenize
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

PACKAGE = "dlcourse"
PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"

#: Names whose use shows source text or docstrings to the reader.
SHOWING = {"help", "getsource", "getdoc", "__doc__", "signature", "pinfo", "run_line_magic"}
#: Names whose use hides from us what is reached.
IMPORTING = {"import_module", "__import__"}
REFLECTING = {"globals", "eval", "exec"}
#: Functions that import a module named by their first argument (without its last part, which
#: stands behind a hyphen), and the package in which it stands.
DISPATCHERS = {"dlcourse.check.check": "dlcourse.checks", "dlcourse.check.known": "dlcourse.checks"}
#: Modules and functions that start other programs, among them perhaps the package's own.
STARTING = {"subprocess", "runpy", "os.system", "os.popen", "os.execv", "os.spawnv"}
#: What runs of ``__main__``, whatever the command.
PROGRAM = {"COMMANDS", "build_parser", "main"}
#: Decorators that do nothing but change the function that stands below them.
PLAIN_DECORATORS = {
    "cache", "cached_property", "classmethod", "contextmanager", "dataclass", "final", "lru_cache",
    "overload", "override", "property", "runtime_checkable", "staticmethod", "total_ordering",
    "unique", "wraps",
}  # fmt: skip
#: Where a distribution's name is not its module's, and what a library loads unasked.
DISTRIBUTIONS = {
    "sklearn": "scikit-learn", "PIL": "pillow", "yaml": "pyyaml", "google": "protobuf",
}  # fmt: skip
LOADS_TOO = {"keras": ("tensorflow",), "tensorflow-datasets": ("tensorflow",)}
#: Of these a chapter uses a function that needs nothing of what the library brings along.
USED_ALONE = {"myst-nb"}

Name = tuple[str, ...]


def fingerprint(*texts: str) -> str:
    """Give a short hash of some texts."""
    return hashlib.sha256("\0".join(texts).encode("utf-8", "surrogateescape")).hexdigest()[:24]


def key_of(parts: dict[str, str]) -> str:
    """Give the one fingerprint of all parts."""
    return fingerprint(json.dumps(parts, sort_keys=True))


# --- reading a piece of code -----------------------------------------------------


@dataclass
class Fragment:
    """A piece of code: what it says, and the names it uses."""

    text: str = ""
    shown: str = ""
    chains: set[Name] = field(default_factory=set)
    #: local name -> (module, name in it or None); and modules imported under any name
    bindings: dict[str, tuple[str, str | None]] = field(default_factory=dict)
    imported: set[tuple[str, str | None]] = field(default_factory=set)
    strings: set[str] = field(default_factory=set)
    #: dotted name -> the texts it is called with first; "…*" if only a beginning is spelled
    #: out, None if nothing is, or if the name is used in another way than by calling it
    called_with: dict[Name, set[str | None]] = field(default_factory=dict)

    def mentions(self, names: set[str]) -> bool:
        """Whether one of the names is used, alone or as an attribute."""
        return any(not names.isdisjoint(chain) for chain in self.chains)


class Reader(ast.NodeVisitor):
    """Collects a fragment's names, imports and strings."""

    def __init__(self, module: str) -> None:
        self.module = module
        self.fragment = Fragment()

    def visit_Name(self, node: ast.Name) -> None:
        """Note a bare name."""
        self._note((node.id,), None)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        """Note a dotted name as a whole."""
        self._chain(node, None)

    def visit_Call(self, node: ast.Call) -> None:
        """Note what is called, and the text that is handed to it first."""
        if isinstance(node.func, ast.Name):
            self._note((node.func.id,), _first_text(node))
        elif isinstance(node.func, ast.Attribute):
            self._chain(node.func, _first_text(node))
        else:
            self.visit(node.func)
        for part in (*node.args, *node.keywords):
            self.visit(part)

    def _chain(self, node: ast.Attribute, text: str | None) -> None:
        names: list[str] = [node.attr]
        value = node.value
        while isinstance(value, ast.Attribute):
            names.append(value.attr)
            value = value.value
        if isinstance(value, ast.Name):
            self._note((value.id, *reversed(names)), text)
        else:
            self._note(("", *reversed(names)), text)
            self.visit(value)

    def _note(self, chain: Name, text: str | None) -> None:
        self.fragment.chains.add(chain)
        self.fragment.called_with.setdefault(chain, set()).add(text)

    def visit_Constant(self, node: ast.Constant) -> None:
        """Note a string."""
        if isinstance(node.value, str):
            self.fragment.strings.add(node.value)

    def visit_Import(self, node: ast.Import) -> None:
        """Note `import a.b` and `import a.b as c`."""
        for alias in node.names:
            bound = alias.name if alias.asname else alias.name.split(".")[0]
            self.fragment.bindings[alias.asname or bound] = (bound, None)
            self.fragment.imported.add((alias.name, None))

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        """Note `from a import b as c`."""
        base = node.module or ""
        if node.level:
            base = ".".join([*self.module.split(".")[: -node.level], *filter(None, [node.module])])
        for alias in node.names:
            self.fragment.bindings[alias.asname or alias.name] = (base, alias.name)
            self.fragment.imported.add((base, alias.name))

    def visit_If(self, node: ast.If) -> None:
        """Leave out what only the type checker sees."""
        if "TYPE_CHECKING" not in ast.unparse(node.test):
            self.generic_visit(node)


def _first_text(call: ast.Call) -> str | None:
    """Give the text that is handed to a call first, or as much of its beginning as is known."""
    match call.args:
        case [ast.Constant(value=str(text)), *_]:
            return text
        case [ast.JoinedStr(values=[ast.Constant(value=str(text)), *_]), *_]:
            return f"{text}*"
        case _:
            return None


def read(nodes: Sequence[ast.stmt], module: str = "", shown: str = "") -> Fragment:
    """Read statements into a fragment."""
    reader = Reader(module)
    for node in nodes:
        reader.visit(node)
    reader.fragment.text = "\n".join(ast.dump(node) for node in nodes)
    reader.fragment.shown = shown
    return reader.fragment


def strip(tree: ast.Module) -> ast.Module:
    """Take out docstrings, and annotations of arguments and results."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Module):
            first = node.body[0] if node.body else None
            if (
                isinstance(first, ast.Expr)
                and isinstance(first.value, ast.Constant)
                and isinstance(first.value.value, str)
            ):
                node.body = node.body[1:] or [ast.Pass()]
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            node.returns = None
        if isinstance(node, ast.arg):
            node.annotation = None
    return tree


# --- the package -----------------------------------------------------------------


class Module:
    """A module of the package: its definitions, and its loose statements, which run on import."""

    def __init__(self, name: str, source: str, *, is_package: bool) -> None:
        self.name = name
        self.shown = source
        # A package's own name stands one level deeper for its relative imports.
        scope = f"{name}.__init__" if is_package else name
        tree = strip(ast.parse(source, name))
        lines = source.split("\n")
        bodies: dict[str, list[ast.stmt]] = {}
        loose: list[ast.stmt] = []
        for node in tree.body:
            names, runs = _names_of(node)
            for bound in names:
                bodies.setdefault(bound, []).append(node)
            if runs:
                loose.append(node)
        self.loose = read(loose, scope)
        self.definitions = {
            bound: read(nodes, scope, "\n".join(_lines_of(nodes, lines)))
            for bound, nodes in bodies.items()
        }
        imports = [n for n in tree.body if isinstance(n, ast.Import | ast.ImportFrom)]
        top = read(imports, scope)
        self.bindings = {**self.loose.bindings, **top.bindings}
        self.imported = top.imported


@cache
def _module(name: str, source: str, *, is_package: bool) -> Module:
    """Give a module; what a source says is worked out once."""
    return Module(name, source, is_package=is_package)


def _names_of(node: ast.stmt) -> tuple[list[str], bool]:
    """Give the names that a top-level statement defines, and whether it does more than that."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        called = [d.func if isinstance(d, ast.Call) else d for d in node.decorator_list]
        plain = all(ast.unparse(d).split(".")[-1] in PLAIN_DECORATORS for d in called)
        return [node.name], not plain
    if isinstance(node, ast.Import | ast.ImportFrom | ast.Pass):
        return [], False
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        return [node.target.id], False
    if isinstance(node, ast.Assign):
        targets = [t for target in node.targets for t in _flat(target)]
        names = [t.id for t in targets if isinstance(t, ast.Name)]
        return ([] if names == ["__all__"] else names), len(names) < len(targets)
    # if, try, for, with and so on: they run, and may define.
    stored = [n for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]
    inner = [n for n in ast.walk(node) if isinstance(n, ast.FunctionDef | ast.ClassDef)]
    return [*(n.id for n in stored), *(n.name for n in inner)], True


def _is_in(label: str, module: Module | None) -> bool:
    """Whether a dotted name is that of a definition in this module."""
    return module is not None and label.rpartition(".")[0] == module.name


def _flat(target: ast.expr) -> list[ast.expr]:
    """Give the single targets of an assignment to a tuple."""
    return list(target.elts) if isinstance(target, ast.Tuple | ast.List) else [target]


def _lines_of(nodes: Sequence[ast.stmt], lines: Sequence[str]) -> Iterator[str]:
    """Give the source lines of some statements, decorators included."""
    for node in nodes:
        decorators = getattr(node, "decorator_list", [])
        first = min([node.lineno, *(d.lineno for d in decorators)])
        yield from lines[first - 1 : node.end_lineno]


@dataclass
class Reach:
    """What some code reaches: definitions, loose statements, libraries, data files."""

    texts: dict[str, str] = field(default_factory=dict)
    libraries: set[str] = field(default_factory=set)
    modules: set[str] = field(default_factory=set)
    data: set[str] = field(default_factory=set)
    shows_source: bool = False


class Package:
    """The package's source, read once and followed for each chapter."""

    def __init__(self, root: Path, name: str = PACKAGE) -> None:
        self.root = root / name
        self.name = name
        self._modules: dict[str, Module] = {}

    @cached_property
    def paths(self) -> dict[str, Path]:
        """Every module's name and file."""
        found = {}
        for path in sorted(self.root.rglob("*.py")):
            names = [self.name, *path.relative_to(self.root).with_suffix("").parts]
            found[".".join(names[:-1] if names[-1] == "__init__" else names)] = path
        return found

    @cached_property
    def data_files(self) -> dict[str, str]:
        """Every file that is not code, with its fingerprint."""
        return {
            path.relative_to(self.root).as_posix(): file_fingerprint(path)
            for path in sorted(self.root.rglob("*"))
            if path.is_file() and path.suffix not in {".py", ".pyc"} and path.name != "py.typed"
        }

    def module(self, name: str) -> Module:
        """Give a module, read when it is first asked for."""
        if name not in self._modules:
            path = self.paths[name]
            source = path.read_text(encoding="utf-8")
            self._modules[name] = _module(name, source, is_package=path.name == "__init__.py")
        return self._modules[name]

    def reach(self, code: Fragment) -> Reach:
        """Follow the names of `code` through the package."""
        reach = Reach()
        self._follow(code, None, reach)
        return reach

    def _follow(self, code: Fragment, module: Module | None, reach: Reach) -> None:
        reach.shows_source |= code.mentions(SHOWING)
        if self._runs_as_program(code, module):
            self._program(code, reach)
        for chain in code.chains:
            if chain[-1] in IMPORTING:
                self._imports_by_name(code.called_with[chain], module, reach)
        if module:
            if code.mentions(REFLECTING):
                self._whole_module(module.name, reach)
            if self._reads_data(code, module):
                self._data(module, reach)
        for name, attribute in code.imported:
            self._import(name, attribute, reach)
        for chain in code.chains:
            self._resolve(chain, code, module, reach)

    def _runs_as_program(self, code: Fragment, module: Module | None) -> bool:
        """Whether some code runs `python -m dlcourse`; a module may also just speak of it."""
        spelled = {"-m", self.name} <= code.strings
        if not spelled and not any(f"-m {self.name}" in text for text in code.strings):
            return False
        if module is None:
            return True
        bindings = {**module.bindings, **code.bindings}
        for chain in code.chains:
            source, attribute = bindings.get(chain[0], ("", None))
            path = ".".join([source, *filter(None, [attribute]), *chain[1:]])
            if any(f"{path}.".startswith(f"{name}.") for name in STARTING):
                return True
        return False

    def _program(self, code: Fragment, reach: Reach) -> None:
        """Reach the commands that some code spells out; the whole package if it names none."""
        words = {word for text in code.strings for word in text.split()}
        commands = [w for w in sorted(words) if f"{self.name}.commands.{w}" in self.paths]
        if not commands:
            self._whole_package(reach)
            return
        # The program itself, as text: following it would lead to every command there is.
        program = self.module(f"{self.name}.__main__")
        for symbol, definition in program.definitions.items():
            if symbol in PROGRAM:
                reach.texts[f"{program.name}.{symbol}"] = definition.text
        for command in commands:
            self._symbol(f"{self.name}.commands.{command}", "add_parser", reach)

    def _imports_by_name(self, texts: set[str | None], module: Module | None, reach: Reach) -> None:
        """Follow `import_module` as far as the names that it is given are spelled out."""
        own = {package for label, package in DISPATCHERS.items() if _is_in(label, module)}
        for text in texts:
            if text is None or text.startswith((".", "*")):
                self._whole_package(reach)
            elif not text.endswith("*"):
                if text in self.paths:
                    self._whole_module(text, reach)
                else:
                    self._library(text, reach)
            elif text.removesuffix(".*") not in own:  # those its callers name
                self._below(text.removesuffix("*"), reach)

    def _below(self, beginning: str, reach: Reach) -> None:
        """Reach every module whose name begins so; all, if even the package's name is open."""
        top, dot, _ = beginning.partition(".")
        if dot and top != self.name:
            self._library(top, reach)
        for name in self.paths:
            if name.startswith(beginning) or (not dot and self.name.startswith(top)):
                self._whole_module(name, reach)

    def _dispatch(self, label: str, texts: set[str | None], reach: Reach) -> None:
        """Reach the modules that a dispatcher imports when it is called with these texts."""
        for text in texts:
            topic = (text or "*").rpartition("-")[0].replace("-", "_")
            named = f"{DISPATCHERS[label]}.{topic}"
            if named in self.paths and not str(text).endswith("*"):
                self._runs(named, reach)  # what is registered there runs
            else:
                self._below(f"{DISPATCHERS[label]}.", reach)

    def _resolve(self, chain: Name, code: Fragment, module: Module | None, reach: Reach) -> None:
        """Find what a dotted name means, and follow it."""
        first, rest = chain[0], chain[1:]
        texts = code.called_with[chain]
        if first in code.bindings:
            self._bound(code.bindings[first], rest, reach, texts)
        elif module and first in module.definitions:
            self._symbol(module.name, first, reach)
        elif module and first in module.bindings:
            origin = module.bindings[first]
            reach.texts[f"{module.name}:{first} means"] = str(origin)
            self._bound(origin, rest, reach, texts)

    def _bound(
        self,
        origin: tuple[str, str | None],
        rest: Name,
        reach: Reach,
        texts: set[str | None] | None = None,
    ) -> None:
        """Follow an imported name and the attributes that are taken from it."""
        current, attribute = origin
        path = [*([attribute] if attribute else []), *rest]
        if current not in self.paths:
            self._library(current, reach)
            return
        while path and self._is_submodule(current, path[0]):
            current = f"{current}.{path.pop(0)}"
            self._runs(current, reach)
        if path and path[0] != "*":
            self._symbol(current, path[0], reach)
            if f"{current}.{path[0]}" in DISPATCHERS:
                self._dispatch(f"{current}.{path[0]}", texts or {None}, reach)
        else:  # the module itself is handed on, or all of it imported
            self._whole_module(current, reach)

    def _is_submodule(self, name: str, attribute: str) -> bool:
        """Whether an attribute of a module is the module below it, and not something imported."""
        if f"{name}.{attribute}" not in self.paths:
            return False
        own = self.module(name)
        imported = own.bindings.get(attribute, (name, attribute))
        return imported == (name, attribute) and attribute not in own.definitions

    def _library(self, name: str, reach: Reach) -> None:
        top = name.split(".", maxsplit=1)[0]
        if top not in sys.stdlib_module_names and top != self.name:
            reach.libraries.add(top)

    def _import(self, name: str, attribute: str | None, reach: Reach) -> None:
        """Follow an import statement that runs."""
        if name not in self.paths:
            self._library(name, reach)
            return
        self._runs(name, reach)
        if attribute:
            submodule = f"{name}.{attribute}"
            if submodule in self.paths:
                self._runs(submodule, reach)
            elif attribute == "*":
                self._whole_module(name, reach)
            else:
                self._symbol(name, attribute, reach)

    def _runs(self, name: str, reach: Reach) -> None:
        """Note that a module is imported: its loose statements run, and its imports."""
        if name in reach.modules:
            return
        reach.modules.add(name)
        if "." in name:
            self._runs(name.rpartition(".")[0], reach)
        module = self.module(name)
        if module.loose.text:
            reach.texts[f"{name} on import"] = module.loose.text
            self._follow(module.loose, module, reach)
        for imported, attribute in module.imported:
            if imported in self.paths:
                self._runs(imported, reach)
                if f"{imported}.{attribute}" in self.paths:
                    self._runs(f"{imported}.{attribute}", reach)

    def _symbol(self, name: str, symbol: str, reach: Reach) -> None:
        """Reach one definition of a module."""
        self._runs(name, reach)
        label = f"{name}.{symbol}"
        if label in reach.texts:
            return
        module = self.module(name)
        if symbol in module.definitions:
            code = module.definitions[symbol]
            reach.texts[label] = code.text
            self._follow(code, module, reach)
        elif symbol in module.bindings:
            reach.texts[label] = str(module.bindings[symbol])
            self._bound(module.bindings[symbol], (), reach)
        elif label not in self.paths:
            self._whole_module(name, reach)

    def _whole_module(self, name: str, reach: Reach) -> None:
        self._runs(name, reach)
        for symbol in self.module(name).definitions:
            self._symbol(name, symbol, reach)
            if f"{name}.{symbol}" in DISPATCHERS:
                self._dispatch(f"{name}.{symbol}", {None}, reach)

    def _whole_package(self, reach: Reach) -> None:
        for name in self.paths:
            self._whole_module(name, reach)

    def _reads_data(self, code: Fragment, module: Module) -> bool:
        """Whether some code asks where the package's own files are."""
        bindings = {**module.bindings, **code.bindings}
        return any(
            "__file__" in chain or bindings.get(chain[0], ("", ""))[0] == "importlib.resources"
            for chain in code.chains
        ) or any(
            bindings.get(chain[0]) in {("importlib", "resources"), ("importlib", None)}
            and chain[-1] in {"files", "read_text", "read_binary", "open_binary", "path"}
            for chain in code.chains
        )

    def _data(self, module: Module, reach: Reach) -> None:
        """Reach the data files in the folders that a module names, or else all of them."""
        strings = module.loose.strings.union(*(d.strings for d in module.definitions.values()))
        folders = {name.split("/")[0] for name in self.data_files if "/" in name}
        named = {s.split("/")[0] for s in strings} & folders
        reach.data |= {f for f in self.data_files if not named or f.split("/")[0] in named}


# --- a chapter -------------------------------------------------------------------


@dataclass(frozen=True)
class Chapter:
    """What decides about a chapter's outputs in its own file."""

    folder: Path
    kernel: str
    cells: tuple[str, ...]
    tags: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Known:
    """What reading a chapter's code told, which holds until the package or the lock changes."""

    parts: dict[str, str]
    #: texts in the cells that may name a file beside the chapter
    names: tuple[str, ...]
    #: whether MNIST is reached
    mnist: bool


class Dependencies:
    """Gives each chapter its parts, for one state of source, lock and data."""

    def __init__(self, *, source: Path, lock: Path, data: Path, python: str = PYTHON) -> None:
        #: what was asked of chapters in this build, and what an earlier one of the same `state`
        #: found out
        self.known: dict[Chapter, Known] = {}
        self.earlier: dict[Chapter, Known] = {}
        self.python = python
        self.package = Package(source)
        self.lock = Lock(lock.read_text(encoding="utf-8") if lock.is_file() else "")
        self._data = data

    @cached_property
    def state(self) -> str:
        """Give the fingerprint of all but the chapters and the data."""
        sources = {name: file_fingerprint(path) for name, path in self.package.paths.items()}
        files = [sources, self.package.data_files, self.lock.versions]
        needs = {name: sorted(needed) for name, needed in self.lock.needs.items()}
        quick = os.environ.get("DLCOURSE_QUICK", "0")
        return fingerprint(json.dumps([*files, needs, self.python, quick], sort_keys=True))

    def parts(self, chapter: Chapter) -> dict[str, str]:
        """Give every part that the chapter's outputs depend on, with its fingerprint."""
        if chapter not in self.known:
            self.known[chapter] = self.earlier.get(chapter) or self._read(chapter)
        known = self.known[chapter]
        parts = dict(known.parts)
        if known.mnist:
            parts["MNIST"] = self._mnist
        for name in known.names:
            path = chapter.folder / name
            if path.is_file():
                parts[f"file {name}"] = file_fingerprint(path)
        return parts

    def _read(self, chapter: Chapter) -> Known:
        """Read a chapter's code, and follow it through the package."""
        trees = [tree for source in chapter.cells for tree in _parse(source)]
        code = read(trees)
        reach = self.package.reach(code)
        parts = {
            "Python": self.python,
            "kernel": chapter.kernel,
            **{f"library {name}": text for name, text in self.lock.closure(reach.libraries)},
            **{f"file {name}": self.package.data_files[name] for name in reach.data},
        }
        for number, (source, tags) in enumerate(zip(chapter.cells, chapter.tags, strict=True), 1):
            parts[f"cell {number}"] = fingerprint(_spelling(source), *tags)
        if os.environ.get("DLCOURSE_QUICK", "0") not in {"", "0"}:
            parts["DLCOURSE_QUICK"] = "1"
        for name, text in reach.texts.items():
            parts[name] = fingerprint(text)
        if reach.shows_source:
            for name in reach.modules:
                parts[f"source of {name}"] = fingerprint(self.package.module(name).shown)
        names = (s for s in code.strings if 0 < len(s) < 200 and not {"\n", "\0"} & set(s))
        return Known(parts, tuple(sorted(names)), "tensorflow_datasets" in reach.libraries)

    @cached_property
    def _mnist(self) -> str:
        files = sorted(self._data.glob("mnist/*/*"))
        return fingerprint(*(f"{f.name} {file_fingerprint(f)}" for f in files if f.is_file()))


def file_fingerprint(path: Path) -> str:
    """Give the fingerprint of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:24]


def _parse(source: str) -> list[ast.stmt]:
    """Parse a cell; one with magics is first turned into plain Python, as IPython does."""
    try:
        return ast.parse(source).body
    except SyntaxError:
        from IPython.core.inputtransformer2 import TransformerManager  # noqa: PLC0415

        try:
            plain: str = TransformerManager().transform_cell(source)
            return ast.parse(plain).body
        except SyntaxError:  # the cell's own mistake: running it will tell
            return []


def _spelling(source: str) -> str:
    """Give a cell's tokens without comments and blank lines; `;` stays, it silences a cell."""
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


class Lock:
    """requirements.lock: each library's version, and what brings what along."""

    def __init__(self, text: str) -> None:
        self.versions: dict[str, list[str]] = {}
        self.needs: dict[str, set[str]] = {}
        name = ""
        for line in text.splitlines():
            if found := re.match(r"([A-Za-z0-9._-]+)==([^\\]+)", line):
                name = _canonical(found[1])
                self.versions.setdefault(name, []).append(found[2].strip())
            elif found := re.match(r"\s+#\s+(?:via\s+)?([A-Za-z0-9._-]+)\s*$", line):
                self.needs.setdefault(_canonical(found[1]), set()).add(name)

    def closure(self, modules: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Give name and version of the libraries of these modules, and of all they need."""
        waiting = ["ipykernel", *(_canonical(DISTRIBUTIONS.get(m, m)) for m in modules)]
        if any(name not in self.versions for name in waiting):  # unknown: all may matter
            waiting = list(self.versions)
        seen: set[str] = set()
        while waiting:
            name = waiting.pop()
            if name not in seen and name in self.versions:
                seen.add(name)
                needs = () if name in USED_ALONE else self.needs.get(name, ())
                waiting += [*needs, *LOADS_TOO.get(name, ())]
        for name in sorted(seen):
            yield name, " ".join(self.versions[name])


def _canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
