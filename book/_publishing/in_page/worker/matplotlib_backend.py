"""Matplotlib's backend in the page: `plt.show()` hands the open figures over as SVG.

`runner` names this module in ``MPLBACKEND``. Its `Page.show_figures` makes the SVG, with
`dlcourse.figures.rendering`. Agg is only the canvas that pyplot asks of a backend.
"""

from typing import Any

from matplotlib.backends.backend_agg import FigureCanvasAgg as FigureCanvas

from . import runner

__all__ = ["FigureCanvas", "show"]


def show(*_arguments: Any, **_options: Any) -> None:
    """Show the figures that are open."""
    for page in runner.PAGES:  # one: that which this Python works for
        page.show_figures()
