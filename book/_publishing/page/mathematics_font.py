"""The font of the formulas: STIX Two Math, cut down to what the book's formulas use.

A browser needs a font with a MATH table for brackets that grow and roots that reach. The
whole of STIX Two weighs 400 kB, the part that a course uses a tenth of that.
"""

import re
import unicodedata
from collections.abc import Iterable
from html import unescape
from pathlib import Path

from sphinx.application import Sphinx

from _publishing.assets import font_subset, nodejs
from _publishing.connect_for_html_only import after_build
from _publishing.write_if_changed import write_if_changed

NAME = "stix-two-math.woff2"
FONT = "@fontsource/stix-two-math/files/stix-two-math-latin-400-normal.woff2"
#: Forms for superscripts, dotless letters under accents, and flat accents.
FEATURES = ("ssty", "dtls", "flac", "kern", "mark", "mkmk")
#: Always there, so that a figure or a word in a formula never falls out of its font. A root's sign
#: stands in no formula's text: browsers draw it around `<msqrt>`.
BASIC = "".join(map(chr, range(0x20, 0x7F))) + "−×·√"
#: The italic form of a letter, Latin or Greek, which browsers take for a variable of one letter.
ITALICS = {
    chr(int(unicodedata.decomposition(italic).split()[1], 16)): italic
    for italic in map(chr, [0x210E, *range(0x1D434, 0x1D468), *range(0x1D6E2, 0x1D71C)])
    if unicodedata.decomposition(italic)  # not at the place of h, which Unicode had before the rest
}
_FORMULA = re.compile(r"<math.*?</math>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


def subset_font(characters: Iterable[str]) -> bytes:
    """Cut the font down to these characters, with all that its MATH table makes of them."""
    return font_subset.subset_font(nodejs.package(FONT), map(ord, characters), FEATURES)


def write(app: Sphinx) -> None:
    """Put the font for the book's formulas beside the style sheet that asks for it."""
    pages = (path.read_text("utf-8") for path in Path(app.outdir).rglob("*.html"))
    formulas = "".join(formula for page in pages for formula in _FORMULA.findall(page))
    letters = {*BASIC, *unescape(_TAG.sub("", formulas))}
    letters |= {ITALICS[letter] for letter in letters & ITALICS.keys()}
    write_if_changed(Path(app.outdir) / "_static" / NAME, subset_font(letters))


def setup(app: Sphinx) -> None:
    """Write the font at the end."""
    after_build(app, write)
