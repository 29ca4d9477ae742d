"""The words of a figure and of its axes."""

from matplotlib.figure import Figure
from refusals import refusals

from dlcourse.figures.alt_text import alt_of, set_alt


def test_alt_of_a_figure_joins_those_of_its_axes_unless_it_has_its_own():
    figure = Figure()
    left, right = figure.subplots(1, 2)
    set_alt(left, "Left.")
    set_alt(right, "Right\n  side.")
    assert alt_of(figure) == "Left. Right side."
    set_alt(figure, "Both.")
    assert alt_of(figure) == "Both."
    assert alt_of(left) == "Left."


test_alt_errors = refusals(
    (lambda: set_alt(Figure(), "  "), "`text` must say what is seen"),
    (lambda: set_alt("figure", "text"), "`target` must be a Figure or Axes: got str"),
    (lambda: alt_of(None), "`target`"),
)
