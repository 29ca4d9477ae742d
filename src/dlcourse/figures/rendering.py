"""A figure as a file: SVG that follows the page's theme, or PNG on white."""

import io
import re
from xml.sax.saxutils import escape

import matplotlib as mpl
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
PNG_SCALE = 2  # pixels of the file for each pixel of the page


def svg(figure: Figure) -> str:
    """Draw `figure` as SVG that follows the page's theme and carries its alt text.

    The same figure gives the same bytes on every run.
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
    # Hundredths of a point are enough, but not of a picture's scale.
    long_or_scale = r"(matrix\([^)]*\))|\b([1-9]\d*\.\d\d)\d+"
    body = re.sub(long_or_scale, lambda match: match[1] or match[2], drawing[end:])
    drawing = drawing[start:end] + _description(alt_of(figure)) + style_sheet + body
    return re.sub(r" <metadata>.*?</metadata>\n", "", drawing, flags=re.DOTALL)


def _description(alt: str) -> str:
    if not alt:
        return ""
    first_sentence = re.split(r"(?<=\.)\s", alt, maxsplit=1)[0]
    return f"<title>{escape(first_sentence)}</title><desc>{escape(alt)}</desc>"


def png(figure: Figure) -> bytes:
    """Draw `figure` as PNG on white, with its alt text in the file's ``Description``."""
    figure = argument_checks.instance(figure, "figure", Figure)
    buffer = io.BytesIO()
    alt = alt_of(figure)
    figure.savefig(
        buffer,
        format="png",
        dpi=DOTS_PER_INCH * PNG_SCALE,
        facecolor=PAPER,
        bbox_inches="tight",
        pad_inches=0.08,
        metadata={"Software": None} | ({"Description": alt} if alt else {}),
    )
    return buffer.getvalue()
