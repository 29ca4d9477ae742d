"""Run the cell that draws a conclusion on measurements of a test's own, and read the sentence."""

import re

import numpy as np
import pytest
from tiny_book import BOOK

HIDDEN = re.compile(
    r"^```\{code-cell\} ipython3\n:tags: \[remove-cell\]\n(.*?)^```$", re.MULTILINE | re.DOTALL
)


def concludes(*cases):
    """Make a test of a function that returns the line for what was found.

    A case is what was found, then the words that the line has.
    """

    def test_of(line_for):
        @pytest.mark.parametrize(("result", "words"), [(result, words) for result, *words in cases])
        def test(result, words):
            line = line_for(result)
            assert [some for some in words if some not in line] == [], line

        return test

    return test_of


def sentence(chapter, about, **measurements):
    """Run the hidden cell that glues `about` on these measurements, and read the line with it."""
    text = (BOOK / "chapters" / f"{chapter}.md").read_text(encoding="utf-8")
    (code,) = (cell for cell in HIDDEN.findall(text) if f'glue("{about}"' in cell)
    glued = {}
    exec(code, {"np": np, "glue": glued.__setitem__, **measurements})  # noqa: S102
    (line,) = (line for line in text.splitlines() if f"{{glue:text}}`{about}" in line)
    return re.sub(
        r"\{glue:text\}`([\w-]+):?([^`]*)`",
        lambda role: format(glued[role[1]], role[2]) if role[1] in glued else role[0],
        line,
    )
