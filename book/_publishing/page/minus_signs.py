"""Write a minus sign, not a hyphen, before a negative number in a sentence.

A glued number comes as Python prints it. Between words in a text face a hyphen is too short
for a minus, and a line may break after it; formulas and figures beside it have the true sign.
"""

import re

from docutils import nodes
from sphinx.application import Sphinx

_HYPHEN = re.compile(r"(?<![\w.])-(?=\.?\d)")


def true_minus(text: str) -> str:
    """Return a text whose negative numbers have minus signs; exponents and words keep hyphens."""
    return _HYPHEN.sub("\N{MINUS SIGN}", text)


def mend(tree: nodes.Node) -> None:
    """Write true minus signs in the glued numbers of a document."""
    for pasted in tree.findall(nodes.inline):
        if "pasted-text" in pasted["classes"]:
            for text in list(pasted.findall(nodes.Text)):
                text.parent.replace(text, nodes.Text(true_minus(text.astext())))


def setup(app: Sphinx) -> None:
    """Mend numbers, also those from other pages, before page, deck and notebook are made."""
    app.connect("doctree-resolved", lambda _app, doctree, _docname: mend(doctree))
