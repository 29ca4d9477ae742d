"""Write tables: in GitHub's Markdown where that can say it, else in HTML."""

from docutils import nodes

from _publishing.notebook.markdown.blocks import joined
from _publishing.notebook.markdown.dispatch import Dispatcher
from _publishing.notebook.markdown.markdown_to_html_and_raw_html import block_html

#: A row is the list of its cells.
Row = list[nodes.Element]

_RULES = {"left": ":--", "center": ":-:", "right": "--:", "": "---"}
_SIMPLE = (nodes.Text, nodes.Inline, nodes.paragraph, nodes.comment, nodes.image)


def table(writer: Dispatcher, node: nodes.table) -> str:
    """Return a table without its title."""
    group = next(iter(node.findall(nodes.tgroup)))
    heads = _rows(group, nodes.thead)
    rows = _rows(group, nodes.tbody)
    stubs = [bool(spec.get("stub")) for spec in group.children if isinstance(spec, nodes.colspec)]
    if len(heads) > 1 or any(_is_complex(entry) for row in heads + rows for entry in row):
        return _html(writer, heads, rows, stubs)
    columns = max(len(row) for row in heads + rows)
    entries: Row = heads[0] if heads else [nodes.entry() for _ in range(columns)]
    lines = [
        _line([_cell(writer, entry) for entry in entries]),
        _line([_RULES[_alignment(entry)] for entry in (entries if heads else rows[0])]),
    ]
    for row in rows:
        cells = [_cell(writer, entry) for entry in row]
        lines.append(
            _line([f"**{c}**" if s and c else c for c, s in zip(cells, stubs, strict=False)])
        )
    return "\n".join(lines)


def _rows(group: nodes.Element, part: type[nodes.Element]) -> list[Row]:
    """Return the cells of each row of a table's head or body, not of a table in a cell."""
    return [
        [cell for cell in row.children if isinstance(cell, nodes.Element)]
        for body in group.children
        if isinstance(body, part)
        for row in body.children
    ]


def _is_complex(entry: nodes.Element) -> bool:
    """Whether a cell holds what a line of Markdown cannot."""
    if entry.get("morecols") or entry.get("morerows"):
        return True
    # raw HTML may stand within a paragraph, not as a block of the cell's own
    return any(not isinstance(child, _SIMPLE) for child in entry.children) or any(
        isinstance(child, (nodes.math_block, nodes.literal_block, nodes.raw))
        and not (isinstance(child, nodes.raw) and child.parent is not entry)
        for child in entry.findall()
    )


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(writer: Dispatcher, entry: nodes.Element) -> str:
    """Return a cell in one line; `in_table` has the writer escape the bars in it."""
    with writer.inside("in_table"):
        # Code cells, which `flow` also gives, cannot stand in a table.
        blocks = [block for block in writer.flow(entry.children) if isinstance(block, str)]
    return "<br>".join(" ".join(block.split("\n")) for block in blocks if block)


def _alignment(entry: nodes.Element) -> str:
    for name in ("left", "center", "right"):
        if f"text-{name}" in entry.get("classes", []) or entry.get("align") == name:
            return name
    return ""


def _html(writer: Dispatcher, heads: list[Row], rows: list[Row], stubs: list[bool]) -> str:
    lines = ["<table>"]
    for part, group in (("thead", heads), ("tbody", rows)):
        if not group:
            continue
        lines.append(f"<{part}>")
        for row in group:
            lines.append("<tr>")
            for i, entry in enumerate(row):
                is_head = part == "thead" or (i < len(stubs) and stubs[i])
                lines.append(_html_cell(writer, entry, "th" if is_head else "td"))
            lines.append("</tr>")
        lines.append(f"</{part}>")
    return "\n".join([*lines, "</table>"])


def _html_cell(writer: Dispatcher, entry: nodes.Element, tag: str) -> str:
    spans = "".join(
        f' {name}="{entry[key] + 1}"'
        for key, name in (("morecols", "colspan"), ("morerows", "rowspan"))
        if entry.get(key)
    )
    align = _alignment(entry)
    style = f' align="{align}"' if align else ""
    text = joined(writer.flow(entry.children))
    return f"<{tag}{spans}{style}>{block_html(text)}</{tag}>"
