"""How long each chapter took to execute: the table ``{execution-times}``.

The seconds are those of the run that made a chapter's outputs, perhaps in an earlier build. They
stand on this one page and nowhere else, so that all others are the same in every build. The page
is written again whenever one of them changes.
"""

from collections.abc import Sequence
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective
from sphinx.util.nodes import clean_astext

from _publishing.execution.build_state import recorded
from _publishing.source.chapter_names import chapters

#: Says in a page's metadata that it has the table.
SHOWING = "dlcourse_times_on"


class execution_times(nodes.General, nodes.Element):  # noqa: N801  (docutils' nodes are lower case)
    """Stands where the table will be, until every chapter has been executed."""


class ExecutionTimes(SphinxDirective):
    """A row for each chapter that has code, in the order of the book."""

    def run(self) -> list[nodes.Node]:
        """Leave a place for the table."""
        self.env.metadata[self.env.docname][SHOWING] = True
        return [execution_times()]


def times(app: Sphinx) -> list[tuple[str, int, float]]:
    """Return each chapter that has code, its number of cells, and how many seconds they took."""
    known = recorded(app.env)
    data: dict[str, dict[str, Any]] = vars(app.env).get("nb_metadata", {})
    times = []
    for docname in chapters(app):
        executed = data.get(docname, {}).get("exec_data")
        cells = known[docname].chapter.cells if docname in known else ()
        if executed and cells:
            times.append((docname, len(cells), executed["runtime"]))
    return times


class FillTable(SphinxPostTransform):
    """Put the table in its place."""

    default_priority = 8  # before references are resolved

    def run(self, **_: Any) -> None:
        """Replace each place that was left."""
        for node in list(self.document.findall(execution_times)):
            node.replace_self(table(self.app, self.env.docname))


def table(app: Sphinx, docname: str) -> list[nodes.Node]:
    """Make the table, and a line that sums it up."""
    rows = times(app)
    total = sum(seconds for *_, seconds in rows)
    body = [
        [_link(app, docname, chapter), nodes.Text(str(cells)), nodes.Text(_say(seconds))]
        for chapter, cells, seconds in rows
    ]
    head = [nodes.Text(text) for text in ("chapter", "cells of code", "seconds")]
    line = (
        f"In all, {_say(total)} seconds, each chapter on the machine that executed it. Chapters "
        "are executed side by side, so a build takes less."
    )
    return [_rows(head, body), nodes.paragraph(text=line)]


def _say(seconds: float) -> str:
    """Write seconds as finely as they mean something."""
    return f"{seconds:.1f}" if seconds < 10 else f"{seconds:.0f}"


def _link(app: Sphinx, here: str, docname: str) -> nodes.reference:
    uri = app.builder.get_relative_uri(here, docname)
    return nodes.reference("", clean_astext(app.env.titles[docname]), refuri=uri, internal=True)


def _rows(head: Sequence[nodes.Node], body: Sequence[Sequence[nodes.Node]]) -> nodes.table:
    """Make a table of docutils' nodes."""
    group = nodes.tgroup(cols=len(head))
    group += [nodes.colspec(colwidth=width) for width in (60, 20, 20)]
    made = [
        nodes.row("", *[nodes.entry("", nodes.paragraph("", "", cell)) for cell in cells])
        for cells in (head, *body)
    ]
    group += nodes.thead("", made[0])
    group += nodes.tbody("", *made[1:])
    return nodes.table("", group, classes=["colwidths-auto"])


def renew(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Name the pages with the table if a number or a title in it has changed."""
    before = vars(env).get("dlcourse_times")
    now = [(*row, clean_astext(env.titles[row[0]])) for row in times(app)]
    vars(env)["dlcourse_times"] = now
    showing = sorted(name for name, page in env.metadata.items() if SHOWING in page)
    return showing if now != before else []


def setup(app: Sphinx) -> None:
    """Register the directive and what fills it."""
    app.add_node(execution_times)
    app.add_directive("execution-times", ExecutionTimes)
    app.add_post_transform(FillTable)
    app.connect("env-updated", renew)
