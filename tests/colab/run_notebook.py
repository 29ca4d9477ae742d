"""Runs a notebook in the environment of the Python that runs this, and keeps its outputs.

A solution that the notebook only shows, folded, is run where it stands. With `--all` the
cells after one that fails run, too.
"""

import re
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

SOLUTION = re.compile(r"<summary><b>Solution.*?</details>", re.DOTALL)
CODE = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def with_solutions(cells):
    """Yield the cells, and after each the code of the solutions in it."""
    for cell in cells:
        yield cell
        if cell.cell_type == "markdown":
            for solution in SOLUTION.findall(cell.source):
                for code in CODE.findall(solution):
                    yield nbformat.v4.new_code_cell(code)


def main(path, *options):
    """Run the notebook at `path`, and write it back with its outputs."""
    notebook = nbformat.read(path, as_version=4)
    notebook.cells = list(with_solutions(notebook.cells))
    settings = {"timeout": 900, "kernel_name": "python3", "allow_errors": "--all" in options}
    client = NotebookClient(notebook, **settings)
    try:
        client.execute()
    except CellExecutionError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    finally:
        nbformat.write(notebook, path)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), *sys.argv[2:]))
