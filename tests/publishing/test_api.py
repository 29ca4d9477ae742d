"""The tables of public names, from source text alone."""

from _publishing.api import describe

SOURCE = '''"""Lines: slope | intercept.

More.
"""

def fit(x, y, *, steps=3):
    """Fit a line
    to points."""

def _hidden():
    """Not shown."""

class Line:
    """A line."""

def undocumented():
    pass
'''


def test_public_names_with_their_first_lines():
    assert describe("lines", SOURCE) == [
        r"**`dlcourse.lines`**: Lines: slope \| intercept.",
        "",
        "| name | what it is |",
        "|---|---|",
        "| `fit(x, y, *, steps)` | Fit a line to points. |",
        "| `Line` | A line. |",
    ]


def test_a_module_without_names_is_one_line():
    assert describe("empty", '"""Nothing."""') == ["**`dlcourse.empty`**: Nothing."]
