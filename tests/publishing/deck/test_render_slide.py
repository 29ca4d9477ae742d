"""The HTML of a slide: the page's own, cut and mended so that it can stand alone."""

import pytest
from bs4 import BeautifulSoup

CHAPTER = """\
# First

+++ {"slideshow": {"slide_type": "slide"}}

```{note}
Of note.
```

```{admonition} Own
Own words.
```

+++ {"slideshow": {"slide_type": "slide"}}

<div class="box">

Inside the box.

+++ {"slideshow": {"slide_type": "slide"}}

</div>

[page](second.md) <img alt='' src='../images/site.webp'>
<span id="mark">here</span>
"""


@pytest.fixture(scope="module")
def slides(build_book, notebook_header):
    built = build_book(
        {"chapters/first.md": notebook_header + CHAPTER, "chapters/second.md": "# Second\n"}
    )
    deck = BeautifulSoup(built.read("slides/first.html"), "html.parser")
    return deck.select(".slides > section")


def test_a_note_has_its_title_once(slides):
    titles = [title.text for title in slides[1].select(".admonition-title")]
    assert titles == ["Note", "Own"]


def test_a_slide_ends_what_its_own_html_begins(slides):
    assert [len(slide.select(".box")) for slide in slides] == [0, 0, 1, 0]
    assert "Inside the box." in slides[2].text
    assert [len(slide.select(".slide-foot")) for slide in slides] == [1] * 4


def test_addresses_lead_from_the_deck_and_ids_are_the_pages(slides):
    assert slides[3].find("a", string="page")["href"] == "../chapters/second.html"
    assert slides[3].img["src"] == "../images/site.webp"
    assert "here" in slides[3].text
    assert not slides[3].find(id="mark")
