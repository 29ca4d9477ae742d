"""The package's public names: ``{api}``, a table, and ``{api-reference}``, their docstrings.

Sphinx's autodoc imports the modules, without TensorFlow. A name in single backticks becomes a link
where a page describes it, and else it is code.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransform
from sphinx.util.docutils import SphinxDirective

PACKAGE = "dlcourse"
#: Pages of which a docstring may name what no page describes.
PAGES = "appendix/api"


class Api(SphinxDirective):
    """Both directives: the body names modules; what is written of them is parsed as Markdown."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Write about each module, and parse that."""
        write = full if self.name == "api-reference" else self._table
        lines = [line for name in " ".join(self.content).split() for line in write(name)]
        return self.parse_text_to_nodes("\n".join(lines), allow_section_headings=True)

    def _table(self, name: str) -> Iterator[str]:
        """Yield a module's first line, and a table of its functions and classes."""
        place = Path(self.env.srcdir).parent / "src" / PACKAGE / name.replace(".", "/")
        path = place / "__init__.py" if place.is_dir() else place.with_suffix(".py")
        if not path.exists():
            raise self.error(f"{PACKAGE} has no module {name}.")
        self.env.note_dependency(str(path))
        yield from table(name, path.read_text(encoding="utf-8"))


def table(name: str, source: str) -> Iterator[str]:
    """Yield a module's first line, and a table of its functions and classes, in Markdown."""
    module = ast.parse(source)
    yield f"**`{PACKAGE}.{name}`**: {_first_paragraph(module)}"
    described = [
        item
        for item in module.body
        if isinstance(item, ast.FunctionDef | ast.ClassDef)
        and not item.name.startswith("_")
        and ast.get_docstring(item)
    ]
    if described:
        yield from ["", "| name | what it is |", "|---|---|"]
    for item in described:
        link = f"{{py:obj}}`{item.name} <{PACKAGE}.{name}.{item.name}>`"
        yield f"| {link} | {_first_paragraph(item)} |"
    yield ""


def _first_paragraph(item: ast.Module | ast.FunctionDef | ast.ClassDef) -> str:
    """Return what a docstring begins with, fit for a cell of a table."""
    words = " ".join((ast.get_docstring(item) or "").split("\n\n")[0].split())
    return re.sub(r"[|${*]", r"\\\g<0>", words.replace("``", "`"))


def full(name: str) -> list[str]:
    """Return a section with a module's docstring and that of each of its public names."""
    body = ["```{eval-rst}", f".. automodule:: {PACKAGE}.{name}", "```", ""]
    return [f"## `{PACKAGE}.{name}`", "", *body]


class LeaveOutOfIndex(SphinxTransform):
    """Keep functions out of the book's index, which has its terms."""

    default_priority = 840  # before Sphinx's domains look for entries

    def apply(self, **_: Any) -> None:
        """Empty the entries of the package's pages."""
        if self.env.docname.startswith(PAGES):
            for node in self.document.findall(addnodes.index):
                node["entries"] = []


def without_arguments(*given: Any) -> tuple[str, str] | None:
    """Show a protocol, the fourth that autodoc gives, without arguments: nobody makes one."""
    return ("", "") if getattr(given[3], "_is_protocol", False) is True else None


def skip_constants(*given: Any) -> bool | None:
    """Leave out numbers and words, each the fourth that autodoc gives; the code says their use."""
    return True if isinstance(given[3], int | float | str | tuple) else None


def link_by_short_name(
    app: Sphinx, env: BuildEnvironment, node: addnodes.pending_xref, shown: nodes.Element
) -> nodes.Node | None:
    """Let a docstring name things as they are called, ``training.fit``, and others unlinked."""
    page, target = str(node.get("refdoc")), str(node.get("reftarget")).removesuffix("()")
    if not page.startswith(PAGES) or node.get("refdomain") != "py":
        return None
    python, full_name = env.get_domain("py"), f"{PACKAGE}.{target}"
    link = python.resolve_xref(env, page, app.builder, "obj", full_name, node, shown)
    return link or shown


def setup(app: Sphinx) -> None:
    """Register the directives; `_config.yml` has autodoc's settings."""
    app.setup_extension("sphinx.ext.autodoc")
    app.add_directive("api", Api)
    app.add_directive("api-reference", Api)
    app.add_transform(LeaveOutOfIndex)
    app.connect("autodoc-process-signature", without_arguments)
    app.connect("autodoc-skip-member", skip_constants)
    app.connect("missing-reference", link_by_short_name)
