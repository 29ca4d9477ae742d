"""Write what Jupyter Book's extensions add: exercises, proofs, tabs, cards, dropdowns."""

from docutils import nodes

from _publishing.notebook.code_for_notebook import without_glue
from _publishing.notebook.markdown.block_nodes import BlockKinds
from _publishing.notebook.markdown.blocks import Block, Code, folded, quoted
from _publishing.notebook.markdown.syntax import fence, link, url


class ExtensionKinds(BlockKinds):
    """Blocks of sphinx-exercise, sphinx-proof, sphinx-togglebutton, the theme and sphinx-design."""

    # sphinx-exercise

    def block_exercise_node(self, node: nodes.Element) -> list[Block]:
        return self.titled(node, self._exercise_title(node), self.flow(node.children[1:]))

    block_exercise_enumerable_node = block_exercise_node

    def _exercise_title(self, node: nodes.Element) -> str:
        words = self.bold_line(node[0].children)
        number = self.page.number("exercise", node)
        title = node[0]
        form = str(title.get("title", "")) if isinstance(title, nodes.Element) else ""
        if "%s" in form:
            return f"{form.replace('%s', number).strip()} {words}".strip()
        return words

    def block_solution_node(self, node: nodes.Element) -> list[Block]:
        """Write a solution, folded: all of its code to read, and what must run as cells."""
        with self.inside("in_link"):  # a click on the title unfolds: it is no link
            title = self.bold_line(node[0].children)
        body: list[Block] = []
        for block in self.flow(node.children[1:]):
            if isinstance(block, Code):
                body.append(fence(without_glue(self.cells[block.index]["source"]), "python"))
            if not isinstance(block, Code) or block.index not in self.code_plan.only_shown:
                body.append(block)
        return self.fold(title, body)

    # sphinx-proof

    def block_Admonition(self, node: nodes.Element) -> list[Block]:
        """Write an admonition; a theorem, a lemma and their like have a number."""
        if "realtype" not in node:
            return super().block_Admonition(node)
        name = str(node["realtype"]).capitalize()
        number = self.page.number(str(node.get("countertype", "")), node)
        has_title = bool(node.children) and isinstance(node[0], nodes.title)
        words = self.bold_line(node[0].children) if has_title else ""
        title = " ".join(part for part in (name, number, words) if part)
        return self.titled(node, title, self.flow(node.children[has_title:]))

    block_proof_node = BlockKinds.block_compound  # its first word says what it is

    # sphinx-design, sphinx-togglebutton, the theme

    def block_container(self, node: nodes.Element) -> list[Block]:
        """Write what unfolds or stands aside, and parts of a design."""
        classes: list[str] = node.get("classes", [])
        if "toggle" in classes:
            is_open = "toggle-shown" in classes
            return folded("Click to show", self.flow(node.children), is_open=is_open)
        component = str(node.get("design_component", "")).replace("-", "_")
        method = getattr(self, f"design_{component}", None) if component else None
        return list(method(node)) if method else super().block_container(node)

    def block_sd_tab_label(self, node: nodes.Element) -> list[Block]:
        return [f"**{self.bold_line(node.children)}**"]

    design_tab_content = BlockKinds.block_block_quote

    def design_card(self, node: nodes.Element) -> list[Block]:
        """Write a card as a box; a card that is a link ends with one."""
        links = [
            ref for ref in node.findall(nodes.reference) if "sd-stretched-link" in ref["classes"]
        ]
        holders = [ref.parent for ref in links]  # they hold nothing else
        blocks = self.flow(child for child in node.children if child not in holders)
        for ref in links:
            address = ref.get("refuri") or f"#{ref.get('refid', '')}"
            with self.inside("in_link"):
                words = self.title_line(ref.children)
            target = self.page.url(str(address))
            same = ref.astext() == target
            blocks.append(f"→ <{url(target)}>" if same else f"→ {link(words, target)}")
        return quoted(blocks)

    def design_card_title(self, node: nodes.Element) -> list[Block]:
        words = " ".join(self.bold_line(c.children) for c in node.children)
        return [f"**{words}**"] if words else []

    def block_dropdown_main(self, node: nodes.Element) -> list[Block]:
        title, *body = node.children
        words = self.bold_line(
            child
            for child in title.children
            if "sd-summary-text" in child.get("classes", [])  # type: ignore[attr-defined]
        )
        return self.fold(words or "More", self.flow(body), is_open=bool(node.get("opened")))

    block_aside_main = BlockKinds.block_block_quote
