"""How a notebook shows figures: in the course's style, as SVG in the book, as PNG elsewhere."""

import os
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from dlcourse.figures.alt_text import alt_of
from dlcourse.figures.rendering import PNG_SCALE, png, svg
from dlcourse.figures.style import style


def use_style() -> None:
    """Set the course's style. Call it once, after the imports.

    A notebook then shows figures as PNG on white. While the book is built, they are SVG that
    follows the page's theme.
    """
    shell = _notebook_shell()
    if shell is not None:
        _show_figures_in(shell)
    mpl.rcParams.update(style())


def _notebook_shell() -> Any:
    """Return the IPython kernel's shell, or None outside a notebook."""
    try:
        from IPython.core.getipython import get_ipython  # noqa: PLC0415 - optional
    except ImportError:
        return None
    shell = get_ipython()
    return shell if shell is not None and hasattr(shell, "kernel") else None


def _show_figures_in(shell: Any) -> None:
    """Make `shell` show figures through this module, and not show axes."""
    # It comes with IPython. Importing it sets formatters, which ours must replace.
    import matplotlib_inline.backend_inline  # noqa: F401, PLC0415

    formatters = shell.display_formatter.formatters
    for mime in ("image/png", "image/svg+xml", "image/jpeg", "application/pdf"):
        formatters[mime].pop(Figure, None)
    if os.environ.get("DLCOURSE_BOOK") == "1":  # while the book is built
        formatters["image/svg+xml"].for_type(Figure, svg)
    else:
        formatters["image/png"].for_type(Figure, _png_with_size)
    # A cell that ends in `plotting.scatter(…)` shows the figure, not the repr of its axes.
    shell.display_formatter.ipython_display_formatter.for_type(Axes, lambda _axes: None)


def _png_with_size(figure: Figure) -> tuple[bytes, dict[str, int | str]]:
    """Return the PNG and the size at which a notebook shows it."""
    data = png(figure)
    width, height = (int.from_bytes(data[at : at + 4], "big") // PNG_SCALE for at in (16, 20))
    size: dict[str, int | str] = {"width": width, "height": height}
    return data, size | ({"alt": alt_of(figure)} if alt_of(figure) else {})
