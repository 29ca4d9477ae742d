"""Plan which code a notebook runs though the page hides it: that which other cells need.

Hidden are the cells that a page leaves out, and the code of solutions.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from docutils import nodes

from _publishing.in_page.worker import needed_cells
from _publishing.notebook.code_for_notebook import is_removed, parse, without_glue


@dataclass(frozen=True)
class CodePlan:
    """What becomes of the hidden cells of a chapter."""

    #: cells of solutions that nothing else needs: their code is shown and not run
    only_shown: set[int]
    #: cells that nothing in the notebook needs
    dropped: set[int]
    #: cell of a solution that must run -> the title of the solution
    titles: dict[int, str]


def plan(doctree: nodes.document, cells: Mapping[int, Mapping[str, Any]]) -> CodePlan:
    """Find which cells that a page hides must run because others need them."""
    titles: dict[int, str] = {}
    for solution in doctree.findall(nodes.Element):
        if type(solution).__name__ == "solution_node":
            title = solution[0].astext() if solution.children else "Solution"
            for cell in _code_cells(solution):
                titles[cell] = " ".join(title.split())
    order = sorted(cells)
    sources = [without_glue(cells[index]["source"]) for index in order]

    def needed(hidden: set[int], *, by: set[int]) -> set[int]:
        places = cells_needed(sources, map(order.index, hidden), map(order.index, by))
        return {order[place] for place in places}

    removed = {index for index, cell in cells.items() if is_removed(cell["metadata"])}
    for_the_book = removed - titles.keys()
    seen = cells.keys() - removed - titles.keys()
    prepared = needed(for_the_book, by=seen | titles.keys())
    run = needed(set(titles), by=seen | prepared)
    return CodePlan(
        only_shown=titles.keys() - run,
        dropped=for_the_book - prepared,
        titles={index: titles[index] for index in run},
    )


def _code_cells(node: nodes.Node) -> Iterable[int]:
    for child in node.findall(nodes.container):
        if child.get("nb_element") == "cell_code":
            yield int(child["cell_index"])


def cells_needed(sources: Sequence[str], hidden: Iterable[int], by: Iterable[int]) -> set[int]:
    """Return the positions of the hidden cells without which those at `by` cannot run."""
    hidden, by = set(hidden), set(by)
    if None in map(parse, sources):
        return hidden  # who can tell
    cells = [needed_cells.read(source) for source in sources]
    result: set[int] = set()
    for position in by:
        result |= hidden.intersection(needed_cells.needs(sources, position).cells)
    # `needs` gives imports apart from cells. A hidden cell runs, too, if it has an import that is
    # used and that no visible cell has.
    used = set[str]().union(*(cells[position].uses for position in {*by, *result}))
    bound = set[str]().union(*(cell.imports for n, cell in enumerate(cells) if n not in hidden))
    return result | {n for n in hidden if cells[n].imports.keys() & used - bound}
