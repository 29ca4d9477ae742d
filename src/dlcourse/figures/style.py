"""The style of every figure of the course: colours, markers, widths, matplotlib's settings.

*Data colours* (`PALETTE`) have a contrast of at least 3:1 on both the white and the dark page, so
they never change. *Scheme colours* (`INK`, `MUTED`, `GRID`, `PAPER`, `PANEL` and the tints) are
for the light page; in the book's SVG a style sheet replaces each by its dark twin if the reader
prefers dark. `LIGHT` and `DARK` never change: they are for words on a picture.
"""

import functools
from collections.abc import Callable, Mapping
from typing import Any, ParamSpec, TypeVar

import matplotlib as mpl
from cycler import cycler

P = ParamSpec("P")
R = TypeVar("R")

BLUE, ORANGE, TEAL = "#2f7ed8", "#d9600a", "#11917c"
PURPLE, RED, OLIVE = "#a455c4", "#d1425a", "#8a8000"

#: Data colours, in the order in which they are used.
PALETTE = (BLUE, ORANGE, TEAL, PURPLE, RED, OLIVE)
#: Markers and line styles in the same order, so that colour is never the only difference.
MARKERS = ("o", "^", "s", "D", "v", "P")
LINES = ("-", "--", "-.", ":", (0, (5, 1, 1, 1, 1, 1)), (0, (8, 2)))

INK, MUTED, GRID = "#1f2328", "#57606a", "#d0d7de"
PAPER, PANEL = "#ffffff", "#f1f4f7"
#: Pale fills, by the data colour that they belong to.
TINT = {BLUE: "#d8e8fb", ORANGE: "#fde3cf", TEAL: "#d2eee9", PURPLE: "#eedff5", RED: "#fadde2"}

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
    TINT[BLUE]: "#163556",
    TINT[ORANGE]: "#57300f",
    TINT[TEAL]: "#0f443c",
    TINT[PURPLE]: "#43264f",
    TINT[RED]: "#561f2a",
}

#: Points of every figure's letters: a page shows them as large as its text, a phone at 10 pixels,
#: and a slide at 20.
LABEL_SIZE = 12

#: Figure widths in inches; a book column shows `WIDE` in full and a phone at two thirds.
WIDE, MEDIUM = 5.4, 4.6

DOTS_PER_INCH = 96  # a dot is a CSS pixel


def style() -> dict[Any, Any]:
    """Return matplotlib's settings for the course, for `matplotlib.rc_context`.

    >>> style()["font.size"]
    12
    """
    return {
        "figure.figsize": (WIDE, 3.6),
        "figure.dpi": DOTS_PER_INCH,
        "figure.constrained_layout.use": True,
        "figure.facecolor": PAPER,
        "savefig.facecolor": "auto",
        "font.family": "DejaVu Sans",  # comes with matplotlib: the same everywhere
        "font.size": LABEL_SIZE,  # and so those of labels, ticks and legends, which are "medium"
        "mathtext.fontset": "dejavusans",
        "axes.titlesize": "medium",
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


def styled(draw: Callable[P, R]) -> Callable[P, R]:
    """Draw in the course's style whether or not `set_up_notebook.use_style` was called."""

    @functools.wraps(draw)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
        with mpl.rc_context(style()):
            return draw(*args, **kwargs)

    return wrapper
