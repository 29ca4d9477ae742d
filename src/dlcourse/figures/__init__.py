"""Everything that is drawn: the style, plots of data, diagrams, tables, stills of live figures."""

from dlcourse.figures.style import set_alt, use_style

__all__ = ["set_alt", "use_style"]
