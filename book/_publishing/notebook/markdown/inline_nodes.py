"""Write what stands in a line as Markdown: emphasis, code, links, formulas, pictures."""

import re
from contextlib import nullcontext
from html import escape as html_escape
from urllib.parse import quote as percent

from docutils import nodes

from _publishing.notebook.markdown import formulas
from _publishing.notebook.markdown.addresses_and_numbers import with_addresses
from _publishing.notebook.markdown.dispatch import Dispatcher
from _publishing.notebook.markdown.syntax import DOLLAR, code_span, escape, link, picture

_WORD = re.compile(r"\w")


class InlineKinds(Dispatcher):
    """Pieces of a line."""

    def inline_Text(self, node: nodes.Text) -> str:
        return escape(node.astext(), in_link=self.in_link, in_table=self.in_table)

    def inline_inline(self, node: nodes.Element) -> str:
        return self.line(node.children)

    inline_generated = inline_problematic = inline_target = inline_inline
    inline_pending_xref = inline_pending_xref_condition = inline_inline
    inline_SideNoteNode = inline_PassthroughTextElement = inline_inline

    def inline_emphasis(self, node: nodes.Element) -> str:
        return self._delimited(node, "*", "em")

    inline_title_reference = inline_emphasis
    inline_literal_emphasis = inline_emphasis

    def inline_strong(self, node: nodes.Element) -> str:
        return self._delimited(node, "**", "strong")

    inline_literal_strong = inline_strong
    inline_sd_badge = inline_strong

    def inline_subscript(self, node: nodes.Element) -> str:
        return f"<sub>{self.line(node.children)}</sub>"

    def inline_superscript(self, node: nodes.Element) -> str:
        return f"<sup>{self.line(node.children)}</sup>"

    def inline_literal(self, node: nodes.Element) -> str:
        return code_span(node.astext(), in_table=self.in_table)

    def inline_math(self, node: nodes.Element) -> str:
        text = formulas.inline(node.astext(), in_table=self.in_table)
        siblings = node.parent.children
        place = next(i for i, child in enumerate(siblings) if child is node)
        follows = place and isinstance(siblings[place - 1], nodes.math)  # $a$$b$ says another thing
        return f" {text}" if follows else text

    def inline_raw(self, node: nodes.Element) -> str:
        """Write HTML as it is; what is meant for other formats is not for us."""
        if "html" not in str(node.get("format", "")).split() or "sd-octicon" in node.astext():
            return ""
        return html_for_notebook(self, node.astext())

    def inline_footnote_reference(self, node: nodes.Element) -> str:
        return f"<sup>{node.astext() or '*'}</sup>"

    def inline_image(self, node: nodes.Element) -> str:
        """Write a picture; Markdown cannot say its size, HTML can."""
        address = self.page.picture(node)  # type: ignore[arg-type]
        alt = " ".join(str(node.get("alt", "")).split())
        size = "".join(
            f' {name}="{str(node[name]).removesuffix("px")}"'
            for name in ("width", "height")
            if node.get(name)
        )
        if size:
            address = percent(address, safe=":/?&=#%,;+@~!*'")
            return f'<img src="{address}" alt="{html_escape(alt).replace("$", "&#36;")}"{size}>'
        # `escape` leaves DOLLAR for a dollar sign of the text; here it is written at once.
        words = escape(alt, in_link=True, in_table=self.in_table).replace(DOLLAR, "&#36;")
        return picture(words, address, str(node.get("title", "")))

    def inline_reference(self, node: nodes.Element) -> str:
        """Write a link; one that only enlarges a picture is left out."""
        address = node.get("refuri")
        pictures = [child for child in node.children if isinstance(child, nodes.image)]
        if pictures and node.get("internal") and "_images/" in str(address):
            return self.line(node.children)
        if address is None:
            address = f"#{node['refid']}" if node.get("refid") else ""
        return self._link(node, self.page.url(str(address)))

    def inline_download_reference(self, node: nodes.Element) -> str:
        filename = node.get("filename")
        address = self.page.download(filename) if filename else str(node.get("refuri", ""))
        return self._link(node, address) if address else self.line(node.children)

    def _link(self, node: nodes.Element, address: str) -> str:
        if self.in_link:  # a link in a link is no link
            return self.line(node.children)
        with self.inside("in_link"):
            text = self.line(node.children)
        text = text.replace("](", r"]\(") if "![" not in text else text
        if node.astext() == address and re.fullmatch(r"https?://[^\s$|<>*\\`]+", address):
            return f"<{address}>"
        space = " " if text.startswith((" ", "\n")) else ""
        tail = " " if text.rstrip() != text and text.strip() else ""
        return f"{space}{link(text, address, str(node.get('reftitle', '')))}{tail}"

    def _delimited(self, node: nodes.Element, mark: str, tag: str) -> str:
        with self.inside("in_strong") if mark == "**" else nullcontext():
            text = self.line(node.children)
        inner = text.strip()
        if not inner or (mark == "**" and self.in_strong):
            return text
        before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        if self._marks_would_fail(node, inner):
            return f"{before}<{tag}>{inner}</{tag}>{after}"
        return f"{before}{mark}{inner}{mark}{after}"

    def _marks_would_fail(self, node: nodes.Element, inner: str) -> bool:
        """Whether stars would not open or close here: next to a letter and a sign."""
        last, following = _neighbour(node, -1), _neighbour(node, +1)
        clumsy = (_WORD.match(last) and not _WORD.match(inner[0])) or (
            _WORD.match(following) and not _WORD.match(inner[-1])
        )
        return bool(clumsy) or "*" in (last, following) or inner.endswith("\\")


def _neighbour(node: nodes.Element, step: int) -> str:
    """Return the character beside a node, or a star if that is emphasis, too."""
    siblings = node.parent.children
    index = next(i for i, child in enumerate(siblings) if child is node) + step
    if not 0 <= index < len(siblings):
        return "*" if isinstance(node.parent, (nodes.emphasis, nodes.strong)) else ""
    if isinstance(siblings[index], (nodes.emphasis, nodes.strong)):
        return "*"
    text = siblings[index].astext()
    return text[-1 if step < 0 else 0] if text else ""


def html_for_notebook(writer: Dispatcher, text: str) -> str:
    """Return HTML with addresses that work from anywhere, and dollars that begin no formula."""
    text = with_addresses(text, writer.page.url).replace("$", "&#36;")
    return text.replace("|", "&#124;") if writer.in_table else text
