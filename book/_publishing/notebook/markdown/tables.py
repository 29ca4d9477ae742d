"""Write tables in GitHub's Markdown."""

from collections.abc import Iterable

from docutils import nodes

from _publishing.notebook.markdown.dispatch import Dispatcher

_RULES = {"text-left": ":--", "text-center": ":-:", "text-right": "--:"}


def table(writer: Dispatcher, node: nodes.table) -> str:
    """Return a table without its title.

    If its head is not one row, or a cell is more than a line of Markdown, return nothing: then
    `block_nodes` writes HTML.
    """
    rows = [list(row.findall(nodes.entry)) for row in node.findall(nodes.row)]
    head = next(iter(node.findall(nodes.thead)), nodes.thead())
    if len(head.children) != 1 or any(map(_is_complex, node.findall(nodes.entry))):
        return ""
    lines = [_line(_cell(writer, entry) for entry in row) for row in rows]
    rule = _line(_rule(entry) for entry in rows[0])
    return "\n".join([lines[0], rule, *lines[1:]])


def _is_complex(entry: nodes.Element) -> bool:
    """Whether a cell spans others, holds blocks of several lines, or a bar, which ends a cell."""
    spans = entry.get("morecols") or entry.get("morerows")
    plain = all(isinstance(child, nodes.paragraph) for child in entry.children)
    return bool(spans) or not plain or "|" in entry.astext()


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(writer: Dispatcher, entry: nodes.Element) -> str:
    return "<br>".join(" ".join(text.split("\n")) for text in map(str, writer.flow(entry.children)))


def _rule(entry: nodes.Element) -> str:
    """Return what aligns a column."""
    return next((_RULES[name] for name in entry["classes"] if name in _RULES), "---")
