"""What a chapter's outputs depend on, found by reading code and not by running it.

A chapter's outputs can change when its own cells change, when a definition of
`dlcourse` that they reach changes, when a library that is reached gets another
version, or when the data do. Each of these is a *part*: a name and a fingerprint.
The key of a chapter is the fingerprint of all its parts.

The package is followed per top-level definition: from the names in the cells to the
functions, classes and constants they mean, from those to the names they use, and so
on. What is imported runs, so the loose statements of a reached module count too. When
the code does what cannot be followed (`getattr` on a module, `import_module` of a
computed name) the whole module, or the whole package, counts. Comments, layout,
annotations and docstrings do not count, unless the chapter shows source or help.
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
from functools import cached_property
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
#: Decorators that do nothing but change the function that stands below them.
PLAIN_DECORATORS = {
    "cache", "cached_property", "classmethod", "contextmanager", "dataclass", "final", "lru_cache",
    "overload", "override", "property", "runtime_checkable", "staticmethod", "total_ordering",
    "unique", "wraps",
}  # fmt: skip
#: Where a distribution's name is not its module's, and what a library loads unasked.
DISTRIBUTIONS = {"sklearn": "scikit-learn", "PIL": "pillow", "yaml": "pyyaml"}
LOADS_TOO = {"keras": ("tensorflow",), "tensorflow-datasets": ("tensorflow",)}

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
        self.fragment.chains.add((node.id,))

    def visit_Attribute(self, node: ast.Attribute) -> None:
        """Note a dotted name as a whole."""
        names: list[str] = [node.attr]
        value = node.value
        while isinstance(value, ast.Attribute):
            names.append(value.attr)
            value = value.value
        if isinstance(value, ast.Name):
            self.fragment.chains.add((value.id, *reversed(names)))
        else:
            self.fragment.chains.add(("", *reversed(names)))
            self.visit(value)

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

    def __init__(self, name: str, path: Path) -> None:
        self.name = name
        source = path.read_text(encoding="utf-8")
        self.shown = source
        # A package's own name stands one level deeper for its relative imports.
        scope = f"{name}.__init__" if path.name == "__init__.py" else name
        tree = strip(ast.parse(source, str(path)))
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
            self._modules[name] = Module(name, self.paths[name])
        return self._modules[name]

    def reach(self, code: Fragment) -> Reach:
        """Follow the names of `code` through the package."""
        reach = Reach()
        self._follow(code, None, reach)
        return reach

    def _follow(self, code: Fragment, module: Module | None, reach: Reach) -> None:
        reach.shows_source |= code.mentions(SHOWING)
        if {"-m", self.name} <= code.strings or any(f"-m {self.name}" in s for s in code.strings):
            self._whole_package(reach)
        if code.mentions(IMPORTING):
            named = [s for s in code.strings if s in self.paths]
            for name in named:
                self._whole_module(name, reach)
            if not named:
                self._whole_package(reach)
        if module:
            if code.mentions(REFLECTING):
                self._whole_module(module.name, reach)
            if self._reads_data(code, module):
                self._data(module, reach)
        for name, attribute in code.imported:
            self._import(name, attribute, reach)
        for chain in code.chains:
            self._resolve(chain, code, module, reach)

    def _resolve(self, chain: Name, code: Fragment, module: Module | None, reach: Reach) -> None:
        """Find what a dotted name means, and follow it."""
        first, rest = chain[0], chain[1:]
        if first in code.bindings:
            self._bound(code.bindings[first], rest, reach)
        elif module and first in module.definitions:
            self._symbol(module.name, first, reach)
        elif module and first in module.bindings:
            origin = module.bindings[first]
            reach.texts[f"{module.name}:{first} means"] = str(origin)
            self._bound(origin, rest, reach)

    def _bound(self, origin: tuple[str, str | None], rest: Name, reach: Reach) -> None:
        """Follow an imported name and the attributes that are taken from it."""
        current, attribute = origin
        path = [*([attribute] if attribute else []), *rest]
        if current not in self.paths:
            self._library(current, reach)
            return
        while path and f"{current}.{path[0]}" in self.paths:
            current = f"{current}.{path.pop(0)}"
            self._runs(current, reach)
        if path and path[0] != "*":
            self._symbol(current, path[0], reach)
        else:  # the module itself is handed on, or all of it imported
            self._whole_module(current, reach)

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


class Dependencies:
    """Gives each chapter its parts, for one state of source, lock and data."""

    def __init__(self, *, source: Path, lock: Path, data: Path, python: str = PYTHON) -> None:
        self.python = python
        self.package = Package(source)
        self.lock = Lock(lock.read_text(encoding="utf-8") if lock.is_file() else "")
        self._data = data

    def parts(self, chapter: Chapter) -> dict[str, str]:
        """Give every part that the chapter's outputs depend on, with its fingerprint."""
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
        if "tensorflow_datasets" in reach.libraries:
            parts["MNIST"] = self._mnist
        for name in sorted(code.strings):
            path = chapter.folder / name
            if 0 < len(name) < 200 and "\n" not in name and "\0" not in name and path.is_file():
                parts[f"file {name}"] = file_fingerprint(path)
        return parts

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
                waiting += [*self.needs.get(name, ()), *LOADS_TOO.get(name, ())]
        for name in sorted(seen):
            yield name, " ".join(self.versions[name])


def _canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
