"""Run the cell that draws a conclusion on measurements of a test's own, and read the sentence."""

import re
from pathlib import Path

import numpy as np

CHAPTERS = Path(__file__).parents[1] / "book" / "chapters"
HIDDEN = re.compile(
    r"^```\{code-cell\} ipython3\n:tags: \[remove-cell\]\n(.*?)^```$", re.MULTILINE | re.DOTALL
)


def sentence(chapter, about, **measurements):
    """Run the hidden cell that glues `about` on these measurements, and read the line with it."""
    text = (CHAPTERS / f"{chapter}.md").read_text(encoding="utf-8")
    (code,) = (cell for cell in HIDDEN.findall(text) if f'glue("{about}"' in cell)
    glued = {}
    exec(code, {"np": np, "glue": glued.__setitem__, **measurements})  # noqa: S102
    (line,) = (line for line in text.splitlines() if f"{{glue:text}}`{about}" in line)
    return re.sub(
        r"\{glue:text\}`([\w-]+):?([^`]*)`",
        lambda role: format(glued[role[1]], role[2]) if role[1] in glued else role[0],
        line,
    )
