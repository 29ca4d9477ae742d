"""Pictures in a small book: words, size and the page's theme."""

import io
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from matplotlib.figure import Figure
from PIL import Image

from dlcourse.figures import rendering, set_alt

CSS = Path(__file__).parents[3] / "book" / "_static" / "course.css"
CELL = """# Page

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
PICTURES = """# Page

![](own.png)

![Explicit.](own.png)

![](plain.png)

![](latin.svg)

![a](torn.png)

![b](torn.svg)
"""


def pictures(built, page):
    html = BeautifulSoup(built.read(f"chapters/{page}.html"), "html.parser")
    return html.article.select("img")


@pytest.fixture(scope="module")
def figure(build_book, notebook_header):
    """Build a page with a figure that has words."""
    cell = CELL % 'set_alt(figure, "One word & no more.")'
    pages = {"chapters/figure.md": notebook_header + cell}
    built = build_book({**pages, "_static/course.css": CSS.read_text(encoding="utf-8")})
    assert built.code == 0, built.log
    return built


def test_a_figures_words_and_size_reach_the_page(figure):
    (image,) = pictures(figure, "figure")
    assert image["alt"] == "One word & no more."
    assert "dlcourse-figure" in image["class"]
    assert {"width", "height"} <= image.attrs.keys()
    assert "style" not in image.attrs


@pytest.fixture(scope="module")
def wrong(build_book, notebook_header):
    """Build pages with pictures that have no words, or are none."""
    own, plain = Figure(figsize=(2, 1)), io.BytesIO()
    set_alt(own, "From the file.")
    Image.new("L", (30, 20)).save(plain, "png")
    latin = (
        '<?xml version="1.0" encoding="latin-1"?>'
        '<svg xmlns="http://www.w3.org/2000/svg"><title>Größe</title></svg>'
    )
    built = build_book(
        {
            "chapters/bare.md": notebook_header + CELL % "",
            "chapters/pictures.md": PICTURES,
            "chapters/own.png": rendering.png(own),
            "chapters/plain.png": plain.getvalue(),
            "chapters/latin.svg": latin.encode("latin-1"),
            "chapters/torn.png": "version https://git-lfs.github.com/spec/v1\n",
            "chapters/torn.svg": "<svg",
        }
    )
    assert built.code != 0
    return built


def test_a_figure_without_words_fails_the_build_and_says_where(wrong):
    line = next(line for line in wrong.log.splitlines() if "call set_alt" in line)
    assert "chapters/bare.md:" in line
    assert "figure has no alt text: call set_alt" in line


def test_markdown_pictures_need_words_and_an_explicit_alt_wins(wrong):
    own, explicit, plain, latin, *_ = pictures(wrong, "pictures")
    assert [own["alt"], explicit["alt"], latin["alt"]] == ["From the file.", "Explicit.", "Größe"]
    assert (plain["width"], plain["height"]) == ("30", "20")
    assert wrong.log.count("picture has no alt text") == 1


def test_a_file_that_is_no_picture_fails_the_build_and_says_where(wrong):
    for line, name in ((11, "torn.png"), (13, "torn.svg")):
        fault = f"chapters/pictures.md:{line}: WARNING: cannot read the picture chapters/{name}: "
        assert fault in wrong.log


def test_an_svg_follows_the_pages_theme_not_the_systems(figure, chromium):
    page_address = (figure.html / "chapters" / "figure.html").as_uri()
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
