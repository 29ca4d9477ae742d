"""Formulas: TeX in, native MathML out, in a font cut to size; bad TeX fails the build."""

from io import BytesIO

import pytest
from _publishing.page import mathematics_font
from _publishing.page.mathematics import formula_of, render
from docutils import nodes
from fontTools.ttLib import TTFont

CHAPTER = """\
# Sums of $x^2$

In a line: $\\frac{a}{b}$, and $\\mathbf{W} \\in \\mathbb{R}^{3 \\times 4}$.

$$
\\begin{bmatrix} 1 & 2 \\\\ 3 & 4 \\end{bmatrix}
$$ (eq-one)

See {eq}`eq-one`.

## A section

+++ {"slideshow": {"slide_type": "slide"}}

$$ y = \\sqrt{x} $$
"""


@pytest.mark.parametrize(
    ("node", "tex"),
    [
        (nodes.math("", " x "), "x"),
        (nodes.math_block("", "x = 1"), "x = 1"),
        (nodes.math_block("", r"x \\ y"), r"\begin{split}x \\ y\end{split}"),
    ],
)
def test_formula_is_what_temml_takes(node, tex):
    assert formula_of(node) == {"tex": tex, "display": isinstance(node, nodes.math_block)}


@pytest.mark.parametrize(
    "tex", [r"\frac{a", r"\begin{bmatrix}1", r"\nosuchmacro", "a}", r"\left( x"]
)
def test_bad_tex_is_an_error(tex):
    assert render([{"tex": tex, "display": True}])[0]["error"]


def test_font_keeps_what_brackets_need_to_grow():
    data = mathematics_font.subset_font(mathematics_font.BASIC + "∑")
    font = TTFont(BytesIO(data))
    assert len(data) < 40_000
    assert {"(", "∑", "√"} <= {chr(code) for code in font.getBestCmap()}
    variants = font["MATH"].table.MathVariants
    grow = dict(zip(variants.VertGlyphCoverage.glyphs, variants.VertGlyphConstruction, strict=True))
    assert grow[font.getBestCmap()[ord("(")]].MathGlyphVariantRecord


def test_italics_are_unicodes_own():
    result = [hex(ord(mathematics_font.ITALICS[c])) for c in "aZhλ∂"]
    assert result == ["0x1d44e", "0x1d44d", "0x210e", "0x1d706", "0x1d715"]
    assert "1" not in mathematics_font.ITALICS


def test_page_and_deck_hold_mathml_numbers_and_links(build_book, notebook_header):
    built = build_book({"chapters/one.md": notebook_header + CHAPTER})
    page, deck = built.read("chapters/one.html"), built.read("slides/one.html")
    assert page.count("<math") >= 5  # with the title's own in the tables of contents
    assert "<mfrac>" in page
    assert '<span class="eqno">(1)' in page
    assert 'href="#equation-eq-one">(1)</a>' in page
    assert "<msqrt>" in deck
    for html in (page, deck):
        assert "\\frac" not in html
        assert "MathJax" not in html
    assert (built.html / "_static" / "stix-two-math.woff2").stat().st_size > 5_000
