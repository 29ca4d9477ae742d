"""Showing a figure: as SVG that follows the page's theme, as PNG on white, and in a notebook."""

from __future__ import annotations

import io
import os
import re
from typing import Any
from xml.sax.saxutils import escape

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from dlcourse import argument_checks
from dlcourse.figures.alt_text import alt_of
from dlcourse.figures.style import DARK_TWINS, DOTS_PER_INCH, PAPER, style

#: The rules that swap each scheme colour for its dark twin.
_DARK_RULES = "".join(
    f'[style*="{attribute}: {light}"]{{{attribute}:{dark}!important}}'
    for light, dark in DARK_TWINS.items()
    for attribute in ("fill", "stroke")
)
_PNG_SCALE = 2  # pixels of the file for each pixel of the page


def in_book() -> bool:
    """Return whether the book is being built; figures are then SVG that follows the theme."""
    return os.environ.get("DLCOURSE_BOOK") == "1"


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
    try:
        # Importing it sets formatters, which ours must replace.
        import matplotlib_inline.backend_inline  # noqa: F401, PLC0415 - optional
    except ImportError:
        return
    formatters = shell.display_formatter.formatters
    for mime in ("image/png", "image/svg+xml", "image/jpeg", "application/pdf"):
        formatters[mime].pop(Figure, None)
    if in_book():
        formatters["image/svg+xml"].for_type(Figure, svg)
    else:
        formatters["image/png"].for_type(Figure, _png_with_size)
    # A cell that ends in `plotting.scatter(…)` shows the figure, not the repr of its axes.
    shell.display_formatter.ipython_display_formatter.for_type(Axes, lambda _axes: None)


def svg(figure: Figure) -> str:
    """Draw `figure` as SVG that follows the page's theme and carries its alt text.

    Parameters
    ----------
    figure : Figure
        The figure. Without alt text the file has no description.

    Returns
    -------
    str
        The same bytes for the same figure, on every run.
    """
    figure = argument_checks.instance(figure, "figure", Figure)
    buffer = io.StringIO()
    with mpl.rc_context({key: style()[key] for key in ("svg.hashsalt", "svg.fonttype")}):
        figure.savefig(
            buffer,
            format="svg",
            transparent=True,
            bbox_inches="tight",
            pad_inches=0.05,
            metadata={"Date": None, "Creator": None, "Format": None, "Type": None},
        )
    drawing = buffer.getvalue()
    start = drawing.index("<svg")
    end = drawing.index(">", start) + 1
    style_sheet = f"<style>@media (prefers-color-scheme:dark){{{_DARK_RULES}}}</style>"
    # Hundredths of a point are enough.
    body = re.sub(r"\b([1-9]\d*\.\d\d)\d+", r"\1", drawing[end:])
    drawing = drawing[start:end] + _description(alt_of(figure)) + style_sheet + body
    return re.sub(r" <metadata>.*?</metadata>\n", "", drawing, flags=re.DOTALL)


def _description(alt: str) -> str:
    if not alt:
        return ""
    first_sentence = re.split(r"(?<=\.)\s", alt, maxsplit=1)[0]
    return f"<title>{escape(first_sentence)}</title><desc>{escape(alt)}</desc>"


def png(figure: Figure) -> bytes:
    """Draw `figure` as PNG on white, with its alt text in the file's *Description*."""
    figure = argument_checks.instance(figure, "figure", Figure)
    buffer = io.BytesIO()
    alt = alt_of(figure)
    figure.savefig(
        buffer,
        format="png",
        dpi=DOTS_PER_INCH * _PNG_SCALE,
        facecolor=PAPER,
        bbox_inches="tight",
        pad_inches=0.08,
        metadata={"Software": None} | ({"Description": alt} if alt else {}),
    )
    return buffer.getvalue()


def _png_with_size(figure: Figure) -> tuple[bytes, dict[str, int | str]]:
    """Return the PNG and the size at which a notebook shows it."""
    data = png(figure)
    width, height = (int.from_bytes(data[at : at + 4], "big") // _PNG_SCALE for at in (16, 20))
    size: dict[str, int | str] = {"width": width, "height": height}
    return data, size | ({"alt": alt_of(figure)} if alt_of(figure) else {})
