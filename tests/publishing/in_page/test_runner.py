"""What the page's runner says, heard without a browser."""

import json
import os
import subprocess
import sys

import pytest
from tiny_book import ROOT

RUN = """
import json, sys
from _publishing.in_page.worker.runner import Page
sent = []
*cells, last = sys.argv[1:]
page = Page(cells, lambda form, value: sent.append([form, value]))
exec(last)
print(json.dumps(sent))
"""


def run(*cells: str, then: str = "page.run(0)") -> list[list[str]]:
    """Run cells in a Python of its own, for the runner sets matplotlib's backend."""
    paths = os.pathsep.join(str(ROOT / name) for name in ("src", "book"))
    done = subprocess.run(
        [sys.executable, "-c", RUN, *cells, then],
        env={**os.environ, "PYTHONPATH": paths}, check=True, capture_output=True, text=True,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip
    return json.loads(done.stdout)


def test_a_cell_that_asks_is_told_what_to_do():
    """Pyodide alone says `OSError: [Errno 29] I/O error`."""
    ((form, error),) = run('name = input("Your name? ")')
    assert form == "error"
    assert "write the value into the cell" in json.loads(error)["text"]
    assert "Errno" not in error


@pytest.mark.parametrize("line", ["%pip install seaborn", "!ls", "x = 1\n  %env A=1"])
def test_a_notebooks_command_is_named(line):
    """Python alone says `invalid syntax`."""
    ((_, error),) = run(line)
    assert "is a notebook's: leave it out" in json.loads(error)["text"]


def test_another_mistake_is_no_notebooks_command():
    ((_, error),) = run("x = 7 %% 2")
    assert "notebook" not in json.loads(error)["text"]


@pytest.mark.parametrize(
    ("cells", "line"),
    [
        (["def half(x):\n    1\n    return x / 0", "1\nhalf(3)"], 2),  # not the line in cell 1
        (["", "x = 1\nx ="], 2),
        (["", "import ast\n\nast.parse('x =')"], 3),
    ],
)
def test_the_line_that_is_marked_is_one_of_the_cell_that_ran(cells, line):
    _, error = run(*cells, then="page.run(1)")[-1]
    assert json.loads(error)["line"] == line


@pytest.mark.parametrize(
    ("cells", "then", "printed"),
    [
        (
            ["x = 1", "print(x)"],
            "page.run(0); page.edit({0: 'x = 2\\n1/0'}); page.run(0); page.edit({}); page.run(1)",
            "1\n",
        ),
        (
            ["x = 1", "print(x)", "x = 5\n1/0"],
            "page.run(1); page.run(2); page.run(1)",
            "1\n1\n",
        ),
    ],
)
def test_a_cell_that_failed_half_way_leaves_no_value_behind(cells, then, printed):
    sent = run(*cells, then=then)
    assert "".join(text for form, text in sent if form == "stream") == printed
