"""Which hidden cells a notebook must run."""

from _publishing.notebook.hidden_code_that_runs import cells_needed


def run_by(cells, hidden):
    """Which of the hidden cells must run for the others."""
    return cells_needed(cells, hidden, set(range(len(cells))) - set(hidden))


def test_only_what_other_cells_use_must_run():
    cells = ["x = 1", "answer = x + 1", "unused = answer", "print(answer)"]
    assert run_by(cells, [1, 2]) == {1}


def test_what_a_needed_cell_uses_is_needed():
    cells = ["def f(x):\n    return x", "y = f(1)", "print(y)"]
    assert run_by(cells, [0, 1]) == {0, 1}


def test_what_alters_what_others_use_is_needed():
    assert run_by(["x = [1]", "x.append(2)", "print(x)"], [1]) == {1}
    assert run_by(["x = [1]", "assert x", "print(x)"], [1]) == set()


def test_what_imports_for_others_is_needed():
    assert run_by(["import a, b", "print(b.c)"], [0]) == {0}
    assert run_by(["import b", "import b", "print(b.c)"], [1]) == set()


def test_a_name_that_a_later_cell_sets_itself_is_not_needed():
    assert run_by(["x = 1", "x = 2\nprint(x)"], [0]) == set()
    assert run_by(["x = 1", "if a:\n    x = 2\nprint(x)"], [0]) == {0}


def test_where_a_cell_is_not_plain_python_everything_runs():
    assert run_by(["rows = 3", "unused = 4", "%%sql\nselect 1", "rows"], [0, 1]) == {0, 1}
    assert run_by(["rows = 3", "unused = 4", "%pip list", "rows"], [0, 1]) == {0, 1}
