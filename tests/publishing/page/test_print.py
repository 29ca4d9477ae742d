"""A chapter on paper, as its *Print* button gives it: what no printed chapter of the site has."""

import re
from io import BytesIO

import pytest
from pypdf import PdfReader

PAGE = """# The title of the page

```python
result = %s  # the end of the line
```

````{exercise} Sums
:label: sums

How much?
````

````{solution} sums
:class: dropdown

All of it.
````
"""
LONG = PAGE % " + ".join(f"number_{i}" for i in range(30))


@pytest.fixture(scope="module")
def address(build_book, notebook_header):
    """The address of a page with a line of code that is too long for a sheet."""
    built = build_book({"chapters/a.md": notebook_header + LONG})
    return (built.html / "chapters" / "a.html").as_uri()


def test_what_is_folded_or_beyond_the_edge_is_printed(address, chromium):
    page = chromium.new_page()
    page.goto(address)
    sheets = PdfReader(BytesIO(page.pdf(format="A4"))).pages
    text = " ".join("\n".join(sheet.extract_text() for sheet in sheets).split())
    for words in ("The title of the page", "All of it.", "the end of the line"):
        assert words in text
    page.set_viewport_size({"width": 700, "height": 1000})
    page.emulate_media(media="print")
    long = "[...document.querySelectorAll('pre')].filter((e) => e.scrollWidth > e.clientWidth)"
    assert page.evaluate(f"{long}.map((e) => e.textContent)") == []


def fills(pdf):
    """The colours with which the first sheet of a PDF is filled, from 0 to 255."""
    content = PdfReader(BytesIO(pdf)).pages[0].get_contents().get_data().decode("latin-1")
    colours = re.findall(r"([\d.]+) ([\d.]+) ([\d.]+) rg\b", content)
    return {tuple(round(255 * float(value)) for value in colour) for colour in colours}


def test_paper_is_light_where_the_screen_is_dark(address, chromium):
    """And the screen is dark again afterwards."""
    context = chromium.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(address)
    style = "getComputedStyle(document.body)"
    dark = page.evaluate(f"[{style}.color, {style}.backgroundColor].map((c) => c.match(/\\d+/g))")
    dark = {tuple(map(int, colour)) for colour in dark}
    assert not dark & fills(page.pdf(format="A4", print_background=True))
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    context.close()
