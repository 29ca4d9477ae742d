"""A chapter on paper, as its *Print* button gives it."""

import re
from io import BytesIO

import firefox
import pytest
from pypdf import PdfReader

PAGE = """# The title of the page

See [another site](https://example.org/an/address).

```{code-cell}
:tags: [hide-input]
result = "folded on the screen"
```

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
#: What only a screen can use.
CONTROLS = "button, summary, .skip-link, [contenteditable]"


def text_of(pdf):
    """The words of a PDF."""
    return " ".join("\n".join(sheet.extract_text() for sheet in PdfReader(pdf).pages).split())


@pytest.fixture(scope="module")
def address(build_book, notebook_header):
    """The address of a page with all that can be printed wrongly."""
    built = build_book({"chapters/a.md": notebook_header + LONG})
    assert built.code == 0, built.log
    return (built.html / "chapters" / "a.html").as_uri()


@pytest.fixture(params=["chromium", pytest.param("firefox", marks=pytest.mark.slow)])
def text(request, address, tmp_path):
    """The words of the page as a browser prints it."""
    if request.param == "firefox":
        if not firefox.command():
            pytest.skip("Firefox is not installed")
        page = firefox.Firefox(tmp_path)
    else:
        page = request.getfixturevalue("chromium").new_page()
    page.goto(address)
    yield text_of(BytesIO(page.pdf(format="A4")))
    page.close()


def test_a_printed_page_has_its_title_its_solution_and_the_addresses_of_its_links(text):
    assert "The title of the page" in text
    assert "All of it." in text
    assert "(https://example.org/an/address)" in text


def test_all_code_is_printed_what_is_folded_and_the_end_of_long_lines(text):
    assert "folded on the screen" in text
    assert "the end of the line" in text


def test_nothing_is_printed_that_only_a_screen_can_use(text):
    for words in ("Click to", "Skip to", "Back to top", "Show ", "Hide "):
        assert words not in text


def test_sheets_are_numbered(address, chromium):
    """Firefox numbers them by itself."""
    page = chromium.new_page()
    page.goto(address)
    pdf = page.pdf(format="A6")
    n_sheets = len(PdfReader(BytesIO(pdf)).pages)
    assert n_sheets > 1
    assert f"{n_sheets} / {n_sheets}" in text_of(BytesIO(pdf))


def test_no_control_is_seen_on_paper_and_no_line_is_cut(address, chromium):
    page = chromium.new_page()
    page.set_viewport_size({"width": 700, "height": 1000})
    page.emulate_media(media="print")
    page.goto(address)
    seen = f"[...document.querySelectorAll('{CONTROLS}')].filter((e) => e.checkVisibility())"
    assert page.evaluate(f"{seen}.map((e) => e.outerHTML)") == []
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
