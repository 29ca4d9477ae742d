"""Write a few nodes of a page as HTML, with the page's own translator, for deck and notebook."""

import re
from collections.abc import Iterable
from typing import Any

from docutils import nodes
from docutils.utils import new_document
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.locale import admonitionlabels

PERMALINK = re.compile(r'<a class="headerlink".*?</a>', re.DOTALL)


def nodes_as_html(builder: StandaloneHTMLBuilder, written: Iterable[nodes.Node]) -> str:
    """Return nodes as HTML without permalinks; its addresses start from the page."""
    document = new_document("part", builder.docsettings)
    document.extend([_unwritten(node.deepcopy()) for node in written])
    translator: Any = builder.create_translator(document, builder)
    for node in document.children:
        node.walkabout(translator)
    return PERMALINK.sub("", "".join(translator.body))


def _unwritten(node: nodes.Node) -> nodes.Node:
    """Return a node without the titles that writing the page has put into notes and warnings."""
    for title in list(node.findall(nodes.title)):
        if type(title.parent).__name__ in admonitionlabels:
            title.parent.remove(title)
    return node
