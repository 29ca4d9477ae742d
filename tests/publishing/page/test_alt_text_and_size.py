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
%s
display({"image/svg+xml": rendering.svg(figure), "text/plain": "figure"}, raw=True)
```
"""
LATIN = (
    '<?xml version="1.0" encoding="latin-1"?>'
    '<svg xmlns="http://www.w3.org/2000/svg" width="8mm" height="15pt"><title>Größe</title></svg>'
)


def png(picture, words=""):
    """Return a picture's file, with its words where `dlcourse.figures` writes them."""
    file, info = io.BytesIO(), PngImagePlugin.PngInfo()
    info.add_itxt("Description", words)
    picture.save(file, "png", pnginfo=info)
    return file.getvalue()


@pytest.fixture(scope="module")
def files():
    """Pictures, with words in them or without, and files that are none."""
    pictures = {
        "plain.png": png(Image.new("L", (30, 20))),
        "worded.png": png(Image.new("L", (30, 20)), "Said in the file."),
        "a#b.svg": LATIN.encode("latin-1"),
        "torn.svg": b"<svg",
        "odd.svg": b'<svg width="1.2.3" height="4"/>',
        "torn.png": b"no picture",
    }
    return {f"chapters/{name}": data for name, data in pictures.items()}


@pytest.fixture(scope="module")
def described(build_book, notebook_header, files):
    """A built page whose pictures all have words."""
    text = CELL % 'set_alt(figure, "One word & no more.")'
    text += "\n![](a#b.svg)\n\n![Grey.](plain.png)\n\n![](worded.png)\n"
    text += "\nA dot: ![Dot.](a#b.svg), then a comma.\n"
    return build_book({"chapters/a.md": notebook_header + text, **files})


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


def test_what_is_wrong_fails_the_build_and_says_where(build_book, notebook_header, files):
    text = notebook_header + CELL % ""
    text += "\n![](plain.png)\n"
    torn = ("torn.svg", "odd.svg", "torn.png")
    text += "".join(f"\n![b]({name})\n" for name in torn)
    built = build_book({"chapters/a.md": text, **files}, fails=True)
    lines = {name: text.splitlines().index(f"![b]({name})") + 1 for name in torn}
    for line, fault in (
        ("", "figure has no alt text: call set_alt"),
        ("", "picture has no alt text"),
        *((line, f"cannot read the picture chapters/{name}: ") for name, line in lines.items()),
    ):
        assert f"a.md:{line}: WARNING: {fault}" in built.log


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
