"""Rewrite TeX as the TeX that Colab and Jupyter take between dollar signs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_NESTABLE = {
    "align": "aligned",
    "alignat": "alignedat",
    "flalign": "aligned",
    "eqnarray": "aligned",
    "gather": "gathered",
    "multline": "gathered",
    "split": "aligned",
}
_ENVIRONMENT = re.compile(r"\\begin\{(\w+)\*?\}(.*)\\end\{\1\*?\}", re.DOTALL)
_COMMENT = re.compile(r"^[ \t]*%.*\n?|(?<!\\)((?:\\\\)*)%.*", re.MULTILINE)
_WITHIN_TEXT = re.compile(r"(?<!\\)\$([^$]*)(?<!\\)\$")
_ROW = re.compile(r"\\\\(?![a-zA-Z])")


def inline(tex: str, *, in_table: bool = False) -> str:
    """Return a formula in a line."""
    tex = " ".join(_plain(tex).split())
    if in_table:
        tex = _no_bars(tex)
    return f"${tex}$" if tex else ""


def display(tex: str, number: str = "", *, in_table: bool = False) -> str:
    """Return a displayed formula, with its number on the right."""
    tex = re.sub(r"\s*\\label\{[^}]*\}", "", _plain(tex)).strip()
    parts = _environments(tex)
    if len(parts) > 1:
        tex = _stacked(map(_nested, parts))
    else:
        tex = _nested(tex) if tex.startswith("\\begin") else _rows(tex)
    tex = "\n".join(line.strip() for line in tex.split("\n") if line.strip())
    if in_table:
        tex = _no_bars(tex)
    tag = f" \\tag{{{number}}}" if number and r"\tag" not in tex else ""
    return f"$$\n{tex}{tag}\n$$"


def _plain(tex: str) -> str:
    """Take out what ends a formula too early, or hides its end.

    That is a comment once lines are joined, and a formula within the formula's words.
    """
    return _WITHIN_TEXT.sub(r"}\1\\text{", _COMMENT.sub(r"\1", tex))


def _environments(tex: str) -> list[str]:
    """Part what is several displayed formulas, one after the other, into them."""
    parts, start, depth = [], 0, 0
    for edge in re.finditer(r"\\(begin|end)\{(\w+)\*?\}", tex):
        displayed = edge[2] in _NESTABLE or edge[2] == "equation"
        if depth == 0 and (tex[start : edge.start()].strip() or not displayed):
            return []
        depth += 1 if edge[1] == "begin" else -1
        if depth == 0:
            parts.append(tex[start : edge.end()].strip())
            start = edge.end()
    return [] if depth or tex[start:].strip() else parts


def _stacked(rows: Iterable[str]) -> str:
    return "\\begin{gathered}\n" + " \\\\\n".join(rows) + "\n\\end{gathered}"


def _nested(tex: str) -> str:
    """Use the form of an environment that may stand between dollar signs."""
    whole = _ENVIRONMENT.fullmatch(tex)
    if not whole or r"\tag" in tex:
        return tex
    name, body = whole[1], whole[2]
    if name == "equation":
        return body.strip()
    if name == "eqnarray":  # its relation has a column of its own
        body = re.sub(r"&\s*([^&\\]+?)\s*&", r"&\1", body)
    if name not in _NESTABLE:
        return tex
    new = _NESTABLE[name]
    return f"\\begin{{{new}}}{body.rstrip()}\n\\end{{{new}}}"


def _rows(tex: str) -> str:
    """Set several lines under each other, as Sphinx does."""
    parts = [part for part in re.split(r"\n\s*\n", tex) if part.strip()]
    outside = [_without_environments(part) for part in parts]
    if len(parts) == 1 and not _ROW.search(outside[0]):
        return tex
    rows = [part.strip().removesuffix(r"\\") for part in parts]
    body = " \\\\\n".join(rows)
    return f"\\begin{{aligned}}\n{body}\n\\end{{aligned}}"


def _without_environments(tex: str) -> str:
    previous = ""
    while previous != tex:
        previous, tex = tex, _ENVIRONMENT.sub("", tex)
    return tex


def _no_bars(tex: str) -> str:
    """Write bars by name: in a table a bar ends the cell."""
    return re.sub(r"\s+", " ", tex.replace(r"\|", r"\Vert ").replace("|", r"\vert ")).strip()
