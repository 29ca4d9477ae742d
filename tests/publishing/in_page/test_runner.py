"""What the page's runner says, heard without a browser."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[3]
RUN = """
import json, sys
from _publishing.in_page.worker.runner import Page
sent = []
Page([sys.argv[1]], lambda form, value: sent.append([form, value])).run(0)
print(json.dumps(sent))
"""


def run(cell: str) -> list[list[str]]:
    """Run a cell in a Python of its own, for the runner sets matplotlib's backend."""
    paths = os.pathsep.join(str(REPOSITORY / name) for name in ("src", "book"))
    done = subprocess.run(
        [sys.executable, "-c", RUN, cell],
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
