"""Read a module's public names, arguments and docstrings for `api`, without importing it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path

#: What a dataclass's field holds where nobody names it, by what makes it.
EMPTY = {"list": "[]", "dict": "{}", "tuple": "()"}


@dataclass
class Entry:
    """A public name: what kind it is, how it is called, what is said of it."""

    kind: str
    name: str
    arguments: str
    docstring: str
    members: list[Entry] = field(default_factory=list)

    @property
    def first_line(self) -> str:
        """The first paragraph of the docstring, on one line."""
        return " ".join(self.docstring.split("\n\n")[0].split())


def module_path(source: Path, name: str) -> Path | None:
    """Find the file of a module or a package."""
    place = source / name.replace(".", "/")
    for path in (place.with_suffix(".py"), place / "__init__.py"):
        if path.exists():
            return path
    return None


def entries(text: str) -> list[Entry]:
    """Read a module's public names, those that something is said of, in the source's order."""
    lines = text.splitlines()
    result: list[Entry] = []
    for item in ast.parse(text).body:
        if isinstance(item, ast.FunctionDef | ast.ClassDef):
            result += _definition(item)
        elif isinstance(item, ast.AnnAssign):
            result += _constant(item, lines)
    return result


def _definition(item: ast.FunctionDef | ast.ClassDef) -> Iterator[Entry]:
    """Read a function, or a class with its methods."""
    docstring = ast.get_docstring(item)
    if item.name.startswith("_") or not docstring:
        return
    if isinstance(item, ast.FunctionDef):
        yield Entry("function", item.name, _arguments(item.args), docstring)
        return
    methods = [part for part in item.body if isinstance(part, ast.FunctionDef)]
    members = [member for method in methods for member in _method(method)]
    bases = {base.id for base in item.bases if isinstance(base, ast.Name)}
    is_error = any(base.endswith(("Error", "Exception")) for base in bases)
    yield Entry(
        "exception" if is_error else "class", item.name, _of_class(item), docstring, members
    )


def _method(item: ast.FunctionDef) -> Iterator[Entry]:
    """Read a method or a property."""
    docstring = ast.get_docstring(item)
    if item.name.startswith("_") or not docstring:
        return
    if "property" in map(ast.unparse, item.decorator_list):
        yield Entry("property", item.name, "", docstring)
    else:
        yield Entry("method", item.name, _arguments(item.args, 1), docstring)


def _of_class(item: ast.ClassDef) -> str:
    """Write what makes an object: the arguments of ``__init__``, or a dataclass's fields."""
    for part in item.body:
        if isinstance(part, ast.FunctionDef) and part.name == "__init__":
            return _arguments(part.args, 1)
    if not any("dataclass" in ast.unparse(mark) for mark in item.decorator_list):
        return ""
    fields = [
        part.target.id + _default(part.value)
        for part in item.body
        if isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name)
    ]
    return f"({', '.join(fields)})" if fields else ""


def _default(value: ast.expr | None) -> str:
    """Write a field's default, if it has one; ``default_factory=list`` means an empty list."""
    if isinstance(value, ast.Call) and ast.unparse(value.func).rpartition(".")[2] == "field":
        options = {word.arg: ast.unparse(word.value) for word in value.keywords}
        if factory := options.get("default_factory"):
            return f"={EMPTY.get(factory, f'{factory}()')}"
        return f"={options['default']}" if "default" in options else ""
    return f"={ast.unparse(value)}" if value else ""


def _arguments(arguments: ast.arguments, skipped: int = 0) -> str:
    """Write arguments with their defaults, without types."""
    bare = deepcopy(arguments)
    for node in ast.walk(bare):
        if isinstance(node, ast.arg):
            node.annotation = None
    del bare.args[:skipped]
    return f"({ast.unparse(bare)})"


def _constant(item: ast.AnnAssign, lines: list[str]) -> Iterator[Entry]:
    """Read a constant with a type other than `Final`, if a comment ``#:`` tells of it."""
    above: list[str] = []
    number = item.lineno - 2
    while number >= 0 and lines[number].startswith("#:"):
        above.insert(0, lines[number].removeprefix("#:").strip())
        number -= 1
    name = ast.unparse(item.target)
    if above and not name.startswith("_") and "Final" not in ast.unparse(item.annotation):
        yield Entry("data", name, "", " ".join(above))
