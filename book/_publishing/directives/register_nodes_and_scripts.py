"""Register what nodes begin and end with on the page, and the script that they need there."""

from collections.abc import Callable
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator

from _publishing.connect_for_html_only import on_page

Markup = str | Callable[[nodes.Element], str]


def add_nodes(app: Sphinx, markup: dict[type[nodes.Element], tuple[Markup, Markup]]) -> None:
    """Register nodes with what each begins and ends with on the page."""
    for node, (start, end) in markup.items():
        app.add_node(node, html=(_visitor(start), _visitor(end)))


def _visitor(markup: Markup) -> Callable[[HTML5Translator, nodes.Element], None]:
    def write(self: HTML5Translator, node: nodes.Element) -> None:
        self.body.append(markup if isinstance(markup, str) else markup(node))

    return write


def add_script(app: Sphinx, name: str, node_class: type[nodes.Element]) -> None:
    """Load a script on the pages that have such a node."""

    def add(_app: Sphinx, _page: str, _context: Any, doctree: Any) -> None:
        if doctree and next(iter(doctree.findall(node_class)), None):
            # A classic script: browsers refuse modules from file://.
            app.add_js_file(name, loading_method="defer")

    on_page(app, add)
