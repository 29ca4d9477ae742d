"""The tables of public names and their docstrings in full, from source text alone."""

import importlib
import re
from pathlib import Path

import pytest
from _publishing.directives.api import describe, reference
from _publishing.directives.api_from_source import module_path

ROOT = Path(__file__).parents[3]
APPENDIX = ROOT / "book" / "appendix"
GROUPS = ("ideas", "data", "networks", "showing", "book")
SOURCE = '''"""Lines: slope | intercept.

More.
"""

#: Lines by name.
LINES: Mapping[str, Line] = {}

#: Not shown: it has no type.
STEPS = 3

def fit(x: Floats, y: Floats, *, steps: int = 3) -> Line:
    """Fit a line
    to points, see `Line.at` and `Line`.

    Parameters
    ----------
    x
        Shape (n,), as `numpy` has it.
    y : ndarray
        Shape (n,).

    Returns
    -------
    Line
        The best.

    Raises
    ------
    InputError
        If `x` is empty.

    Examples
    --------
    >>> fit([0], [1])  # `x`
    """

def _hidden():
    """Not shown."""

@dataclass(frozen=True)
class Line:
    """A line.

    References
    ----------
    A. Legendre, *Comets*, 1805.
    """

    slope: float
    intercept: float = 0.0
    points: list = field(default_factory=list)
    steps: int = dataclasses.field(default=3, repr=False)

    def at(self, x: float) -> float:
        """Return its height at `x`."""

    @property
    def level(self) -> bool:
        """Whether it is level."""

    def _hidden(self):
        """Not shown."""

class LineError(ValueError):
    """No line."""

def undocumented():
    pass
'''


def test_public_names_with_their_first_lines():
    assert describe("lines", SOURCE) == [
        r"**`dlcourse.lines`**: Lines: slope \| intercept.",
        "",
        "| name | what it is |",
        "|---|---|",
        "| {py:obj}`fit <dlcourse.lines.fit>` | Fit a line to points, see `Line.at` and `Line`. |",
        "| {py:obj}`Line <dlcourse.lines.Line>` | A line. |",
        "| {py:obj}`LineError <dlcourse.lines.LineError>` | No line. |",
    ]
    assert describe("empty", '"""Nothing."""') == ["**`dlcourse.empty`**: Nothing."]


def test_docstrings_in_full():
    lines = reference("lines", SOURCE, {"numpy": "numpy"}.get)
    text = "\n".join(lines)
    assert lines[0] == "## `dlcourse.lines`"
    assert "More." in lines
    directives = [line.strip() for line in lines if ":: " in line and "rubric" not in line]
    assert directives == [
        ".. py:currentmodule:: dlcourse.lines",
        ".. py:data:: LINES",
        ".. py:function:: fit(x, y, *, steps=3)",
        ".. py:class:: Line(slope, intercept=0.0, points=[], steps=3)",
        ".. py:method:: at(x)",
        ".. py:property:: level",
        ".. py:exception:: LineError",
    ]
    assert "* **x** -- Shape (n,), as :py:obj:`numpy <numpy>` has it." in text
    assert "* **y** (*ndarray*) -- Shape (n,)." in text
    assert ":returns: *Line* -- The best." in text
    assert ":Raises: *InputError* -- If ``x`` is empty." in text
    assert "see ``Line.at`` and :py:obj:`Line <dlcourse.lines.Line>`" in text
    assert r"A\. Legendre, *Comets*, 1805." in text, "an initial begins no list"
    assert ">>> fit([0], [1])  # `x`" in text, "an example stays as it is"


def modules(page):
    """The modules that a page's directives name, in order."""
    bodies = re.findall(r"^```\{api(?:-reference)?\}\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    return [body.split() for body in bodies]


def test_every_module_of_the_table_has_its_docstrings_on_a_page():
    table = modules((APPENDIX / "api.md").read_text())
    pages = [modules((APPENDIX / f"api-{group}.md").read_text()) for group in GROUPS]
    assert [[names] for names in table] == pages


@pytest.mark.parametrize("group", GROUPS)
def test_no_field_of_a_docstring_is_a_sentence(group):
    """Else a line that stands too far left shows the bare markup of its links."""
    [names] = modules((APPENDIX / f"api-{group}.md").read_text())
    for name in names:
        path = module_path(ROOT / "src" / "dlcourse", name)
        fields = re.findall(r"\* \*\*(.*?)\*\*", "\n".join(reference(name, path.read_text(), str)))
        assert [field for field in fields if not re.fullmatch(r"[\w\\.*, ]+", field)] == []


def test_all_that_chapters_import_is_described():
    """By the module that defines it, wherever the chapter has it from."""
    described = {name for names in modules((APPENDIX / "api.md").read_text()) for name in names}
    undescribed = set()
    for chapter in (ROOT / "book" / "chapters").glob("*.md"):
        text = chapter.read_text()
        for folder, names in re.findall(r"^from (dlcourse[\w.]*) import (.*)", text, re.MULTILINE):
            for name in re.findall(r"\w+", names.split(" as ")[0]):
                item = getattr(importlib.import_module(folder), name, None)
                if item is None:
                    item = importlib.import_module(f"{folder}.{name}")
                module = getattr(item, "__module__", getattr(item, "__name__", folder))
                undescribed.add(module.removeprefix("dlcourse."))
    # These are packages whose modules are described.
    assert undescribed - described <= {"distributed", "figures.drawing", "figures.plotting"}
