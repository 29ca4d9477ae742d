r"""Formulas as native MathML, made from TeX while the book is built.

Pages and decks need no script for them, and a screen reader finds them in the page. Temml
does the work in one run of Node for each page that has formulas nobody has met before;
every formula is kept under the hash of its TeX, so that an unchanged page starts no Node.
TeX that Temml does not understand is a warning with file and line, and so an error.
"""

from __future__ import annotations

import hashlib
import json
import re
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from docutils import nodes
from sphinx.errors import ExtensionError
from sphinx.locale import _
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number

from _publishing.assets import npm
from _publishing.page import mathematics_font
from dlcourse.files import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.writers.html5 import HTML5Translator

_LOGGER = logging.getLogger(__name__)
_SCRIPT = Path(__file__).parents[1] / "node" / "temml.mjs"
#: Environments that would number their own lines: Sphinx gives the numbers.
_NUMBERING = re.compile(
    r"\\(begin|end)\{(align|alignat|equation|gather|multline|eqnarray|flalign)\}"
)
_LABEL = re.compile(r"\\label\{[^}]*\}")
RENDERER = "mathml"


class Formula(NamedTuple):
    """What is to be rendered."""

    tex: str
    display: bool


class Rendered(NamedTuple):
    """MathML, or what is wrong with the TeX."""

    mathml: str
    error: str


def formula_of(node: nodes.math | nodes.math_block) -> Formula:
    """Return a node's TeX as Temml takes it."""
    tex = node.astext()
    if not isinstance(node, nodes.math_block):
        return Formula(tex.strip(), display=False)
    tex = _LABEL.sub("", tex)
    if node.get("nowrap"):
        return Formula(_NUMBERING.sub(r"\\\1{\2*}", tex).strip(), display=True)
    parts = [part.strip() for part in tex.split("\n\n") if part.strip()]
    parts = [rf"\begin{{split}}{p}\end{{split}}" if r"\\" in p else p for p in parts]
    if len(parts) > 1:
        return Formula(r"\begin{aligned}" + r"\\".join(parts) + r"\end{aligned}", display=True)
    return Formula("".join(parts), display=True)


class Store:
    """Formulas that were rendered before, each in a file named by its hash."""

    def __init__(self, folder: Path) -> None:
        """Keep the formulas of this version of Temml in a folder."""
        self.entry = npm.package("temml") / "dist" / "temml.mjs"
        version = json.loads((npm.package("temml") / "package.json").read_text("utf-8"))["version"]
        recipe = f"{version} {hashlib.sha256(_SCRIPT.read_bytes()).hexdigest()}"
        self.recipe, self.folder = recipe, folder

    def render(self, formulas: Iterable[Formula]) -> dict[Formula, Rendered]:
        """Return each formula as MathML; one run of Node renders those that are new."""
        found, new = {}, []
        for formula in dict.fromkeys(formulas):
            if mathml := self._find(formula):
                found[formula] = Rendered(mathml, "")
            else:
                new.append(formula)
        for formula, rendered in zip(new, self._run(new) if new else [], strict=True):
            self._keep(formula, rendered)
            found[formula] = rendered
        return found

    def _path(self, formula: Formula) -> Path:
        """Where a formula is kept."""
        key = hashlib.sha256(f"{self.recipe}\0{formula.display}\0{formula.tex}".encode())
        return self.folder / key.hexdigest()[:32]

    def _find(self, formula: Formula) -> str:
        """Return a formula that was rendered before; empty if there is none, or half of one."""
        try:
            text = self._path(formula).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return ""
        return text if text.endswith("</math>") else ""

    def _keep(self, formula: Formula, rendered: Rendered) -> None:
        """Keep what is right, whole or not at all."""
        if rendered.error:
            return
        write_whole(self._path(formula), rendered.mathml)

    def _run(self, formulas: list[Formula]) -> list[Rendered]:
        """Run Temml once."""
        asked = json.dumps([{"tex": f.tex, "display": f.display} for f in formulas])
        answers = json.loads(npm.run_node(_SCRIPT, self.entry, given=asked))
        return [Rendered(a.get("mathml", ""), a.get("error", "")) for a in answers]


def store(app: Sphinx) -> Store:
    """Return the book's store of formulas."""
    return Store(mathematics_font.kept(app))


def render_page(app: Sphinx, doctree: nodes.document) -> None:
    """Put MathML on every formula of a page that has just been read."""
    if app.builder.format == "html":
        kinds = (nodes.math, nodes.math_block)
        found: list[Any] = [node for kind in kinds for node in doctree.findall(kind)]
        render_nodes(app, found)
        mathematics_font.note(app.env, [node["mathml"] for node in found])


def render_nodes(app: Sphinx, found: list[Any]) -> None:
    """Put MathML on these nodes, and say which cannot be understood."""
    if not found:
        return
    formulas = [formula_of(node) for node in found]
    rendered = store(app).render(formulas)
    for node, formula in zip(found, formulas, strict=True):
        mathml, error = rendered[formula]
        if error:
            shown = " ".join(formula.tex.split())
            _LOGGER.warning("TeX that cannot be read: %s In: %s", error, shown, location=node)
        node["mathml"] = mathml or f"<code>{escape(formula.tex)}</code>"


def mathml_of(translator: HTML5Translator, node: nodes.math | nodes.math_block) -> str:
    """Return a formula's MathML; one that came after the page was read is rendered now."""
    if "mathml" not in node:
        render_nodes(translator.builder.app, [node])
    return str(node["mathml"])


def visit_math(translator: HTML5Translator, node: nodes.math) -> None:
    """Write a formula in a line."""
    translator.body.append(mathml_of(translator, node))
    raise nodes.SkipNode


def visit_math_block(translator: HTML5Translator, node: nodes.math_block) -> None:
    """Write a displayed formula, with its number on the right."""
    classes = "math" + (" numbered" if node["number"] else "")
    translator.body.append(translator.starttag(node, "div", "", CLASS=classes))
    translator.body.append(f'<div class="formula">{mathml_of(translator, node)}</div>')
    if node["number"]:
        number = get_node_equation_number(translator, node)
        translator.body.append(f'<span class="eqno">({number})')
        translator.add_permalink_ref(node, _("Link to this equation"))
        translator.body.append("</span>")
    translator.body.append("</div>\n")
    raise nodes.SkipNode


def configure(_app: Sphinx, config: Config) -> None:
    """Use this renderer."""
    config.html_math_renderer = RENDERER
    if not npm.package("temml").is_dir():
        raise ExtensionError(f"Temml is missing: {npm.package('temml')}. Run `make ready`.")


def setup(app: Sphinx) -> None:
    """Register the renderer; formulas are made before titles are copied into tables of contents."""
    app.add_html_math_renderer(RENDERER, (visit_math, None), (visit_math_block, None))
    app.connect("config-inited", configure, priority=900)
    app.connect("doctree-read", render_page, priority=100)
    app.add_css_file("mathematics.css", priority=600)
    mathematics_font.setup(app)
