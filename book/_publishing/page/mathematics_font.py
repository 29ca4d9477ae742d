"""The font of the formulas: STIX Two Math, cut down to what the book's formulas use.

A browser needs a font with a MATH table for brackets that grow and roots that reach. The
whole of STIX Two weighs 400 kB, the part that a course uses a tenth of that.
"""

import html
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from _publishing.assets import font_subset, nodejs
from _publishing.connect_for_html_only import after_build
from _publishing.write_if_changed import write_if_changed

NAME = "stix-two-math.woff2"
FONT = "@fontsource/stix-two-math/files/stix-two-math-latin-400-normal.woff2"
#: The characters of a page's formulas, among its metadata.
USED = "dlcourse_formula_characters"
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
_TAG = re.compile(r"<[^>]*>")


def note_characters(env: BuildEnvironment, formulas: Iterable[str]) -> None:
    """Note the characters of the page at hand's formulas, given by `mathematics` as MathML."""
    text = html.unescape(_TAG.sub("", "".join(formulas)))
    env.metadata[env.docname][USED] = "".join(sorted(set(text)))


def subset_font(characters: Iterable[str]) -> bytes:
    """Cut the font down to these characters, with all that its MATH table makes of them."""
    return font_subset.subset_font(nodejs.package(FONT), map(ord, characters), FEATURES)


def write(app: Sphinx) -> None:
    """Put the font for the book's formulas beside the style sheet that asks for it."""
    letters = set(BASIC).union(*(page.get(USED, "") for page in app.env.metadata.values()))
    letters |= {ITALICS[letter] for letter in letters & ITALICS.keys()}
    write_if_changed(Path(app.outdir) / "_static" / NAME, subset_font(letters))


def setup(app: Sphinx) -> None:
    """Write the font at the end."""
    after_build(app, write)
