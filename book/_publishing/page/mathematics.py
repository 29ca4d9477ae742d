r"""Formulas as native MathML, made from TeX while the book is built.

Pages and decks need no script for them, and a screen reader finds them in the page. Temml
does the work, in one run of Node for each page that has new formulas; the result is kept
under the hash of the TeX, so an unchanged page starts no Node. TeX that Temml does not
understand is a warning with file and line, and a warning fails the build.
"""

import functools
import json
import re
from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.locale import _
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number
from sphinx.writers.html5 import HTML5Translator

from _publishing.assets import nodejs
from _publishing.build_cache import keep, recall
from _publishing.page import mathematics_font

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


def render(formulas: Iterable[Formula]) -> dict[Formula, Rendered]:
    """Return each formula as MathML; one run of Node renders those that are new."""
    rendered, new = {}, {}
    for formula in formulas:
        recipe = f"{_program()}\0{formula.display}\0{formula.tex}".encode()
        mathml = recall(recipe)
        if mathml is None:
            new[formula] = recipe
        else:
            rendered[formula] = Rendered(mathml.decode(), "")
    if new:
        asked = json.dumps([{"tex": f.tex, "display": f.display} for f in new])
        entry = nodejs.package("temml") / "dist" / "temml.mjs"
        answers = json.loads(nodejs.run_node(_SCRIPT, entry, given=asked))
        for formula, answer in zip(new, answers, strict=True):
            rendered[formula] = Rendered(answer.get("mathml", ""), answer.get("error", ""))
            if not rendered[formula].error:
                keep(new[formula], rendered[formula].mathml.encode())
    return rendered


@functools.cache
def _program() -> str:
    """Return what formulas depend on besides their TeX: Temml's version and our script."""
    about = (nodejs.package("temml") / "package.json").read_text("utf-8")
    return f"{json.loads(about)['version']} {_SCRIPT.read_text('utf-8')}"


def render_page(app: Sphinx, doctree: nodes.document) -> None:
    """Put MathML on every formula of a page that has just been read."""
    if app.builder.format == "html":
        types = (nodes.math, nodes.math_block)
        maths: list[Any] = [node for type_ in types for node in doctree.findall(type_)]
        render_nodes(maths)
        mathematics_font.note_characters(app.env, [node["mathml"] for node in maths])


def render_nodes(maths: list[Any]) -> None:
    """Put MathML on these nodes, and say which cannot be understood."""
    formulas = [formula_of(node) for node in maths]
    rendered = render(formulas)
    for node, formula in zip(maths, formulas, strict=True):
        mathml, error = rendered[formula]
        if error:
            shown = " ".join(formula.tex.split())
            _LOGGER.warning("TeX that cannot be read: %s In: %s", error, shown, location=node)
        node["mathml"] = mathml or f"<code>{escape(formula.tex)}</code>"


def mathml_of(node: nodes.math | nodes.math_block) -> str:
    """Return a formula's MathML; one that came after the page was read is rendered now."""
    if "mathml" not in node:
        render_nodes([node])
    return str(node["mathml"])


def visit_math(translator: HTML5Translator, node: nodes.math) -> None:
    """Write a formula in a line."""
    translator.body.append(mathml_of(node))
    raise nodes.SkipNode


def visit_math_block(translator: HTML5Translator, node: nodes.math_block) -> None:
    """Write a displayed formula, with its number on the right."""
    classes = "math" + (" numbered" if node["number"] else "")
    translator.body.append(translator.starttag(node, "div", "", CLASS=classes))
    translator.body.append(f'<div class="formula">{mathml_of(node)}</div>')
    if node["number"]:
        number = get_node_equation_number(translator, node)
        translator.body.append(f'<span class="eqno">({number})')
        translator.add_permalink_ref(node, _("Link to this equation"))
        translator.body.append("</span>")
    translator.body.append("</div>\n")
    raise nodes.SkipNode


def configure(_app: Sphinx, config: Config) -> None:
    """Use this renderer; fail before a page is read if Temml is not installed."""
    config.html_math_renderer = RENDERER
    nodejs.package("temml")


def setup(app: Sphinx) -> None:
    """Register the renderer; formulas are made before titles are copied into tables of contents."""
    app.add_html_math_renderer(RENDERER, (visit_math, None), (visit_math_block, None))
    app.connect("config-inited", configure, priority=900)
    app.connect("doctree-read", render_page, priority=100)
    app.add_css_file("mathematics.css", priority=600)
    mathematics_font.setup(app)
