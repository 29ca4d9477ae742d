"""Plan which cells can run in the page, mark them, and have what runs them written.

A cell that can run has the class ``run-<topic>-<number>``; in the browser,
`book/_static/run-buttons.js` gives it its buttons. All else loads at a click: `runtime_files`.
"""

import os
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from _publishing.connect_for_html_only import after_build
from _publishing.execution.build_state import dependencies_of, recorded
from _publishing.execution.output_dependencies import Chapter
from _publishing.in_page import runtime_files
from _publishing.in_page.which_cells_run import Plan, plans
from _publishing.source.chapter_names import topic_of

#: The anchor that `_static/run-buttons.js` gives to a page's first cell that runs and is seen.
FIRST_THAT_RUNS = "run-here"


def planned(env: BuildEnvironment) -> dict[str, list[Plan]]:
    """Return the plans of each page, one for each cell."""
    result: dict[str, list[Plan]] = vars(env).setdefault("dlcourse_in_page", {})
    return result


def marks(env: BuildEnvironment, docname: str) -> list[int]:
    """Return the numbers of a page's cells that have buttons."""
    return [number for number, plan in enumerate(planned(env).get(docname, [])) if plan.runs]


def plan_pages(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Plan every page; return those that now look different."""
    dependencies = dependencies_of(app)

    def plan(chapter: Chapter) -> list[Plan]:
        return plans(dependencies.package, chapter.cells)

    pages = {} if os.environ.get("RUN_IN_PAGE") == "0" else recorded(env)
    names = sorted(planned(env).keys() | pages.keys())
    before = {name: marks(env, name) for name in names}
    vars(env)["dlcourse_in_page"] = {
        name: dependencies.once("plans", page.chapter, plan) for name, page in pages.items()
    }
    return [name for name in names if marks(env, name) != before[name]]


def mark(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Give each cell that can run its class."""
    running = marks(app.env, docname)
    for node in doctree.findall(nodes.container):
        # `provide_outputs` counts all code cells of a page from 1, those not executed too.
        number = (node.get("exec_count") or 0) - 1
        if node.get("nb_element") == "cell_code" and number in running:
            node["classes"].append(f"run-{topic_of(docname)}-{number}")


def write(app: Sphinx) -> None:
    """Write what runs the marked cells."""
    env = app.env
    pages = {topic_of(name): page for name, page in planned(env).items() if marks(env, name)}
    runtime_files.write(Path(app.outdir), dependencies_of(app).package.root, pages)


def setup(app: Sphinx) -> None:
    """Plan when every page is read, mark when a page is written, copy at the end."""
    app.connect("env-updated", plan_pages)
    app.connect("doctree-resolved", mark)
    after_build(app, write)
