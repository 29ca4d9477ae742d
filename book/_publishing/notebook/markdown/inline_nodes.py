"""Write what stands in a line as Markdown: emphasis, code, links, formulas, pictures."""

from docutils import nodes

from _publishing.notebook.markdown import formulas
from _publishing.notebook.markdown.dispatch import Dispatcher
from _publishing.notebook.markdown.html_of_other_nodes import html_of
from _publishing.notebook.markdown.syntax import DOLLAR, code_span, escape, link, picture


class InlineKinds(Dispatcher):
    """Pieces of a line; `Dispatcher.piece` calls ``inline_<class>`` for a node of that class."""

    def inline_Text(self, node: nodes.Text) -> str:
        return escape(node.astext(), in_link=self.in_link)

    def inline_inline(self, node: nodes.Element) -> str:
        return self.line(node.children)

    inline_generated = inline_problematic = inline_target = inline_pending_xref = inline_inline

    def inline_emphasis(self, node: nodes.Element) -> str:
        return f"*{self.line(node.children)}*"

    def inline_strong(self, node: nodes.Element) -> str:
        return f"**{self.line(node.children)}**"

    def inline_literal(self, node: nodes.Element) -> str:
        return code_span(node.astext())

    def inline_math(self, node: nodes.Element) -> str:
        return formulas.inline(node.astext())

    def inline_image(self, node: nodes.Element) -> str:
        if node.get("width") or node.get("height"):
            return html_of(self.page, node)  # Markdown cannot say a size
        alt = escape(" ".join(str(node.get("alt", "")).split()), in_link=True)
        # `escape` leaves DOLLAR for a dollar sign of the text; `dollars` would later make HTML of
        # it, which no alt text can hold: here it is written at once.
        address = self.page.picture(node)  # type: ignore[arg-type]
        return picture(alt.replace(DOLLAR, "&#36;"), address)

    def inline_reference(self, node: nodes.Element) -> str:
        if "filename" in node:  # of a download
            return html_of(self.page, node)
        address = node.get("refuri", f"#{node.get('refid', '')}")
        self.in_link = True
        text = self.line(node.children)
        self.in_link = False
        return link(text, self.page.url(address), str(node.get("reftitle", "")))
