"""TeX as Colab and Jupyter take it between dollar signs."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

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
        own = edge[2] in _NESTABLE or edge[2] == "equation"
        if depth == 0 and (tex[start : edge.start()].strip() or not own):
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


def expand(tex: str, macros: Mapping[str, Any]) -> str:
    """Write out the book's own TeX macros, which a notebook does not know.

    A macro is its text, or a list as MathJax takes it: the text, how many arguments
    it has, and what the first of them is when it is left out.
    """
    for _ in range(5):
        before = tex
        for name, definition in macros.items():
            whole = [definition] if isinstance(definition, str) else list(definition)
            body, count, *default = [*whole, 0][: max(2, len(whole))]
            places = [int(number) for number in re.findall(r"#(\d)", str(body))]
            tex = _expand_one(tex, name, str(body), max([int(count), *places]), *map(str, default))
        if tex == before:
            break
    return tex


def _expand_one(tex: str, name: str, body: str, count: int, default: str | None = None) -> str:
    pattern = re.compile(rf"\\{re.escape(name)}(?![a-zA-Z])")
    position = 0
    while match := pattern.search(tex, position):
        end, arguments = match.end(), []
        if default is not None:
            option = re.compile(r"\s*\[([^\]]*)\]").match(tex, end)
            arguments.append(option[1] if option else default)
            end = option.end() if option else end
        while len(arguments) < count:
            argument, end = _argument(tex, end)
            arguments.append(argument)
        text = re.sub(r"#(\d)", partial(_filled, arguments), body)
        text = f"{{{text}}}" if _is_whole(text) else text
        tex = f"{tex[: match.start()]}{text}{_apart(text, tex[end:])}"
        position = match.start() + len(text)
    return tex


def _is_whole(tex: str) -> bool:
    """Whether braces around a macro's text change nothing but keep it together.

    They would part what the macro begins from what another one ends, and they
    would take an operator's limits from below it.
    """
    if re.match(r"\s*\\(?:operatorname|math(?:op|rel|bin))\b", tex):
        return False
    pairs = ((r"\{", r"\}"), (r"\\left\b", r"\\right\b"), (r"\\begin\b", r"\\end\b"))
    return all(
        len(re.findall(rf"(?<!\\){opening}", tex)) == len(re.findall(rf"(?<!\\){closing}", tex))
        for opening, closing in pairs
    )


def _filled(arguments: list[str], place: re.Match[str]) -> str:
    return _apart(place.string[: place.start()], arguments[int(place[1]) - 1])


def _apart(before: str, after: str) -> str:
    """Keep a command's name from growing by the letters that now follow it."""
    grows = re.search(r"\\[a-zA-Z]+$", before) and after[:1].isalpha()
    return f" {after}" if grows else after


def _argument(tex: str, start: int) -> tuple[str, int]:
    while start < len(tex) and tex[start].isspace():
        start += 1
    if start >= len(tex) or tex[start] != "{":
        command = re.compile(r"\\[a-zA-Z]+|\\?.|$", re.DOTALL).match(tex, start)
        return (command[0], command.end()) if command else ("", start)
    depth = 0
    for i in range(start, len(tex)):
        escaped = i and tex[i - 1] == "\\"
        depth += 0 if escaped else (tex[i] == "{") - (tex[i] == "}")
        if depth == 0:
            return tex[start + 1 : i], i + 1
    return tex[start + 1 :], len(tex)
