"""From a resolved doctree to plain Markdown: one method for each kind of node.

By the time a page is written Sphinx has resolved its references, numbers, citations
and glued values. What is left to do is to say each node in Markdown that Colab and
Jupyter show well. A node that no method knows is a warning, and so an error: nothing
is lost in silence.

A method is named after its node's class: ``block_<class>`` returns blocks, and
``inline_<class>`` a piece of a line. A module with a node of its own registers how it
is written in `notebook_renderers`.
"""

from __future__ import annotations

from _publishing.notebook.markdown.dispatch import notebook_renderers
from _publishing.notebook.markdown.extension_nodes import ExtensionKinds
from _publishing.notebook.markdown.inline_nodes import InlineKinds

__all__ = ["MarkdownWriter", "notebook_renderers"]


class MarkdownWriter(InlineKinds, ExtensionKinds):
    """Writes the nodes of one page."""
