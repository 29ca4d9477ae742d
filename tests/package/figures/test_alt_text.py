"""The words of a figure and of its axes."""

import pytest
from matplotlib.figure import Figure

from dlcourse.errors import InputError
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


def test_alt_errors():
    with pytest.raises(InputError, match="`text` must say what is seen"):
        set_alt(Figure(), "  ")
    with pytest.raises(InputError, match="`target` must be a Figure or Axes: got str"):
        set_alt("figure", "text")
    with pytest.raises(InputError, match="`target`"):
        alt_of(None)
