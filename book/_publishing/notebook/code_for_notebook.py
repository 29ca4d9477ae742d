"""Prepare the code of a chapter's cells for its notebook.

What only the book needs goes (`glue`, `publish`, `myst_nb`); what a page hides becomes a form that
is closed. Cells of which the page shows nothing (`remove-cell`) never come here: the notebook is
written from the page's doctree, which has no node for them.
"""

import ast
import re
from collections.abc import Mapping
from typing import Any

from _publishing.source.slide_metadata import slide_type_of

_HIDE_INPUT = frozenset({"hide-input", "hide-cell", "remove-input"})
#: What hands a value or a file to the page around a cell.
_TO_THE_BOOK = frozenset({"glue", "publish", "publish_json"})
#: An import from these goes whole: what it brings is used in such calls alone.
_GLUE_MODULES = frozenset({"myst_nb", "dlcourse.book"})


def without_glue(source: str) -> str:
    """Return a cell's code without what hands values and files to the book's text.

    A call or an import that does has its lines to itself; else the cell stays as it is.
    """
    source = source.rstrip()
    try:
        tree = ast.parse(source)
    except SyntaxError:  # lines for IPython or the shell
        return source
    blocks = [
        block
        for node in ast.walk(tree)
        for name in ("body", "orelse", "finalbody")
        if isinstance(block := getattr(node, name, None), list)
    ]
    glued = [(statement, block) for block in blocks for statement in filter(_is_glue, block)]
    if not glued:
        return source
    lines = source.split("\n")
    for statement, block in sorted(glued, key=lambda pair: -pair[0].lineno):
        first, last = statement.lineno - 1, statement.end_lineno
        if "\n".join(lines[first:last]).strip() != ast.get_source_segment(source, statement):
            return source
        is_emptied = block is not tree.body and all(map(_is_glue, block))
        passes = is_emptied and statement is block[-1]
        lines[first:last] = [" " * statement.col_offset + "pass"] if passes else []
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n").rstrip()


def _is_glue(statement: ast.stmt) -> bool:
    match statement:
        case ast.ImportFrom(module=module):
            return module in _GLUE_MODULES
        case ast.Expr(value=ast.Call(func=ast.Name(id=name))):
            return name in _TO_THE_BOOK
    return False


def presented(
    source: str, metadata: Mapping[str, Any], *, figures: str = ""
) -> tuple[str, dict[str, Any]]:
    """Return a cell's code and metadata as the notebook shows them.

    What the page hides is folded under a title; `figures` says which figures the cell draws, as in
    "Fig. 7.1, Fig. 7.2".
    """
    tags = [str(tag) for tag in metadata.get("tags", [])]
    result: dict[str, Any] = {"tags": tags} if tags else {}
    if slide_type := slide_type_of(metadata):
        result["slideshow"] = {"slide_type": slide_type}
    if _HIDE_INPUT & set(tags):
        result |= {"cellView": "form", "jupyter": {"source_hidden": True}}
        prompt = (metadata.get("mystnb") or {}).get("code_prompt_show", "")
        default = f"Run to draw {figures}" if figures else "Code (open to read)"
        title = str(prompt).replace("{type}", "").strip() or default
        source = source if source.startswith("%%") else f"#@title {title}\n{source}"
    return source, result
