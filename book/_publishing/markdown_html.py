"""Markdown inside HTML: for the few places where Markdown has no words of its own."""

from __future__ import annotations

from functools import cache
from html import escape

from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin


@cache
def _parser() -> MarkdownIt:
    """Make a parser that leaves mathematics to the page that shows the notebook."""
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])

    def keep(content: str, options: dict[str, bool]) -> str:
        mark = "$$" if options.get("display_mode") else "$"
        return f"{mark}{escape(content, quote=False)}{mark}"

    parser.use(dollarmath_plugin, renderer=keep, double_inline=True)
    return parser


def block_html(markdown: str) -> str:
    """Return Markdown blocks as HTML without a blank line, which would end an HTML block."""
    html = _parser().render(markdown).replace("<p><img", "<p ><img").strip()
    if html.count("<p>") == 1 and html.startswith("<p>") and html.endswith("</p>"):
        html = html[3:-4]
    return no_blank_lines(html.replace("<p ><img", "<p><img"))


def inline_html(markdown: str) -> str:
    """Return inline Markdown as HTML."""
    return str(_parser().renderInline(" ".join(markdown.split("\n")))).strip()


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
