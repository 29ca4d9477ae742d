"""Pictures in a small book: words, size and the page's theme."""

import io
import re

import pytest
from PIL import Image, PngImagePlugin

CELL = """# Page

```{code-cell} ipython3
from matplotlib.figure import Figure
from IPython.display import SVG, display
from dlcourse.figures import set_alt, rendering, style
figure = Figure(figsize=(3, 2), facecolor="none")
figure.text(0.5, 0.5, "Words", color=style.INK)
set_alt(figure, "One word & no more.")
display({"image/svg+xml": rendering.svg(figure), "text/plain": "figure"}, raw=True)
```
"""
LATIN = (
    '<?xml version="1.0" encoding="latin-1"?>'
    '<svg xmlns="http://www.w3.org/2000/svg" width="8mm" height="15pt"><title>Größe</title></svg>'
)


def png(words):
    """Return a picture's file, with its words where `dlcourse.figures` writes them."""
    file, info = io.BytesIO(), PngImagePlugin.PngInfo()
    info.add_itxt("Description", words)
    Image.new("L", (30, 20)).save(file, "png", pnginfo=info)
    return file.getvalue()


@pytest.fixture(scope="module")
def described(build_book, notebook_header):
    """A built page whose pictures all have words, in the page or in their files."""
    text = "\n![](a#b.svg)\n\n![Grey.](plain.png)\n\n![](worded.png)\n"
    text += "\nA dot: ![Dot.](a#b.svg), then a comma.\n"
    return build_book({
        "chapters/a.md": notebook_header + CELL + text,
        "chapters/a#b.svg": LATIN.encode("latin-1"),
        "chapters/plain.png": png(""),
        "chapters/worded.png": png("Said in the file."),
    })  # fmt: skip


def test_a_figures_words_and_size_reach_the_page(described):
    html = described.read("chapters/a.html")
    assert 'alt="One word &amp; no more."' in html
    tag = html[html.index("<img", html.index("cell_output")) :].split(">")[0]
    assert "dlcourse-figure" in tag
    assert 'width="' in tag
    assert 'height="' in tag
    assert "style=" not in tag


def test_words_come_from_the_file_and_an_explicit_alt_wins(described):
    html = described.read("chapters/a.html")
    for words in ("Grey.", "Größe", "Said in the file."):
        assert f'alt="{words}"' in html
    size = 'height="20" src="../_images/a%23b.svg" width="30"'
    assert re.search(rf'<img alt="Dot." [^>]*{re.escape(size)}[^>]*>, then a comma', html)


def test_an_svg_follows_the_pages_theme_not_the_systems(described, chromium):
    darkest, lightest = {}, {}
    for system in ("light", "dark"):
        page = chromium.new_page(color_scheme=system)
        page.goto((described.html / "chapters/a.html").as_uri())
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
