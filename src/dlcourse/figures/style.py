"""The style of every figure of the course, and its alt text.

*Data colours* (`PALETTE`) have a contrast of at least 3:1 on both the white and the dark page, so
they never change. *Scheme colours* (`INK`, `MUTED`, `GRID`, `PAPER`, `PANEL` and the tints) are
for the light page; in the book's SVG a style sheet replaces each by its dark twin if the reader
prefers dark. `LIGHT` and `DARK` never change: they are for words on a picture.

Every figure carries alt text (`set_alt`). It is written into the SVG or PNG file, where the
book's build finds it. A figure without alt text fails the build.
"""

from __future__ import annotations

import io
import os
import re
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary
from xml.sax.saxutils import escape

import matplotlib as mpl
from cycler import cycler
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from dlcourse import validation
from dlcourse.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

BLUE, ORANGE, TEAL = "#2f7ed8", "#d9600a", "#11917c"
PURPLE, RED, OLIVE = "#a455c4", "#d1425a", "#8a8000"

#: Data colours, in the order in which they are used.
PALETTE = (BLUE, ORANGE, TEAL, PURPLE, RED, OLIVE)
#: Markers and line styles in the same order, so that colour is never the only difference.
MARKERS = ("o", "^", "s", "D", "v", "P")
LINES = ("-", "--", "-.", ":", (0, (5, 1, 1, 1, 1, 1)), (0, (8, 2)))

INK, MUTED, GRID = "#1f2328", "#57606a", "#d0d7de"
PAPER, PANEL = "#ffffff", "#f1f4f7"
BLUE_TINT, ORANGE_TINT, TEAL_TINT, PURPLE_TINT = "#d8e8fb", "#fde3cf", "#d2eee9", "#eedff5"
RED_TINT = "#fadde2"

#: For words on pictures: the same on a light and a dark page.
LIGHT, DARK = "#fefefe", "#010101"

#: The colour of the book's dark page (pydata-sphinx-theme's).
DARK_PAGE = "#14181e"

#: Each scheme colour and its twin on a dark page.
DARK_TWINS: Mapping[str, str] = {
    INK: "#e6e8eb",
    MUTED: "#aab3bd",
    GRID: "#3b434c",
    PAPER: DARK_PAGE,
    PANEL: "#222931",
    BLUE_TINT: "#163556",
    ORANGE_TINT: "#57300f",
    TEAL_TINT: "#0f443c",
    PURPLE_TINT: "#43264f",
    RED_TINT: "#561f2a",
}

#: Figure widths in inches; a book column shows `WIDE` in full and a phone at two thirds.
WIDE, MEDIUM, NARROW = 5.4, 4.6, 3.4

_DOTS_PER_INCH = 96  # of a CSS pixel
_alt: WeakKeyDictionary[Figure | Axes, str] = WeakKeyDictionary()


def in_book() -> bool:
    """Return whether the book is being built; figures are then SVG that follows the theme."""
    return os.environ.get("DLCOURSE_BOOK") == "1"


def style() -> dict[Any, Any]:
    """Return matplotlib's settings for the course, for `matplotlib.rc_context`.

    Examples
    --------
    >>> style()["axes.labelsize"]
    12
    """
    return {
        "figure.figsize": (WIDE, 3.6),
        "figure.dpi": _DOTS_PER_INCH,
        "figure.constrained_layout.use": True,
        "figure.facecolor": PAPER,
        "savefig.facecolor": "auto",
        "font.family": "DejaVu Sans",  # comes with matplotlib: the same everywhere
        "font.size": 12,
        "mathtext.fontset": "dejavusans",
        "axes.titlesize": 12,
        "axes.labelsize": 12,
        "xtick.labelsize": 11,
        "ytick.labelsize": 11,
        "legend.fontsize": 11,
        "legend.frameon": False,
        "text.color": INK,
        "axes.facecolor": "none",
        "axes.edgecolor": MUTED,
        "axes.labelcolor": INK,
        "axes.titlecolor": INK,
        "xtick.color": MUTED,
        "ytick.color": MUTED,
        "xtick.labelcolor": INK,
        "ytick.labelcolor": INK,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.axisbelow": True,
        "grid.color": GRID,
        "grid.linewidth": 0.8,
        "lines.linewidth": 2,
        "lines.markersize": 6,
        "axes.prop_cycle": cycler(color=PALETTE) + cycler(linestyle=LINES),
        "image.cmap": "gray",
        "image.interpolation": "none",
        "svg.fonttype": "path",  # the same letters in every browser, without a font
        "svg.hashsalt": "dlcourse",  # the same ids in every build
    }


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


def set_alt(target: Figure | Axes, text: str) -> None:
    """Set the alt text of a figure, or of one of its axes.

    Parameters
    ----------
    target : Figure or Axes
        The text of a figure replaces those of its axes.
    text : str
        What is seen, in plain sentences.

    Raises
    ------
    InputError
        If `target` is neither a figure nor axes, or `text` is empty.

    Examples
    --------
    >>> figure = Figure()
    >>> set_alt(figure, "A line that rises from 0 to 1.")
    >>> alt_of(figure)
    'A line that rises from 0 to 1.'
    """
    _check_target(target)
    if not isinstance(text, str) or not text.strip():
        raise InputError(f"`text` must say what is seen: got {text!r}.")
    _alt[target] = " ".join(text.split())


def alt_of(target: Figure | Axes) -> str:
    """Return the alt text of a figure or axes; empty if there is none.

    For a figure without its own text, those of its axes are joined, in order. Raises `InputError`
    if `target` is neither a figure nor axes.
    """
    _check_target(target)
    if target in _alt or isinstance(target, Axes):
        return _alt.get(target, "")
    return " ".join(_alt[axes] for axes in target.axes if axes in _alt)


def _check_target(target: object) -> None:
    if not isinstance(target, Figure | Axes):
        raise InputError(f"`target` must be a Figure or Axes: got {type(target).__name__}.")


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
    figure = validation.instance(figure, "figure", Figure)
    buffer = io.StringIO()
    with mpl.rc_context({"svg.hashsalt": "dlcourse", "svg.fonttype": "path"}):
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
    head = f"{_description(alt_of(figure))}<style>{_DARK_STYLE}</style>"
    body = re.sub(
        r"\b([1-9]\d*\.\d\d)\d+", r"\1", drawing[end:]
    )  # hundredths of a point are enough
    drawing = drawing[start:end] + head + body
    return re.sub(r" <metadata>.*?</metadata>\n", "", drawing, flags=re.DOTALL)


def _description(alt: str) -> str:
    if not alt:
        return ""
    first_sentence = re.split(r"(?<=\.)\s", alt, maxsplit=1)[0]
    return f"<title>{escape(first_sentence)}</title><desc>{escape(alt)}</desc>"


def _dark_style(twins: Mapping[str, str]) -> str:
    """Return the style sheet that swaps each scheme colour for its dark twin."""
    rules = "".join(
        f'[style*="{attribute}: {light}"]{{{attribute}:{dark}!important}}'
        for light, dark in twins.items()
        for attribute in ("fill", "stroke")
    )
    return f"@media (prefers-color-scheme:dark){{{rules}}}"


_DARK_STYLE = _dark_style(DARK_TWINS)


def png(figure: Figure, *, scale: float = 2.0) -> bytes:
    """Draw `figure` as PNG on white, with its alt text in the file's *Description*.

    `scale` is how many pixels of the file stand for one pixel of the page.
    """
    figure = validation.instance(figure, "figure", Figure)
    scale = validation.number(scale, "scale", above=0, below=20)
    buffer = io.BytesIO()
    alt = alt_of(figure)
    figure.savefig(
        buffer,
        format="png",
        dpi=_DOTS_PER_INCH * scale,
        facecolor=PAPER,
        bbox_inches="tight",
        pad_inches=0.08,
        metadata={"Software": None} | ({"Description": alt} if alt else {}),
    )
    return buffer.getvalue()


def _png_with_size(figure: Figure) -> tuple[bytes, dict[str, int | str]]:
    """Return the PNG and the size at which a notebook shows it."""
    data = png(figure)
    width, height = (int.from_bytes(data[at : at + 4], "big") // 2 for at in (16, 20))
    size: dict[str, int | str] = {"width": width, "height": height}
    return data, size | ({"alt": alt_of(figure)} if alt_of(figure) else {})
