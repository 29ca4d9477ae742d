"""Write nodes for which the notebook has no Markdown as HTML: what the page has, made to fit."""

import re

from docutils import nodes

from _publishing.html_tree import ADDRESSES
from _publishing.notebook.markdown import formulas
from _publishing.notebook.markdown.addresses_and_numbers import Page
from _publishing.page.nodes_as_html import nodes_as_html

#: An attribute that holds an address, with its mark, and the address.
_ADDRESS = re.compile(rf"""(\s(?:{"|".join(sorted(ADDRESSES))})=(["']))(.*?)\2""")
#: Stands for a dollar sign that begins or ends mathematics.
_MATHS = "\ue020"


def html_of(page: Page, node: nodes.Node) -> str:
    """Return a node as HTML that may stand in Markdown, with addresses that work from anywhere.

    What shows the notebook also renders its formulas, so they are TeX between dollar signs, and
    other dollar signs begin none. A blank line would end the HTML.
    """
    whole = nodes.Element("", node.deepcopy())
    for formula in [*whole.findall(nodes.math), *whole.findall(nodes.math_block)]:
        formula.replace_self(nodes.raw("", _tex(page, formula), format="html"))
    html = nodes_as_html(page.app.builder, whole.children)  # type: ignore[arg-type]
    html = _ADDRESS.sub(lambda match: f"{match[1]}{page.url(match[3])}{match[2]}", html)
    html = html.replace("$", "&#36;").replace(_MATHS, "$")
    return re.sub(r"\n(?=\s*\n)", "\n&#10;", html.strip("\n"))


def _tex(page: Page, formula: nodes.Element) -> str:
    """Return a formula whose TeX is the same before and after HTML is read."""
    if isinstance(formula, nodes.math):
        tex = formulas.inline(formula.astext())
    else:
        number = page.number("displaymath", formula)
        tex = formulas.display(formula.astext(), number).replace("\n", " ")
    tex = tex.replace("<", r"\lt ").replace(">", r"\gt ").replace("&", "& ")
    return tex.replace("$", _MATHS)
