"""The package's public names, from its source: ``{api}``.

Nothing is imported, so the page needs no TensorFlow and is written in no time. What stands
in the table is the first line of each docstring; the rest is a ``help(…)`` away.
"""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.util.docutils import SphinxDirective

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

PACKAGE = "dlcourse"


class Api(SphinxDirective):
    """A table of public functions and classes for each module that is named in the body."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Write the tables as Markdown, and parse that."""
        source = Path(self.env.srcdir).parent / "src" / PACKAGE
        lines: list[str] = []
        for name in " ".join(self.content).split():
            path = module_path(source, name)
            if path is None:
                return [
                    self.state.document.reporter.warning(
                        f"{PACKAGE} has no module {name}.", line=self.lineno
                    )
                ]
            self.env.note_dependency(str(path))
            lines += [*describe(name, path.read_text(encoding="utf-8")), ""]
        box = nodes.Element()
        self.state.nested_parse(StringList(lines, source="api"), self.content_offset, box)
        return box.children


def module_path(source: Path, name: str) -> Path | None:
    """Find the file of a module or a package."""
    place = source / name.replace(".", "/")
    for path in (place.with_suffix(".py"), place / "__init__.py"):
        if path.exists():
            return path
    return None


def describe(name: str, text: str) -> list[str]:
    """Give a module's first line, and a table of its public names, in Markdown."""
    tree = ast.parse(text)
    rows = [
        f"| `{signature(item)}` | {first_line(item)} |"
        for item in public(tree)
        if ast.get_docstring(item)
    ]
    head = [f"**`{PACKAGE}.{name}`**: {first_line(tree)}"]
    return [*head, "", "| name | what it is |", "|---|---|", *rows] if rows else head


def public(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.ClassDef]:
    """Give the functions and classes whose names do not begin with an underscore."""
    for item in tree.body:
        if isinstance(item, ast.FunctionDef | ast.ClassDef) and not item.name.startswith("_"):
            yield item


def signature(item: ast.FunctionDef | ast.ClassDef) -> str:
    """Write a name with its arguments, without types and defaults."""
    if isinstance(item, ast.ClassDef):
        return item.name
    arguments = item.args
    names = [argument.arg for argument in (*arguments.posonlyargs, *arguments.args)]
    if arguments.vararg:
        names.append(f"*{arguments.vararg.arg}")
    elif arguments.kwonlyargs:
        names.append("*")
    names += [argument.arg for argument in arguments.kwonlyargs]
    if arguments.kwarg:
        names.append(f"**{arguments.kwarg.arg}")
    return f"{item.name}({', '.join(names)})"


def first_line(item: ast.Module | ast.FunctionDef | ast.ClassDef) -> str:
    """Give the first line of a docstring, fit for a cell of a table."""
    words = (ast.get_docstring(item) or "").split("\n\n")[0]
    line = " ".join(words.split()).replace("``", "`").replace("|", r"\|").replace("$", r"\$")
    return line.replace("{", r"\{").replace("*", r"\*")


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("api", Api)
