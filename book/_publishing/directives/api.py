"""The package's public names, from its source: ``{api}`` and ``{api-reference}``.

``{api}`` is a table: each name with the first line of its docstring. ``{api-reference}`` shows
the docstrings in full; Sphinx's napoleon reads them. Sphinx's autodoc would import the package
with all its libraries, and would link no name in single backticks.
"""

from __future__ import annotations

import ast
import re
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.ext.napoleon import Config
from sphinx.ext.napoleon.docstring import NumpyDocstring
from sphinx.util.docutils import SphinxDirective

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

PACKAGE = "dlcourse"
#: Pages of which a docstring may name what no page describes.
PAGES = "appendix/api"
INDENT = "   "
NAPOLEON = Config(napoleon_use_param=False, napoleon_use_rtype=False)
PROMPTS = (">>>", "...")
#: What a dataclass's field holds where nobody names it, by what makes it.
EMPTY = {"list": "[]", "dict": "{}", "tuple": "()"}
#: The first of an author's initials, which reStructuredText takes for a list's "A."
INITIAL = re.compile(r"^(\s*[A-Z])\. ")
#: `name` in single backticks, which is neither ``code`` nor a role's.
BACKTICKS = re.compile(r"(?<![`:\w])`([^`\s](?:[^`]*[^`\s])?)`(?![`_])")


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


class _OnePage(SphinxDirective):
    """A directive whose body names modules; its result is parsed as Markdown."""

    has_content = True

    def lines_of(self, name: str, text: str) -> list[str]:
        """Write what the page says about one module, in Markdown."""
        raise NotImplementedError

    def run(self) -> list[nodes.Node]:
        """Read each module's source, and parse what is written about it."""
        lines: list[str] = []
        for name in " ".join(self.content).split():
            path = module_path(self.source, name)
            if path is None:
                return [
                    self.state.document.reporter.warning(
                        f"{PACKAGE} has no module {name}.", line=self.lineno
                    )
                ]
            self.env.note_dependency(str(path))
            lines += [*self.lines_of(name, path.read_text(encoding="utf-8")), ""]
        box = nodes.section()
        self.state.nested_parse(
            StringList(lines, source="api"), self.content_offset, box, match_titles=True
        )
        return box.children

    @property
    def source(self) -> Path:
        """The folder of the package."""
        return Path(self.env.srcdir).parent / "src" / PACKAGE


class Api(_OnePage):
    """A table of public names for each module that is named in the body."""

    def lines_of(self, name: str, text: str) -> list[str]:
        """Write the module's first line and its table."""
        return describe(name, text)


class ApiReference(_OnePage):
    """The docstrings of each module that is named in the body, in full."""

    def lines_of(self, name: str, text: str) -> list[str]:
        """Write a section with an entry for each name."""
        return reference(name, text, self.find)

    def find(self, words: str) -> str | None:
        """Return the full name that is meant: of the package, or of a module as it is called."""
        name = words.removesuffix("()").removeprefix(f"{PACKAGE}.")
        module, _, last = name.rpartition(".")
        path = module_path(self.source, module) if module else None
        if path is None:
            return None
        names = {entry.name for entry in entries(path.read_text(encoding="utf-8"))}
        return f"{PACKAGE}.{name}" if last in names else None


# --- reading the source ----------------------------------------------------------


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
    found: list[Entry] = []
    for item in ast.parse(text).body:
        if isinstance(item, ast.FunctionDef | ast.ClassDef):
            found += _definition(item)
        elif isinstance(item, ast.AnnAssign):
            found += _constant(item, lines)
    return found


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
    kind = "exception" if any(base.endswith(("Error", "Exception")) for base in bases) else "class"
    yield Entry(kind, item.name, _of_class(item), docstring, members)


def _method(item: ast.FunctionDef) -> Iterator[Entry]:
    """Read a method or a property."""
    docstring = ast.get_docstring(item)
    if item.name.startswith("_") or not docstring:
        return
    marks = {ast.unparse(mark).rpartition(".")[2] for mark in item.decorator_list}
    if marks & {"property", "cached_property"}:
        yield Entry("property", item.name, "", docstring)
    else:
        skipped = 0 if "staticmethod" in marks else 1
        yield Entry("method", item.name, _arguments(item.args, skipped), docstring)


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
    """Read a constant with a type, if a comment ``#:`` tells of it."""
    above: list[str] = []
    number = item.lineno - 2
    while number >= 0 and lines[number].startswith("#:"):
        above.insert(0, lines[number].removeprefix("#:").strip())
        number -= 1
    name = ast.unparse(item.target)
    if above and not name.startswith("_") and "Final" not in ast.unparse(item.annotation):
        yield Entry("data", name, "", " ".join(above))


# --- the table -------------------------------------------------------------------


def describe(name: str, text: str) -> list[str]:
    """Return a module's first line, and a table of its functions and classes, in Markdown."""
    rows = [
        f"| {{py:obj}}`{entry.name} <{PACKAGE}.{name}.{entry.name}>` | {_cell(entry.first_line)} |"
        for entry in entries(text)
        if entry.kind != "data"
    ]
    about = _cell(" ".join((ast.get_docstring(ast.parse(text)) or "").split("\n\n")[0].split()))
    head = [f"**`{PACKAGE}.{name}`**: {about}"]
    return [*head, "", "| name | what it is |", "|---|---|", *rows] if rows else head


def _cell(line: str) -> str:
    """Make a docstring's line fit for a cell of a table."""
    line = line.replace("``", "`").replace("|", r"\|").replace("$", r"\$")
    return line.replace("{", r"\{").replace("*", r"\*")


# --- the docstrings in full ------------------------------------------------------


class Docstring(NumpyDocstring):
    """A docstring in numpydoc's form, all of whose lists look alike."""

    def _parse_raises_section(self, section: str) -> list[str]:  # noqa: ARG002
        return self._format_fields("Raises", self._consume_fields(prefer_type=True))

    def _parse_attributes_section(self, section: str) -> list[str]:  # noqa: ARG002
        return self._format_fields("Attributes", self._consume_fields())


def reference(name: str, text: str, find: Callable[[str], str | None]) -> list[str]:
    """Return a section with a module's docstring and an entry for each of its names, in MyST."""
    found = entries(text)
    own = {entry.name: f"{PACKAGE}.{name}.{entry.name}" for entry in found}

    def meant(words: str) -> str | None:
        return own.get(words.removesuffix("()")) or find(words)

    about = _read(ast.get_docstring(ast.parse(text)) or "", meant)
    body = [f".. py:currentmodule:: {PACKAGE}.{name}", "", *about, ""]
    for entry in found:
        body += _entry(entry, meant)
    return [f"## `{PACKAGE}.{name}`", "", "````{eval-rst}", *body, "````"]


def _entry(entry: Entry, meant: Callable[[str], str | None], indent: str = "") -> list[str]:
    """Write one name's entry in reStructuredText, its methods within it."""
    lines = [
        f".. py:{entry.kind}:: {entry.name}{entry.arguments}",
        f"{INDENT}:no-contents-entry:",
        f"{INDENT}:no-index-entry:",
        "",
    ]
    lines += [f"{INDENT}{line}" for line in _read(entry.docstring, meant)]
    lines.append("")
    for member in entry.members:
        lines += _entry(member, meant, INDENT)
    return [f"{indent}{line}".rstrip() for line in lines]


def _read(docstring: str, meant: Callable[[str], str | None]) -> list[str]:
    """Turn a docstring into reStructuredText.

    Names in single backticks become links, all else in them code.
    """

    def link(match: re.Match[str]) -> str:
        words = match[1]
        target = meant(words)
        return f":py:obj:`{words} <{target}>`" if target else f"``{words}``"

    lines = [
        line
        if line.lstrip().startswith(PROMPTS)
        else INITIAL.sub(r"\1\. ", BACKTICKS.sub(link, line))
        for line in docstring.splitlines()
    ]
    return str(Docstring("\n".join(lines), NAPOLEON)).splitlines()  # type: ignore[arg-type]


def leave_unlinked(
    _app: Sphinx, _env: BuildEnvironment, node: pending_xref, shown: nodes.Node
) -> nodes.Node | None:
    """Let a docstring name what no page describes: it is shown, and is no link."""
    inside = str(node.get("refdoc", "")).startswith(PAGES)
    ours = str(node.get("reftarget", "")).startswith(f"{PACKAGE}.")
    return shown if inside and ours and node.get("refdomain") == "py" else None


def setup(app: Sphinx) -> None:
    """Register the directives."""
    app.add_directive("api", Api)
    app.add_directive("api-reference", ApiReference)
    app.connect("missing-reference", leave_unlinked)
