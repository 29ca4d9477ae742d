"""Write blocks as Markdown: sections, paragraphs, lists, figures, admonitions, code."""

from collections.abc import Sequence
from html import escape as escape_html
from textwrap import indent

from docutils import nodes

from _publishing.notebook.markdown import formulas
from _publishing.notebook.markdown.blocks import Block, Code, Heading, folded, quoted
from _publishing.notebook.markdown.dispatch import Dispatcher
from _publishing.notebook.markdown.html_of_other_nodes import html_of
from _publishing.notebook.markdown.syntax import fence, paragraph
from _publishing.notebook.markdown.tables import table

#: Names of lexers that say nothing, or that a notebook calls otherwise.
_LANGUAGES = {"default": "", "none": "", "text": "", "ipython3": "python", "myst-ansi": ""}


class BlockKinds(Dispatcher):
    """Blocks of docutils and Sphinx."""

    def block_section(self, node: nodes.Element) -> list[Block]:
        """Write a section; one without a title only groups."""
        if not node.children or not isinstance(node[0], nodes.title):
            return self.flow(node.children)
        self.level += 1
        title = self.page.section_number(node) + self.title_line(node[0].children)
        heading = Heading(f"{'#' * min(self.level, 6)} {title}")
        blocks = self.flow(node.children[1:])
        self.level -= 1
        return [heading, *blocks]

    def block_compound(self, node: nodes.Element) -> list[Block]:
        return self.flow(node.children)

    block_document = block_paragraph = block_legend = block_only = block_compound

    def block_container(self, node: nodes.Element) -> list[Block]:
        """Write a group, a listing, or a code cell's place and the captions of its figures.

        A cell whose code is hidden has a title, which names the figures that it draws.
        """
        if node.get("literal_block"):
            return [*self._caption("code-block", node), *self.flow(node.children[1:])]
        if node.get("nb_element") != "cell_code":
            return self.flow(node.children)
        index, figures = int(node["cell_index"]), list(node.findall(nodes.figure))
        labels = (self.page.label("figure", figure) for figure in figures)
        self.figures[index] = ", ".join(label for label in labels if label)
        return [Code(index), *(b for figure in figures for b in self._caption("figure", figure))]

    # Code, formulas, quotations

    def block_literal_block(self, node: nodes.Element) -> list[Block]:
        language = str(node.get("language", ""))
        return [fence(node.astext(), _LANGUAGES.get(language, language))]

    def block_math_block(self, node: nodes.Element) -> list[Block]:
        return [formulas.display(node.astext(), self.page.number("displaymath", node))]

    def block_block_quote(self, node: nodes.Element) -> list[Block]:
        return quoted(self.flow(node.children))

    # Lists

    def block_bullet_list(self, node: nodes.Element) -> list[Block]:
        return self._list(node, ["-"] * len(node.children))

    def block_enumerated_list(self, node: nodes.Element) -> list[Block]:
        """Write a numbered list; Markdown knows no letters and no Roman numerals."""
        start = int(node.get("start", 1))
        return self._list(node, [f"{start + place}." for place in range(len(node.children))])

    def _list(self, node: nodes.Element, markers: Sequence[str]) -> list[Block]:
        below = [child for item in node.children for child in item.children[1:]]
        between = "\n" if all(isinstance(one, nodes.bullet_list) for one in below) else "\n\n"
        items = []
        for marker, item in zip(markers, node.children, strict=True):
            text = between.join(
                block for block in self.flow(item.children) if isinstance(block, str)
            )
            width = len(marker) + 1
            items.append(f"{marker} {indent(text, ' ' * width)[width:]}".rstrip())
        return [between.join(items)]

    # Figures and tables

    def block_figure(self, node: nodes.Element) -> list[Block]:
        words = (nodes.caption, nodes.legend)
        return [
            *self.flow(child for child in node.children if not isinstance(child, words)),
            *self._caption("figure", node),
            *self.flow(child for child in node.children if isinstance(child, nodes.legend)),
        ]

    def block_table(self, node: nodes.Element) -> list[Block]:
        written = table(self, node)  # type: ignore[arg-type]
        if not written:  # HTML has its caption
            return [html_of(self.page, node)]
        return [*self._caption("table", node), written]

    def _caption(self, counter: str, node: nodes.Element) -> list[Block]:
        label = self.page.label(counter, node)
        named = (one for one in node.children if isinstance(one, (nodes.caption, nodes.title)))
        caption = next(named, nodes.caption())
        parts = [f"**{label}**" if label else "", self.title_line(caption.children)]
        text = " ".join(part for part in parts if part)
        return [paragraph(text)] if text else []

    # Admonitions

    def block_Admonition(self, node: nodes.Element) -> list[Block]:
        """Write a box under its title, which Sphinx has put into it."""
        return self.titled(node)

    def titled(self, node: nodes.Element, number: str = "") -> list[Block]:
        """Write a box whose first child is a title: quoted, or folded if its class says so."""
        body = self.flow(node.children[1:])
        if "dropdown" in node.get("classes", []):
            return self.fold(f"{number} {node[0].astext()}", body)
        title = f"{number} {self.title_line(node[0].children)}".strip()
        return quoted([f"**{title}**", *body])

    def fold(self, title: str, body: list[Block]) -> list[Block]:
        """Write a box that unfolds when its title is clicked."""
        return folded(f"<b>{escape_html(' '.join(title.split()), quote=False)}</b>", body)
