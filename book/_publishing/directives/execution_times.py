"""How long each chapter took to execute: the table ``{execution-times}``.

The seconds are those of the run that made a chapter's outputs, perhaps in an earlier build. They
stand on this one page and nowhere else, so that all others are the same in every build. The page
is written again whenever one of them changes.
"""

from html import escape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective
from sphinx.util.nodes import clean_astext

from _publishing.directives.register_nodes_and_scripts import add_nodes
from _publishing.execution.build_state import recorded
from _publishing.source.chapter_names import chapters

#: Says in a page's metadata that it has the table.
SHOWING = "dlcourse_times_on"
HEAD = """\
<div class="pst-scrollable-table-container"><table class="table">
<thead><tr><th class="head">chapter</th><th class="head">cells of code</th>
<th class="head">seconds</th></tr></thead>
<tbody>
"""
FOOT = """\
</tbody></table></div>
<p>In all, {} seconds, each chapter on the machine that executed it. Chapters are executed side by
side, so a build takes less.</p>
"""


class execution_times(nodes.General, nodes.Element):  # noqa: N801  (docutils' nodes are lower case)
    """Stands where the table will be, on ``page``, until every chapter has been executed."""


class ExecutionTimes(SphinxDirective):
    """A row for each chapter that has code, in the order of the book."""

    def run(self) -> list[nodes.Node]:
        """Leave a place for the table."""
        self.env.metadata[self.env.docname][SHOWING] = True
        return [execution_times(page=self.env.docname)]


def times(app: Sphinx) -> list[tuple[str, str, int, float]]:
    """Return each chapter that has code: name, title, number of cells, seconds that they took."""
    known = recorded(app.env)
    data: dict[str, dict[str, Any]] = vars(app.env).get("nb_metadata", {})
    result = []
    for docname in chapters(app):
        executed = data.get(docname, {}).get("exec_data")
        cells = known[docname].chapter.cells if docname in known else ()
        if executed and cells:
            title = clean_astext(app.env.titles[docname])
            result.append((docname, title, len(cells), executed["runtime"]))
    return result


def table(node: nodes.Element) -> str:
    """Return the table, and a line that sums it up, as HTML."""
    app: Sphinx = node.document.settings.env.app  # type: ignore[union-attr]
    rows = times(app)
    lines = [
        f'<tr><td><a href="{app.builder.get_relative_uri(node["page"], name)}">{escape(title)}</a>'
        f"</td><td><p>{n_cells}</p></td><td><p>{_say(seconds)}</p></td></tr>\n"
        for name, title, n_cells, seconds in rows
    ]
    total = sum(seconds for *_, seconds in rows)
    return "".join([HEAD, *lines, FOOT.format(_say(total))])


def _say(seconds: float) -> str:
    """Write seconds as finely as they mean something."""
    return f"{seconds:.1f}" if seconds < 10 else f"{seconds:.0f}"


def renew(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Name the pages with the table if a number or a title in it has changed."""
    before, now = vars(env).get("dlcourse_times"), times(app)
    vars(env)["dlcourse_times"] = now
    showing = sorted(name for name, page in env.metadata.items() if SHOWING in page)
    return showing if now != before else []


def setup(app: Sphinx) -> None:
    """Register the directive and its node."""
    app.add_directive("execution-times", ExecutionTimes)
    add_nodes(app, {execution_times: (table, "")})
    app.connect("env-updated", renew)
