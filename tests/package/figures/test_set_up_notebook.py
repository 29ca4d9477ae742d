"""What a notebook shows of a figure."""

import matplotlib as mpl
import nbformat
import pytest
from nbclient import NotebookClient

from dlcourse.figures.set_up_notebook import use_style
from dlcourse.figures.style import LABEL_SIZE


@pytest.mark.parametrize("book", ["1", ""])
def test_a_notebook_shows_figures_through_this_module(book, monkeypatch):
    monkeypatch.setenv("DLCOURSE_BOOK", book)
    source = """
import matplotlib.pyplot as plt
from dlcourse.figures import set_alt, use_style
use_style()
figure, axes = plt.subplots()
axes.plot([1, 2])
set_alt(axes, "Rises.")
axes"""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
    NotebookClient(notebook, kernel_name="python3", timeout=120).execute()
    (output,) = notebook.cells[0].outputs  # the figure once, and no repr of the axes
    assert output.output_type == "display_data"
    if book:
        assert "<desc>Rises.</desc>" in output.data["image/svg+xml"]
        assert "image/png" not in output.data
    else:
        assert "image/svg+xml" not in output.data
        assert output.metadata["image/png"]["alt"] == "Rises."


def test_ipython_in_a_terminal_is_left_as_it_is(monkeypatch):
    """Its shell has no kernel, and would show a figure in no other way."""
    shell = object()
    monkeypatch.setattr("IPython.core.getipython.get_ipython", lambda: shell)
    with mpl.rc_context():
        use_style()
        assert mpl.rcParams["font.size"] == LABEL_SIZE
