"""Everything that is drawn: the style, plots of data, diagrams, tables, stills of live figures."""

from dlcourse.figures.alt_text import set_alt
from dlcourse.figures.set_up_notebook import use_style

__all__ = ["set_alt", "use_style"]
