"""HTML inside a notebook's Markdown.

Made from Markdown where that has no words of its own (cells of complex tables, titles of folds), or
somebody's own, kept from being read as Markdown.
"""

import re
from functools import cache

from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin

#: Stands for a dollar sign that begins or ends mathematics.
_MATHS = "\ue020"


@cache
def _parser() -> MarkdownIt:
    """Make a parser that leaves mathematics to the page that shows the notebook."""
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])

    def keep(content: str, options: dict[str, bool]) -> str:
        mark = _MATHS * 2 if options.get("display_mode") else _MATHS
        return f"{mark}{_safe(content)}{mark}"

    parser.use(dollarmath_plugin, renderer=keep, double_inline=True)
    return parser


def _safe(tex: str) -> str:
    """Write TeX that is the same whether a viewer finds formulas before it parses HTML or after."""
    return re.sub("&(?! )", "& ", tex.replace("<", r"\lt ").replace(">", r"\gt "))


def block_html(markdown: str) -> str:
    """Return Markdown blocks as HTML without a blank line, which would end an HTML block."""
    # A paragraph that begins with an image keeps its <p>: it is not counted below.
    html = _only_maths(_parser().render(markdown)).replace("<p><img", "<p ><img").strip()
    if html.count("<p>") == 1 and html.startswith("<p>") and html.endswith("</p>"):
        html = html[3:-4]
    return no_blank_lines(html.replace("<p ><img", "<p><img"))


def inline_html(markdown: str) -> str:
    """Return inline Markdown as HTML."""
    return _only_maths(_parser().renderInline(" ".join(markdown.split("\n")))).strip()


def _only_maths(html: str) -> str:
    """Leave dollar signs around mathematics alone: in HTML no backslash holds them back."""
    return html.replace("$", "&#36;").replace(_MATHS, "$")


def no_blank_lines(html: str) -> str:
    """Take out blank lines; in preformatted text they become character references."""
    parts = []
    for i, part in enumerate(html.split("<pre")):
        inside, mark, after = part.partition("</pre>") if i else ("", "", part)
        while "\n\n" in inside:
            inside = inside.replace("\n\n", "\n&#10;")
        lines = [line for line in after.split("\n") if line.strip()]
        end = "\n" if after.endswith("\n") else ""
        parts.append(inside + mark + "\n".join(lines) + end)
    return "<pre".join(parts).strip("\n")
