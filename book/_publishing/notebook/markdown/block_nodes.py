"""Write blocks as Markdown: paragraphs, tables, figures, admonitions, code."""

import re

from docutils import nodes

from _publishing.notebook.markdown import formulas
from _publishing.notebook.markdown.blocks import Block, Code, Heading, folded, listed, quoted
from _publishing.notebook.markdown.inline_nodes import html_for_notebook
from _publishing.notebook.markdown.list_nodes import ListKinds
from _publishing.notebook.markdown.markdown_to_html_and_raw_html import inline_html, no_blank_lines
from _publishing.notebook.markdown.syntax import fence, paragraph
from _publishing.notebook.markdown.tables import table

#: Names of lexers that say nothing, or that a notebook calls otherwise.
_LANGUAGES = {
    "default": "",
    "none": "",
    "ipython3": "python",
    "ipython": "python",
    "text": "",
    "udiff": "diff",
    "myst-ansi": "",
}


class BlockKinds(ListKinds):
    """Blocks of docutils and Sphinx."""

    def block_section(self, node: nodes.Element) -> list[Block]:
        """Write a section; one without a title only groups."""
        if not node.children or not isinstance(node[0], nodes.title):
            return self.flow(node.children)
        self.level += 1
        title = self.page.section_number(node) + self.title_line(node[0].children)
        title = re.sub(r"(?:^|(?<=\s))#+$", r"\\\g<0>", title)  # they would close the heading
        heading = Heading(f"{'#' * min(self.level, 6)} {title}")
        blocks = self.flow(node.children[1:])
        self.level -= 1
        return [heading, *blocks]

    def block_container(self, node: nodes.Element) -> list[Block]:
        """Write a group, a listing with its caption, or a code cell."""
        if node.get("nb_element") == "cell_code":
            return self._code_cell(node)
        if node.get("literal_block"):
            return self._listing(node)
        return self.flow(node.children)

    def block_compound(self, node: nodes.Element) -> list[Block]:
        return self.flow(node.children)

    block_document = block_paragraph = block_legend = block_compound
    block_only = block_glossary = block_definition = block_compound

    def block_rubric(self, node: nodes.Element) -> list[Block]:
        text = self.bold_line(node.children)
        return [f"**{text}**"] if text else []

    block_term = block_title = block_caption = block_rubric

    def block_transition(self, node: nodes.Element) -> list[Block]:
        return [] if "footnotes" in node.get("classes", []) else ["---"]

    def block_raw(self, node: nodes.Element) -> list[Block]:
        """Write HTML as it is."""
        text = node.astext()
        if "html" not in str(node.get("format", "")).split() or not text.strip():
            return []
        return [no_blank_lines(html_for_notebook(self, text))]

    # Code and formulas

    def block_literal_block(self, node: nodes.Element) -> list[Block]:
        language = str(node.get("language", ""))
        return [fence(node.astext(), _LANGUAGES.get(language, language))]

    def _listing(self, node: nodes.Element) -> list[Block]:
        rest = [child for child in node.children if not isinstance(child, nodes.caption)]
        return [*self._caption("code-block", node), *self.flow(rest)]

    def block_math_block(self, node: nodes.Element) -> list[Block]:
        return [formulas.display(node.astext(), self.page.equation(node))]

    # Figures and tables

    def block_figure(self, node: nodes.Element) -> list[Block]:
        words = (nodes.caption, nodes.legend)
        return [
            *self.flow(child for child in node.children if not isinstance(child, words)),
            *self._caption("figure", node),
            *self.flow(child for child in node.children if isinstance(child, nodes.legend)),
        ]

    def block_table(self, node: nodes.Element) -> list[Block]:
        return [*self._caption("table", node), table(self, node)]  # type: ignore[arg-type]

    def _caption(self, counter: str, node: nodes.Element) -> list[Block]:
        label = self.page.label(counter, node)
        named = (one for one in node.children if isinstance(one, (nodes.caption, nodes.title)))
        caption = next(named, nodes.caption())
        parts = [f"**{label}**" if label else "", self.title_line(caption.children)]
        text = " ".join(part for part in parts if part)
        return [paragraph(text)] if text else []

    def _code_cell(self, node: nodes.Element) -> list[Block]:
        """Return a code cell's place, and the captions of the figures that come from running it.

        A cell whose code is hidden has a title, which names its figures.
        """
        index, figures = int(node["cell_index"]), list(node.findall(nodes.figure))
        labels = (self.page.label("figure", figure) for figure in figures)
        self.figures[index] = ", ".join(label for label in labels if label)
        return [Code(index), *(b for figure in figures for b in self._caption("figure", figure))]

    # Quotations and admonitions

    def block_block_quote(self, node: nodes.Element) -> list[Block]:
        return quoted(self.flow(node.children))

    def block_attribution(self, node: nodes.Element) -> list[Block]:
        return [f"— {paragraph(self.line(node.children))}"]

    def block_Admonition(self, node: nodes.Element) -> list[Block]:
        """Write an admonition under its title, which Sphinx has put into it; it may be folded."""
        has_title = bool(node.children) and isinstance(node[0], nodes.title)
        title = self.bold_line(node[0].children) if has_title else ""
        return self.titled(node, title, self.flow(node.children[has_title:]))

    block_sidebar = block_Admonition
    block_topic = block_Admonition

    def titled(self, node: nodes.Element, title: str, body: list[Block]) -> list[Block]:
        """Write a box with a title: as a quotation, or folded if its class says so."""
        if "dropdown" in node.get("classes", []) or "toggle" in node.get("classes", []):
            return self.fold(title, body)
        return quoted([f"**{title}**", *body] if title else body)

    def fold(self, title: str, body: list[Block], *, is_open: bool = False) -> list[Block]:
        """Write a box that unfolds."""
        return folded(f"<b>{inline_html(title)}</b>", body, is_open=is_open)

    # Footnotes and citations

    def block_footnote(self, node: nodes.Element) -> list[Block]:
        label = "".join(c.astext() for c in node.children if isinstance(c, nodes.label))
        body = [child for child in node.children if not isinstance(child, nodes.label)]
        return self.named(f"<sup>{label or '*'}</sup>", body, sep="")

    def block_citation(self, node: nodes.Element) -> list[Block]:
        label, *body = node.children
        name = rf"**\[{label.astext()}\]**"
        return listed("-", self.named(name, body, sep=""), tight=False)
