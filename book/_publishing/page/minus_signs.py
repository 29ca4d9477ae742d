"""Write a minus sign, not a hyphen, before a negative number in a sentence.

A glued number comes as Python prints it. Between words in a text face a hyphen is too short
for a minus, and a line may break after it; formulas and figures beside it have the true sign.
"""

import re
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

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


class TrueMinus(SphinxPostTransform):
    """Mend a page's numbers, also those that come from other pages."""

    default_priority = 50

    def run(self, **_kwargs: Any) -> None:
        """Mend the document."""
        mend(self.document)


def setup(app: Sphinx) -> None:
    """Mend what was read, before page, deck and notebook are made of it."""
    app.add_post_transform(TrueMinus)
