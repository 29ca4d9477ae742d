"""Pictures in a small book: words, size and the page's theme."""

import io
from pathlib import Path

import pytest
from matplotlib.figure import Figure
from PIL import Image
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

from dlcourse.figures import rendering, set_alt

STATIC = Path(__file__).parents[3] / "book" / "_static"
CELL = """
```{code-cell} ipython3
from matplotlib.figure import Figure
from IPython.display import SVG, display
from dlcourse.figures import set_alt, rendering, style
figure = Figure(figsize=(3, 2), facecolor="none")
figure.text(0.5, 0.5, "Words", color=style.INK)
%s
display({"image/svg+xml": rendering.svg(figure), "text/plain": "figure"}, raw=True)
```
"""
FRONT = """---
kernelspec:
  name: python3
file_format: mystnb
---
# Page
"""


def build(folder, text):
    """Build one page; return its HTML and the warnings."""
    (folder / "index.md").write_text(FRONT + text, "utf-8")
    warnings = io.StringIO()
    with docutils_namespace():
        app = Sphinx(
            srcdir=folder,
            confdir=None,
            outdir=folder / "_build/html",
            doctreedir=folder / "_build/doctrees",
            buildername="html",
            confoverrides={
                "extensions": ["myst_nb", "_publishing.page.alt_text_and_size"],
                "source_suffix": {".md": "myst-nb"},
                "html_theme": "pydata_sphinx_theme",
                "html_static_path": [str(STATIC)],
                "html_css_files": ["course.css"],
                "nb_execution_raise_on_error": True,
            },
            status=None,
            warning=warnings,
            freshenv=True,
        )
        app.build()
    return (folder / "_build/html/index.html").read_text("utf-8"), warnings.getvalue()


@pytest.fixture(scope="module")
def figure_page(tmp_path_factory):
    """Build a page with a figure that has words; return its folder, HTML and warnings."""
    folder = tmp_path_factory.mktemp("figure")
    return folder, *build(folder, CELL % 'set_alt(figure, "One word & no more.")')


@pytest.mark.filterwarnings("ignore")  # the site's tools, not ours
def test_a_figures_words_and_size_reach_the_page(figure_page):
    _, html, warnings = figure_page
    assert "alt text" not in warnings
    assert 'alt="One word &amp; no more."' in html
    tag = html[html.index("<img", html.index("cell_output")) :].split(">")[0]
    assert "dlcourse-figure" in tag
    assert 'width="' in tag
    assert 'height="' in tag
    assert "style=" not in tag


@pytest.mark.filterwarnings("ignore")
def test_a_figure_without_words_fails_the_build_and_says_where(tmp_path):
    _, warnings = build(tmp_path, CELL % "")
    assert "figure has no alt text: call set_alt" in warnings
    assert "index.md:" in warnings


@pytest.mark.filterwarnings("ignore")
def test_markdown_pictures_need_words_and_an_explicit_alt_wins(tmp_path):
    figure = Figure(figsize=(2, 1))
    set_alt(figure, "From the file.")
    (tmp_path / "own.png").write_bytes(rendering.png(figure))
    Image.new("L", (30, 20)).save(tmp_path / "plain.png")
    text = "![](own.png)\n\n![Explicit.](own.png)\n\n![](plain.png)\n"
    html, warnings = build(tmp_path, text)
    assert 'alt="From the file."' in html
    assert 'alt="Explicit."' in html
    assert warnings.count("picture has no alt text") == 1
    assert 'height="20" src="_images/plain.png" width="30"' in html


@pytest.mark.filterwarnings("ignore")
def test_a_file_that_is_no_picture_fails_the_build_and_says_where(tmp_path):
    (tmp_path / "torn.png").write_text("version https://git-lfs.github.com/spec/v1\n")
    (tmp_path / "torn.svg").write_text("<svg")
    (tmp_path / "latin.svg").write_bytes(
        '<?xml version="1.0" encoding="latin-1"?>'
        '<svg xmlns="http://www.w3.org/2000/svg"><title>Größe</title></svg>'.encode("latin-1")
    )
    html, warnings = build(tmp_path, "![a](torn.png)\n\n![b](torn.svg)\n\n![](latin.svg)\n")
    assert "index.md:8: WARNING: cannot read the picture torn.png: " in warnings
    assert "index.md:10: WARNING: cannot read the picture torn.svg: " in warnings
    assert 'alt="Größe"' in html
    assert "alt text" not in warnings


@pytest.mark.filterwarnings("ignore")
def test_an_svg_follows_the_pages_theme_not_the_systems(figure_page, chromium):
    page_address = (figure_page[0] / "_build/html/index.html").as_uri()
    darkest, lightest = {}, {}
    for system in ("light", "dark"):
        page = chromium.new_page(color_scheme=system)
        page.goto(page_address)
        for theme in ("light", "dark"):
            page.evaluate("theme => document.documentElement.dataset.theme = theme", theme)
            picture = page.locator("div.cell_output img").screenshot()
            pixels = Image.open(io.BytesIO(picture)).convert("L")
            darkest[system, theme], lightest[system, theme] = pixels.getextrema()
        page.close()
    for system in ("light", "dark"):
        assert darkest[system, "light"] < 60, "dark ink on the light page"
        assert lightest[system, "light"] > 240
        assert darkest[system, "dark"] < 40, "the dark page shows through"
        assert lightest[system, "dark"] > 200, "light ink on the dark page"
