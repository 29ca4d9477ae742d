"""The package's public names, from its source: ``{api}`` and ``{api-reference}``.

``{api}`` is a table: each name with the first line of its docstring. ``{api-reference}`` shows
the docstrings in full; Sphinx's napoleon reads them. Sphinx's autodoc would import the package
with all its libraries, and would link no name in single backticks.
"""

import ast
import re
from collections.abc import Callable
from pathlib import Path

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.ext.napoleon import Config
from sphinx.ext.napoleon.docstring import NumpyDocstring
from sphinx.util.docutils import SphinxDirective

from _publishing.directives.api_from_source import Entry, entries, module_path

PACKAGE = "dlcourse"
#: Pages of which a docstring may name what no page describes.
PAGES = "appendix/api"
INDENT = "   "
NAPOLEON = Config(napoleon_use_param=False, napoleon_use_rtype=False)
PROMPTS = (">>>", "...")
#: The first of an author's initials, which reStructuredText takes for a list's "A."
INITIAL = re.compile(r"^(\s*[A-Z])\. ")
#: `name` in single backticks, which is neither ``code`` nor a role's.
BACKTICKS = re.compile(r"(?<![`:\w])`([^`\s](?:[^`]*[^`\s])?)`(?![`_])")


class Api(SphinxDirective):
    """Both directives: the body names modules; what is written of them is parsed as Markdown."""

    has_content = True

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
            text = path.read_text(encoding="utf-8")
            in_full = self.name == "api-reference"
            lines += [*(reference(name, text, self.find) if in_full else describe(name, text)), ""]
        return self.parse_text_to_nodes("\n".join(lines), allow_section_headings=True)

    @property
    def source(self) -> Path:
        """The folder of the package."""
        return Path(self.env.srcdir).parent / "src" / PACKAGE

    def find(self, words: str) -> str | None:
        """Return the full name that is meant: of the package, or of a module as it is called."""
        name = words.removesuffix("()").removeprefix(f"{PACKAGE}.")
        module, _, last = name.rpartition(".")
        path = module_path(self.source, module) if module else None
        if path is None:
            return None
        names = {entry.name for entry in entries(path.read_text(encoding="utf-8"))}
        return f"{PACKAGE}.{name}" if last in names else None


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
    names = entries(text)
    full_names = {entry.name: f"{PACKAGE}.{name}.{entry.name}" for entry in names}

    def meant(words: str) -> str | None:
        return full_names.get(words.removesuffix("()")) or find(words)

    about = _read(ast.get_docstring(ast.parse(text)) or "", meant)
    body = [f".. py:currentmodule:: {PACKAGE}.{name}", "", *about, ""]
    for entry in names:
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
    app.add_directive("api-reference", Api)
    app.connect("missing-reference", leave_unlinked)
