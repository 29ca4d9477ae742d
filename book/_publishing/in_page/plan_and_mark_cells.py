"""Plan which cells can run in the page, mark them, and have what runs them written.

A cell that can run has the class ``run-<topic>-<number>``; in the browser,
`book/_static/run-buttons.js` gives it its buttons. All else loads at a click: `runtime_files`.
`app.dlcourse_book`, from `execution.provide_outputs`, knows the package.
"""

import hashlib
import json
import os
from pathlib import Path
from typing import NamedTuple

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from _publishing.connect_for_html_only import after_build
from _publishing.execution.build_state import recorded
from _publishing.execution.package_source import PLAIN_DECORATORS, Package
from _publishing.in_page import runtime_files
from _publishing.in_page.which_cells_run import Plan, plans
from _publishing.source.chapter_names import topic_of

#: The anchor that `_static/run-buttons.js` gives to a page's first cell that runs and is seen.
FIRST_THAT_RUNS = "run-here"
#: Decorators that only change the function below them: the package's own "styled" among them.
#: `Package` counts a function below any other as run on import; a cell that imports its module
#: would then need all that the function uses.
PLAIN_IN_PAGE = PLAIN_DECORATORS | {"styled"}


class Planned(NamedTuple):
    """A page's plans, one for each cell, and the fingerprint of what they were made from."""

    key: str
    plans: list[Plan]

    @property
    def marks(self) -> list[int]:
        """The numbers of the cells that have buttons."""
        return [number for number, plan in enumerate(self.plans) if plan.runs]


NOTHING = Planned("", [])


def planned(env: BuildEnvironment) -> dict[str, Planned]:
    """Return the plans of each page."""
    result: dict[str, Planned] = vars(env).setdefault("dlcourse_in_page", {})
    return result


def plan_pages(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Plan every page whose cells or package have changed; return those that now look different."""
    dependencies = app.dlcourse_book.dependencies  # type: ignore[attr-defined]
    package = Package(dependencies.package.root.parent, plain=PLAIN_IN_PAGE)
    before = planned(env)
    now: dict[str, Planned] = {}
    pages = {} if os.environ.get("RUN_IN_PAGE") == "0" else recorded(env)
    for docname, page in pages.items():
        # `state`: the fingerprint of the package, the lock and Python
        recipe = json.dumps([dependencies.state, page.chapter.cells])
        key = hashlib.sha256(recipe.encode()).hexdigest()
        earlier = before.get(docname, NOTHING)
        is_new = earlier.key != key
        now[docname] = Planned(key, plans(package, page.chapter.cells)) if is_new else earlier
    vars(env)["dlcourse_in_page"] = now
    names = sorted(now.keys() | before.keys())
    return [n for n in names if now.get(n, NOTHING).marks != before.get(n, NOTHING).marks]


def runs_here(env: BuildEnvironment, docname: str) -> bool:
    """Whether a page has cells that run in it."""
    return bool(planned(env).get(docname, NOTHING).marks)


def mark(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Give each cell that can run its class."""
    if not runs_here(app.env, docname):
        return
    marks = planned(app.env)[docname].marks
    places = recorded(app.env)[docname].places
    for node in doctree.findall(nodes.container):
        if node.get("nb_element") == "cell_code" and node["cell_index"] in places:
            number = places.index(node["cell_index"])
            if number in marks:
                node["classes"].append(f"run-{topic_of(docname)}-{number}")


def write(app: Sphinx) -> None:
    """Write what runs the marked cells."""
    pages = {topic_of(name): page.plans for name, page in planned(app.env).items() if page.marks}
    package = app.dlcourse_book.dependencies.package.root  # type: ignore[attr-defined]
    runtime_files.write(Path(app.outdir), package, pages)


def setup(app: Sphinx) -> None:
    """Plan when every page is read, mark when a page is written, copy at the end."""
    app.connect("env-updated", plan_pages)
    app.connect("doctree-resolved", mark)
    after_build(app, write)
