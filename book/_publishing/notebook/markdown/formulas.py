"""Rewrite TeX as the TeX that Colab and Jupyter take between dollar signs."""

import re

_COMMENT = re.compile(r"^[ \t]*%.*\n?|(?<!\\)((?:\\\\)*)%.*", re.MULTILINE)
#: What Sphinx says in another way.
_LABEL = re.compile(r"\s*\\label\{[^}]*\}|\\(?:begin|end)\{equation\*?\}")
#: Environments that may not stand between dollar signs, but have a twin that may.
_OUTER = re.compile(r"\\(begin|end)\{(align|gather)\*?\}")


def inline(tex: str) -> str:
    """Return a formula in a line."""
    tex = " ".join(_without_comments(tex).split())
    return f"${tex}$" if tex else ""


def display(tex: str, number: str = "") -> str:
    """Return a displayed formula, with its number on the right."""
    tex = _OUTER.sub(r"\\\1{\2ed}", _LABEL.sub("", _without_comments(tex)))
    if r"\\" in tex and r"\begin" not in tex:
        tex = f"\\begin{{aligned}}\n{tex}\n\\end{{aligned}}"
    tex = "\n".join(line.strip() for line in tex.split("\n") if line.strip())
    tag = f" \\tag{{{number}}}" if number and r"\tag" not in tex else ""
    return f"$$\n{tex}{tag}\n$$"


def _without_comments(tex: str) -> str:
    """Take out comments, which would hide what follows once lines are joined."""
    return _COMMENT.sub(r"\1", tex)
