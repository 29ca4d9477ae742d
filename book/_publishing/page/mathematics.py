r"""Formulas as native MathML, made from TeX while the book is built.

Pages and decks need no script for them, and a screen reader finds them in the page. Temml
does the work, in one run of Node for each page that is read. TeX that it does not understand is a
warning with file and line, and a warning fails the build.
"""

import json
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.locale import _
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number
from sphinx.writers.html5 import HTML5Translator

from _publishing.assets import nodejs
from _publishing.page import mathematics_font

_LOGGER = logging.getLogger(__name__)
_SCRIPT = Path(__file__).parents[1] / "node" / "temml.mjs"
RENDERER = "mathml"


def formula_of(node: nodes.math | nodes.math_block) -> dict[str, Any]:
    """Return a node's TeX as Temml takes it, and whether it is displayed."""
    tex = node.astext().strip()
    display = isinstance(node, nodes.math_block)
    if display and r"\\" in tex:
        tex = rf"\begin{{split}}{tex}\end{{split}}"
    return {"tex": tex, "display": display}


def render(formulas: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Return of each formula its "mathml", or the "error" that says what is wrong with the TeX."""
    if not formulas:
        return []
    asked = json.dumps(formulas)
    answers = nodejs.run_node(_SCRIPT, nodejs.package("temml/dist/temml.mjs"), given=asked)
    return list(json.loads(answers))


def render_page(_app: Sphinx, doctree: nodes.document) -> None:
    """Put MathML on every formula of a page that has just been read."""
    classes = (nodes.math, nodes.math_block)
    maths: list[Any] = [node for each in classes for node in doctree.findall(each)]
    formulas = [formula_of(node) for node in maths]
    for node, formula, answer in zip(maths, formulas, render(formulas), strict=True):
        if "\n\n" in formula["tex"]:
            fault = "a blank line in a formula parts nothing: write \\\\ between its lines"
            _LOGGER.warning(fault, location=node)
        if "error" in answer:
            shown = " ".join(formula["tex"].split())
            _LOGGER.warning(
                "TeX that cannot be read: %s In: %s", answer["error"], shown, location=node
            )
        node["mathml"] = answer.get("mathml", f"<code>{escape(formula['tex'])}</code>")


def visit_math(translator: HTML5Translator, node: nodes.math) -> None:
    """Write a formula in a line."""
    translator.body.append(node["mathml"])
    raise nodes.SkipNode


def visit_math_block(translator: HTML5Translator, node: nodes.math_block) -> None:
    """Write a displayed formula, with its number on the right."""
    classes = "math" + (" numbered" if node["number"] else "")
    translator.body.append(translator.starttag(node, "div", "", CLASS=classes))
    translator.body.append(f'<div class="formula">{node["mathml"]}</div>')
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
