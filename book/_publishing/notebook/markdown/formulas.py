"""Rewrite TeX as the TeX that Colab and Jupyter take between dollar signs."""

import re

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
_ROW = re.compile(r"\\\\(?![a-zA-Z])")


def inline(tex: str, *, in_table: bool = False) -> str:
    """Return a formula in a line."""
    tex = " ".join(_without_comments(tex).split())
    if in_table:
        tex = _no_bars(tex)
    return f"${tex}$" if tex else ""


def display(tex: str, number: str = "") -> str:
    """Return a displayed formula, with its number on the right."""
    tex = re.sub(r"\s*\\label\{[^}]*\}", "", _without_comments(tex)).strip()
    tex = _nested(tex) if tex.startswith("\\begin") else _rows(tex)
    tex = "\n".join(line.strip() for line in tex.split("\n") if line.strip())
    tag = f" \\tag{{{number}}}" if number and r"\tag" not in tex else ""
    return f"$$\n{tex}{tag}\n$$"


def _without_comments(tex: str) -> str:
    """Take out comments, which would hide what follows once lines are joined."""
    return _COMMENT.sub(r"\1", tex)


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
    if len(parts) == 1 and not _ROW.search(_without_environments(tex)):
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
