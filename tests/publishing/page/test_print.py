"""A chapter on paper, as its *Print* button gives it."""

from io import BytesIO

import pytest
from pypdf import PdfReader

PAGE = """# The title of the page

See [another site](https://example.org/an/address).

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


@pytest.fixture(scope="module")
def printed(build_book, chromium):
    """The page as it is printed: its text, and whether any code is cut at the right."""
    built = build_book({"chapters/a.md": PAGE % " + ".join(f"number_{i}" for i in range(30))})
    assert built.code == 0, built.log
    page = chromium.new_page()
    page.goto((built.html / "chapters" / "a.html").as_uri())
    pdf = PdfReader(BytesIO(page.pdf(format="A4")))
    page.set_viewport_size({"width": 700, "height": 1000})
    page.emulate_media(media="print")
    cut = page.evaluate(
        "[...document.querySelectorAll('pre')].some((pre) => pre.scrollWidth > pre.clientWidth)"
    )
    return " ".join("\n".join(sheet.extract_text() for sheet in pdf.pages).split()), cut


def test_a_printed_page_has_its_title_its_solution_and_the_addresses_of_its_links(printed):
    text, _ = printed
    assert "The title of the page" in text
    assert "All of it." in text
    assert "(https://example.org/an/address)" in text
    assert "Click to" not in text


def test_a_long_line_of_code_goes_on_below(printed):
    text, cut = printed
    assert "the end of the line" in text
    assert not cut
