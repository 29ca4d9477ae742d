"""Decide which cells can run in the page: those that use nothing that the page lacks.

A cell is read together with the cells and imports that it needs, and followed through the
package, definition by definition: all that it reaches must be in the page. `plan_and_mark_cells`
marks cells by these plans, `runtime_files` ships what they load.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass

from _publishing.execution import names_used
from _publishing.execution.package_reach import reach
from _publishing.execution.package_source import Package
from _publishing.in_page.worker import needed_cells

#: What is imported -> the package of Pyodide's that holds it.
LIBRARIES = {
    "numpy": "numpy",
    "matplotlib": "matplotlib",
    "cycler": "matplotlib",
    "PIL": "pillow",
}
#: What opens a photograph that lies beside it in the page.
PHOTOGRAPH = ("sklearn.datasets", "load_sample_image")
#: What `worker/sklearn` has of scikit-learn.
STAND_INS = {
    ("sklearn.datasets", "make_moons"),
    ("sklearn.datasets", "load_iris"),
    PHOTOGRAPH,
    ("sklearn.model_selection", "train_test_split"),
}
#: What the package imports only to hand values to the book: in a page it does without.
OPTIONAL = {"IPython", "myst_nb", "matplotlib_inline"}
#: What a page's Python has and cannot use: other programs, processes, connections.
UNUSABLE = {"subprocess", "multiprocessing", "socket", "tkinter"}


@dataclass(frozen=True)
class Plan:
    """What it takes to run a cell in the page."""

    source: str
    #: whether the page can run it
    runs: bool
    #: packages of Pyodide's, and files of the package, to be loaded first
    packages: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


def plans(package: Package, sources: Sequence[str]) -> list[Plan]:
    """Return a plan for each cell of a page."""
    return [_plan(package, sources, number) for number in range(len(sources))]


def _plan(package: Package, sources: Sequence[str], number: int) -> Plan:
    """Return the plan of one cell."""
    needed = needed_cells.needs(sources, number)
    to_run = [*needed.imports, *(sources[n] for n in (*needed.cells, number))]
    code = names_used.fragment_of([node for text in to_run for node in names_used.parse(text)])
    reached = reach(package, code)
    # `imports` has what import statements say, a module and the name in it; `libraries` has the
    # first names of modules alone. Of scikit-learn each name counts.
    imports = reached.imports | {(name, None) for name in reached.libraries - {"sklearn"}}
    tops = {name.partition(".")[0] for name, _ in imports} - {package.name}
    # Modules of the package may import these without using them for a cell.
    used_here = {name.partition(".")[0] for name, _ in code.imported}
    # `everything`: some code cannot be followed, so it may need what the page lacks.
    hindered = reached.everything or used_here & UNUSABLE
    # A cell without code, such as one that is not to be executed, has nothing to run.
    runs = (
        bool(sources[number])
        and not hindered
        and all(_is_there(name, attribute, package.name) for name, attribute in imports)
    )
    files = [f"{package.name}/{name}" for name in reached.data]
    if PHOTOGRAPH in imports:
        files.append("sklearn/china.jpg")
        tops.add("PIL")
    return Plan(
        sources[number],
        runs,
        tuple(sorted({LIBRARIES[top] for top in tops & set(LIBRARIES)})),
        tuple(sorted(files)),
    )


def _is_there(name: str, attribute: str | None, package: str) -> bool:
    """Whether the page has what is imported."""
    top = name.partition(".")[0]
    if top == "sklearn":
        return (name, attribute) in STAND_INS
    return top in {package, *LIBRARIES, *OPTIONAL} or top in sys.stdlib_module_names
