"""The whole writer, from a resolved doctree to plain Markdown, joined from the groups of nodes.

By the time a page is written Sphinx has resolved its references, numbers, citations
and glued values. What is left to do is to say each node in Markdown that Colab and
Jupyter show well. A node that no method knows is a warning, and so an error: nothing
is lost in silence.

A method is named after its node's class: ``block_<class>`` returns blocks, and
``inline_<class>`` a piece of a line.
"""

from __future__ import annotations

from _publishing.notebook.markdown.custom_directive_nodes import DirectiveKinds
from _publishing.notebook.markdown.inline_nodes import InlineKinds


class MarkdownWriter(InlineKinds, DirectiveKinds):
    """Writes the nodes of one page: `MarkdownWriter(page).flow(nodes)` returns its blocks.

    `page` (`addresses_and_numbers.Page`) knows addresses and numbers; `flow` and the choice of the
    method are in `dispatch`. `DirectiveKinds` inherits from the class in `third_party_nodes`, that
    from the one in `block_nodes`, and that from the one in `list_nodes`. Chapters have a subclass,
    `chapter_blocks.ChapterWriter`.
    """
