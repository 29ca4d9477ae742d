"""Write the exercises and solutions of sphinx-exercise as Markdown."""

from docutils import nodes

from _publishing.notebook.code_for_notebook import without_glue
from _publishing.notebook.markdown.block_nodes import BlockKinds
from _publishing.notebook.markdown.blocks import Block, Code
from _publishing.notebook.markdown.syntax import fence


class ExerciseKinds(BlockKinds):
    """Boxes with a number, and what solves them: `Dispatcher` calls methods by a node's class.

    `self.cells` has the code cells of the source, by index.
    """

    def block_exercise_node(self, node: nodes.Element) -> list[Block]:
        form = str(node[0].get("title", ""))  # type: ignore[attr-defined]
        return self.titled(node, form.replace("%s", self.page.number("exercise", node)))

    block_exercise_enumerable_node = block_exercise_node

    def block_solution_node(self, node: nodes.Element) -> list[Block]:
        """Write a solution, folded, with its code to read: what it computes nothing else needs."""
        body: list[Block] = [
            fence(without_glue(self.cells[block.index]["source"]), "python")
            if isinstance(block, Code)
            else block
            for block in self.flow(node.children[1:])
        ]
        return self.fold(node[0].astext(), body)
