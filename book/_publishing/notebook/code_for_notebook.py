"""Prepare the code of a chapter's cells for its notebook.

What only the book needs goes (`glue`, `publish`, `myst_nb`, and cells that compute what the prose
says: see `hidden_code_that_runs`); what a page hides becomes a form that is closed.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from _publishing.source.slide_metadata import slide_type_of

if TYPE_CHECKING:
    from collections.abc import Iterable

_MAGIC = re.compile(r"^(\s*)[%!?].*$|^(\s*)[\w.]+\s*=\s*[%!].*$|^(\s*)[\w.]+\?{1,2}$", re.MULTILINE)
_GLUE_MODULES = frozenset({"myst_nb", "dlcourse.book"})
_HIDE_INPUT = frozenset(
    {"hide-input", "hide-cell", "hide_input", "hide_cell", "remove-input", "remove_input"}
)
_HIDE_OUTPUT = frozenset(
    {"hide-output", "hide_output", "hide-cell", "hide_cell", "remove-output", "remove_output"}
)
_REMOVE_CELL = frozenset({"remove-cell", "remove_cell"})
#: What hands a value or a file to the page around a cell.
_TO_THE_BOOK = frozenset({"glue", "publish", "publish_json"})


def parse(source: str) -> ast.Module | None:
    """Return the syntax tree of a cell, or None if it is not Python.

    Of a cell in another language, such as %%bash, the tree is empty.
    """
    if source.startswith("%%"):
        first, _, rest = source.partition("\n")
        source = "\n" + rest if first.split()[0] in {"%%time", "%%timeit", "%%capture"} else ""
    try:
        return ast.parse(_MAGIC.sub(lambda m: f"{m[1] or m[2] or m[3] or ''}pass", source))
    except SyntaxError:
        return None


def is_plain_python(source: str) -> bool:
    """Whether a cell is Python, without lines for IPython or the shell."""
    return parse(source) is not None and not _MAGIC.search(source)


def code_of(cell: Mapping[str, Any]) -> str:
    """Return a cell's code without what hands values to the book's text."""
    return without_glue(str(cell["source"]).rstrip())


def without_glue(source: str) -> str:
    """Return a cell's code without what hands values and files to the book's text."""
    if not any(name in source for name in _TO_THE_BOOK):
        return source
    tree = parse(source)
    if tree is None:
        return source
    lines = source.split("\n")

    def kept(statement: ast.stmt) -> str:
        if _is_glue(statement):
            return _other_imports(statement)
        return ast.get_source_segment(source, statement) or ""

    for block, row in sorted(_rows(tree), key=lambda item: -item[1][0].lineno):
        if not any(_is_glue(statement) for statement in row):
            continue
        first, last = row[0].lineno - 1, row[-1].end_lineno or row[-1].lineno
        text = "; ".join(part for part in map(kept, row) if part)
        if not _is_glue(row[-1]):
            text += _columns(lines[last - 1], row[-1].end_col_offset, None)
        if not text and block is not tree.body and all(map(_is_glue, block)):
            text = "pass" if row[-1] is block[-1] else ""
        lines[first:last] = [_columns(lines[first], 0, row[0].col_offset) + text] if text else []
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n").rstrip()


def _columns(line: str, start: int | None, end: int | None) -> str:
    """Return part of a line; `ast` counts its columns in bytes."""
    return line.encode()[start:end].decode()


def _rows(tree: ast.Module) -> Iterable[tuple[list[ast.stmt], list[ast.stmt]]]:
    """Yield each row of statements, which semicolons part, with the block that it is part of."""
    for parent in ast.walk(tree):
        for name in ("body", "orelse", "finalbody"):
            block = getattr(parent, name, None)
            if not isinstance(block, list):
                continue
            row: list[ast.stmt] = []
            for statement in block:
                if row and statement.lineno != row[-1].end_lineno:
                    yield block, row
                    row = []
                row.append(statement)
            if row:
                yield block, row


def _is_glue(statement: ast.stmt) -> bool:
    match statement:
        case ast.ImportFrom(module=str(module), names=names):
            return module in _GLUE_MODULES and any(name.name in _TO_THE_BOOK for name in names)
        case ast.Expr(value=ast.Call(func=ast.Name(id=name))):
            return name in _TO_THE_BOOK
    return False


def _other_imports(statement: ast.stmt) -> str:
    """Return what else an import brings; nothing of a call."""
    if not isinstance(statement, ast.ImportFrom):
        return ""
    others = [name for name in statement.names if name.name not in _TO_THE_BOOK]
    kept = ast.ImportFrom(statement.module, others, statement.level)
    return ast.unparse(kept) if others else ""


def is_removed(metadata: Mapping[str, Any]) -> bool:
    """Return whether a page leaves a cell out."""
    return bool(_REMOVE_CELL & set(metadata.get("tags", [])))


def form(source: str, title: str) -> str:
    """Return code that Colab shows as a closed form under a title."""
    if not title or source.startswith("%%") or source.lstrip().lower().startswith("#@title"):
        return source
    return f"#@title {title}\n{source}"


def presented(
    source: str,
    metadata: Mapping[str, Any],
    *,
    title: str = "",
    figures: str = "",
) -> tuple[str, dict[str, Any]]:
    """Return a cell's code and metadata as the notebook shows them.

    What the page hides or leaves out, and a later cell needs, is folded here: the notebook
    must run from top to bottom. `title` is that of a solution whose code must run, `figures` says
    which figures the cell draws, as in "Fig. 7.1, Fig. 7.2".
    """
    tags = [str(tag) for tag in metadata.get("tags", [])]
    result: dict[str, Any] = {"tags": tags} if tags else {}
    if slide_type := slide_type_of(metadata):
        result["slideshow"] = {"slide_type": slide_type}
    removed = is_removed(metadata)
    settings = metadata.get("jupyter")
    jupyter = dict(settings) if isinstance(settings, Mapping) else {}
    if removed or title or _HIDE_INPUT & set(tags):
        result["cellView"] = "form"
        jupyter["source_hidden"] = True
        prompt = (metadata.get("mystnb") or {}).get("code_prompt_show", "")
        shown = f"Run to draw {figures}" if figures else "Code (open to read)"
        default = "Preparation" if removed else shown
        words = title or str(prompt).replace("{type}", "").strip() or default
        source = form(source, words)
    if removed or _HIDE_OUTPUT & set(tags):
        jupyter["outputs_hidden"] = True
        result["collapsed"] = True
    if jupyter:
        result["jupyter"] = jupyter
    return source, result
