"""A plan as a table, from the same file as the slides: ``{schedule} full-day``."""

from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from _publishing.source.chapter_names import is_chapter, topic_of
from _publishing.source.schedule import HALF_DAY, PLANS, SCHEDULE, Item, read_schedule


class Schedule(SphinxDirective):
    """A row for each chapter and break of a plan, with clock times."""

    optional_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Write the table as Markdown, and parse that."""
        path = Path(self.env.srcdir) / SCHEDULE
        self.env.note_dependency(str(path))
        plan = self.arguments[0] if self.arguments else HALF_DAY
        items = read_schedule(path, plan)
        if not items:
            fault = f"{SCHEDULE} has no {plan}; expected one of {', '.join(PLANS)}."
            return [self.state.document.reporter.warning(fault, line=self.lineno)]
        # The pages of _toc.yml, as sphinx-external-toc has read them.
        pages = getattr(self.config, "external_site_map", ())
        topics = [topic_of(name) for name in pages if is_chapter(name)]
        lines = [*table(items), "", summary(items), "", left_out(items, topics)]
        made = self.parse_text_to_nodes("\n".join(lines))
        for node in made:
            if isinstance(node, nodes.table):
                node["classes"].append("schedule")
        return made


def table(items: list[Item]) -> list[str]:
    """Write the rows of the table in Markdown."""
    return [
        "| from | to | what | teach | exercises | when late, leave out |",
        "|---|---|---|---|---|---|",
        *(row(item) for item in items),
    ]


def row(item: Item) -> str:
    """Write one row; a chapter is a link to its page."""
    if item.form == "day":
        return f"| | | **{item.title}** | | | |"
    if item.title:
        return f"| {item.start} | {item.end} | *{item.title}* | | | |"
    late = "; ".join(item.skip_when_late)
    exercise = item.exercise or ""
    return (
        f"| {item.start} | {item.end} | {{ref}}`{item.chapter}` | {item.teach} | {exercise} "
        f"| {late} |"
    )


def summary(items: list[Item]) -> str:
    """Add up the minutes."""
    teach = sum(item.teach for item in items)
    exercise = sum(item.exercise for item in items)
    pauses = sum(item.minutes for item in items if item.form == "break")
    rest = sum(item.minutes for item in items if item.title) - pauses
    text = f"In all: {teach} minutes of teaching, {exercise} of exercises, {pauses} of breaks"
    if rest:
        text += f", and {rest} for opening, closing and reserve"
    if not any(item.form == "day" for item in items):
        text += f"; from {items[0].start} to {items[-1].end}"
    return f"{text}."


def left_out(items: list[Item], topics: list[str]) -> str:
    """Name the chapters that a plan has no time for, with links to their pages."""
    taught = {item.chapter for item in items}
    names = [f"*{{ref}}`{topic}`*" for topic in topics if topic not in taught]
    return f"Not in this plan: {', '.join(names)}." if names else ""


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("schedule", Schedule)
