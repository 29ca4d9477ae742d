"""Let cells run in the page: mark those that can, and write what runs them.

A cell that can run has the class ``run-<topic>-<number>``; `_static/run-cells.js` gives it its
buttons. All else loads at the first click, from ``run/`` on the site itself.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes

from _publishing.events import after_build
from _publishing.execution.package_source import Package
from _publishing.execution.stale_chapters import job_for, recorded
from _publishing.in_page import pyodide_files
from _publishing.in_page.runnable_cells import PLAIN, Plan, files_of, plans
from _publishing.site_files import write_if_changed
from _publishing.source.toc import topic_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

FOLDER = "run"
#: The anchor that `_static/run-cells.js` gives to a page's first cell that runs and is seen.
FIRST_THAT_RUNS = "run-here"


def is_on() -> bool:
    """Whether the site is to run cells; ``RUN_IN_PAGE=0`` builds it without."""
    return os.environ.get("RUN_IN_PAGE") != "0"


def known(env: BuildEnvironment) -> dict[str, tuple[str, list[Plan]]]:
    """Return each page's plans, with the fingerprint of what they were made from."""
    result: dict[str, tuple[str, list[Plan]]] = vars(env).setdefault("dlcourse_in_page", {})
    return result


def plan_pages(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Plan every page whose cells or package have changed; return those that now look different."""
    before = dict(known(env))
    known(env).clear()
    if not is_on() or app.builder.name != "html":
        return sorted(name for name, (_, several) in before.items() if _marks(several))
    dependencies = app.dlcourse_book.dependencies  # type: ignore[attr-defined]
    package = Package(dependencies.package.root.parent, plain=PLAIN)
    for docname, page in recorded(env).items():
        recipe = json.dumps([dependencies.state, page.chapter.cells])
        key = hashlib.sha256(recipe.encode()).hexdigest()
        earlier = before.get(docname)
        if earlier and earlier[0] == key:
            known(env)[docname] = earlier
        else:
            known(env)[docname] = key, plans(package, page.chapter.cells)
    return sorted(
        name
        for name in known(env).keys() | before.keys()
        if _marks(known(env).get(name, ("", []))[1]) != _marks(before.get(name, ("", []))[1])
    )


def _marks(several: list[Plan]) -> list[int]:
    """Return the numbers of the cells that have buttons."""
    return [number for number, plan in enumerate(several) if plan.runs]


def runs_here(env: BuildEnvironment, docname: str) -> bool:
    """Whether a page has cells that run in it."""
    return bool(_marks(known(env).get(docname, ("", []))[1]))


def mark(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Give each cell that can run its class."""
    if not runs_here(app.env, docname):
        return
    _, several = known(app.env)[docname]
    job = job_for(app.env, app.dlcourse_book, docname)  # type: ignore[attr-defined]
    cells = job.notebook.cells if job else []
    order = [index for index, cell in enumerate(cells) if cell.cell_type == "code"]
    for node in doctree.findall(nodes.container):
        if node.get("nb_element") == "cell_code" and node["cell_index"] in order:
            number = order.index(node["cell_index"])
            if several[number].runs:
                node["classes"].append(f"run-{topic_of(docname)}-{number}")


def write(app: Sphinx) -> None:
    """Write what the pages load at a click; take away what no page asks for."""
    folder = Path(app.outdir) / FOLDER
    pages = {topic_of(name): several for name, (_, several) in known(app.env).items()}
    pages = {topic: several for topic, several in pages.items() if _marks(several)}
    if not pages:
        shutil.rmtree(folder, ignore_errors=True)
        return
    written = pyodide_files.write_python(folder)
    source = app.dlcourse_book.dependencies.package.root  # type: ignore[attr-defined]
    every = set().union(*(files_of(several) for several in pages.values()))
    written |= pyodide_files.write_package(folder, source, every)
    for topic, several in pages.items():
        page: dict[str, Any] = {"cells": [asdict(plan) for plan in several]}
        page["sizes"] = pyodide_files.sizes(folder, several)
        path = folder / "pages" / f"{topic}.json"
        written.add(write_if_changed(path, json.dumps(page, sort_keys=True).encode()))
    for path in folder.rglob("*"):
        if path.is_file() and path not in written:
            path.unlink()


def setup(app: Sphinx) -> None:
    """Plan when every page is read, mark when a page is written, copy at the end."""
    app.connect("env-updated", plan_pages)
    app.connect("doctree-resolved", mark)
    after_build(app, write)
