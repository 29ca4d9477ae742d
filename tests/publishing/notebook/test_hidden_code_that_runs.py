"""Which hidden cells a notebook must run."""

import pytest
from _publishing.notebook.hidden_code_that_runs import cells_needed


@pytest.mark.parametrize(
    ("cells", "hidden", "needed"),
    [
        (["x = 1", "answer = x + 1", "unused = answer", "print(answer)"], [1, 2], {1}),
        (["def f(x):\n    return x", "y = f(1)", "print(y)"], [0, 1], {0, 1}),
        # what imports for others
        (["import a, b", "print(b.c)"], [0], {0}),
        (["import b", "import b", "print(b.c)"], [1], set()),
        # where a cell is not plain Python, everything runs
        (["rows = 3", "unused = 4", "%%sql\nselect 1", "rows"], [0, 1], {0, 1}),
        (["rows = 3", "unused = 4", "%pip list", "rows"], [0, 1], {0, 1}),
    ],
)
def test_only_what_other_cells_use_must_run(cells, hidden, needed):
    shown = set(range(len(cells))) - set(hidden)
    assert cells_needed(cells, hidden, shown) == needed
