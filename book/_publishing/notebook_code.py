"""The code of a chapter's cells, as a notebook should hold it.

What only the book needs goes (`glue`, `myst_nb`); what a page hides becomes a form
that is closed; and of the solutions' code only that which later cells need is run.
"""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Any

from _publishing.cell_marks import slide_type_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_MAGIC = re.compile(r"^(\s*)[%!?].*$|^(\s*)[\w.]+\s*=\s*[%!].*$|^(\s*)[\w.]+\?{1,2}$", re.MULTILINE)
_WORD = re.compile(r"[^\W\d]\w*")
_GLUE_MODULES = frozenset({"myst_nb", "dlcourse.glue"})
_HIDE_INPUT = frozenset(
    {"hide-input", "hide-cell", "hide_input", "hide_cell", "remove-input", "remove_input"}
)
_HIDE_OUTPUT = frozenset(
    {"hide-output", "hide_output", "hide-cell", "hide_cell", "remove-output", "remove_output"}
)
_REMOVE_CELL = frozenset({"remove-cell", "remove_cell"})


def parse(source: str) -> ast.Module | None:
    """Return the syntax of a cell, line for line; nothing if it is not Python."""
    if source.startswith("%%"):
        first, _, rest = source.partition("\n")
        source = "\n" + rest if first.split()[0] in {"%%time", "%%timeit", "%%capture"} else ""
    try:
        return ast.parse(_MAGIC.sub(lambda m: f"{m[1] or m[2] or m[3] or ''}pass", source))
    except SyntaxError:
        return None


def without_glue(source: str, *, shows: bool = True) -> str:
    """Return a cell's code without what hands values to the book's text.

    A glued value that the cell also shows stays as an expression, so that the
    notebook shows it as well; `shows` says whether `glue` does so unless told.
    """
    if "glue" not in source and "myst_nb" not in source:
        return source
    tree = parse(source)
    if tree is None:
        return source
    lines = source.split("\n")
    for statement, replacement in sorted(
        _glued(tree, source, shows=shows), key=lambda s: -s[0].lineno
    ):
        first, last = statement.lineno - 1, statement.end_lineno or statement.lineno
        if ";" in lines[first][: statement.col_offset] or lines[last - 1][
            statement.end_col_offset or 0 :
        ].strip().startswith(";"):
            continue
        pad = lines[first][: statement.col_offset]
        lines[first:last] = [pad + replacement] if replacement else []
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")
    return text.rstrip()


def _glued(tree: ast.Module, source: str, *, shows: bool) -> Iterable[tuple[ast.stmt, str]]:
    """Find the statements that only the book needs, with what is to stand there."""
    shows = shows and "dlcourse.glue" not in source  # ours is silent
    for parent in ast.walk(tree):
        for block in ("body", "orelse", "finalbody"):
            statements = getattr(parent, block, None)
            if not isinstance(statements, list):
                continue
            gone = [s for s in statements if isinstance(s, ast.stmt) and _is_glue(s)]
            for statement in gone:
                value = _shown(statement, shows=shows)
                text = (ast.get_source_segment(source, value) or "") if value else ""
                if text and statement is not tree.body[-1]:
                    text = f"display({text})"
                elif not text and len(gone) == len(statements) and parent is not tree:
                    text = "pass" if statement is gone[-1] else ""
                yield statement, text


def _is_glue(statement: ast.stmt) -> bool:
    match statement:
        case ast.ImportFrom(module=str(module), names=names):
            return module in _GLUE_MODULES and all(name.name == "glue" for name in names)
        case ast.Import(names=names):
            return all(name.name == "myst_nb" for name in names)
        case ast.Expr(value=ast.Call(func=ast.Name(id="glue"))):
            return True
        case ast.Expr(value=ast.Call(func=ast.Attribute(attr="glue", value=ast.Name(id=name)))):
            return name in {"myst_nb", "mystnb"}
    return False


def _shown(statement: ast.stmt, *, shows: bool) -> ast.expr | None:
    """Return the value that a call of `glue` shows in the notebook as well."""
    if not (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call)):
        return None
    call = statement.value
    flag: Any = call.args[2] if len(call.args) > 2 else None
    for keyword in call.keywords:
        flag = keyword.value if keyword.arg == "display" else flag
    shows = bool(flag.value) if isinstance(flag, ast.Constant) else shows
    return call.args[1] if shows and len(call.args) > 1 else None


#: Languages in which the line of a form's title is a comment.
_HASH_COMMENTS = frozenset(
    {"python", "ipython", "r", "julia", "bash", "sh", "ruby", "perl", "octave"}
)


def has_forms(language: str) -> bool:
    """Whether the title of a form is a comment in a language."""
    return language.lower() in _HASH_COMMENTS


def needed_later(sources: Sequence[str], solutions: Iterable[int]) -> set[int]:
    """Return which solutions' cells must run, because a later cell uses their names.

    Parameters
    ----------
    sources
        The code of all cells in order.
    solutions
        Positions of those that belong to a solution.
    """
    folded, result, wanted = set(solutions), set[int](), set[str]()
    for index in range(len(sources) - 1, -1, -1):
        tree = parse(sources[index])
        statements = tree.body if tree else []
        if index in folded:
            if not wanted & {name for s in statements for name in _stored(s)}:
                continue
            result.add(index)
        if tree is None:  # not plain Python: any word may be one of the names
            wanted |= set(_WORD.findall(sources[index]))
        for statement in reversed(statements):
            if not isinstance(statement, (ast.If, ast.For, ast.While, ast.Try, ast.With)):
                wanted -= set(_stored(statement))
            wanted |= _loaded(statement)
    return result


def _stored(statement: ast.stmt) -> Iterable[str]:
    """Yield the names that a statement gives a value, outside functions and classes."""
    if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        yield statement.name
        return
    for node in ast.walk(statement):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.alias):
            yield (node.asname or node.name).split(".")[0]
        elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            yield node.name


def _loaded(statement: ast.stmt) -> set[str]:
    return {
        node.id
        for node in ast.walk(statement)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }


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
    language: str = "python",
) -> tuple[str, dict[str, Any]]:
    """Return a cell's code and metadata as the notebook shows them.

    What the page hides or leaves out is folded here, never left out: the
    notebook must run from top to bottom.
    """
    tags = [str(tag) for tag in metadata.get("tags", [])]
    result: dict[str, Any] = {"tags": tags} if tags else {}
    if slide_type := slide_type_of(metadata):
        result["slideshow"] = {"slide_type": slide_type}
    removed = bool(_REMOVE_CELL & set(tags))
    jupyter: dict[str, bool] = {}
    if removed or title or _HIDE_INPUT & set(tags):
        result["cellView"] = "form"
        jupyter["source_hidden"] = True
        prompt = (metadata.get("mystnb") or {}).get("code_prompt_show", "")
        shown = f"Run to draw {figures}" if figures else "Code (open to read)"
        default = "Preparation" if removed else shown
        words = title or str(prompt).replace("{type}", "").strip() or default
        source = form(source, words) if has_forms(language) else source
    if removed or _HIDE_OUTPUT & set(tags):
        jupyter["outputs_hidden"] = True
        result["collapsed"] = True
    if jupyter:
        result["jupyter"] = jupyter
    return source, result
