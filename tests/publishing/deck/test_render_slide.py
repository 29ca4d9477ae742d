"""The HTML of a slide: the page's own, cut and mended so that it can stand alone."""

import re

import pytest
from _publishing.deck.what_slides_show import html_shows
from bs4 import BeautifulSoup


def test_a_note_has_its_title_once(build_book, notebook_header):
    boxes = "# First\n\n```{note}\nOf note.\n```\n\n```{admonition} Own\nOwn words.\n```\n"
    built = build_book({"chapters/first.md": notebook_header + boxes})
    assert built.code == 0, built.log
    titles = re.findall(r'"admonition-title">(\w+)<', built.read("slides/first.html"))
    assert titles == ["Note", "Own"]


OF_ITS_OWN = """\
# First

<div class="box">

Inside the box.

+++ {"slideshow": {"slide_type": "slide"}}

Still inside.

</div>

Outside<b> and not closed

+++ {"slideshow": {"slide_type": "slide"}}

</div>

<A HREF=second.html>bare</A> <img alt='' src='../images/site.webp'>

<svg width='9' height='9'><defs><linearGradient id="fade"><stop offset='0'/></linearGradient></defs>
<rect fill='url(#fade)' width='9' height='9'/><use href="#fade"/></svg>

## The next

+++ {"slideshow": {"slide_type": "slide"}}

Last words, after <span id="mark">all</span>.
"""


def test_a_slide_ends_what_its_own_html_begins(build_book, notebook_header):
    shown = OF_ITS_OWN.replace(
        "# First\n", '# First\n\n+++ {"slideshow": {"slide_type": "slide"}}\n'
    )
    built = build_book(
        {"chapters/first.md": notebook_header + shown, "chapters/second.md": "# Second\n"}
    )
    assert built.code == 0, built.log
    deck = BeautifulSoup(built.read("slides/first.html"), "html.parser")
    slides = deck.select(".slides > section")
    assert len(slides) == 5
    assert [len(slide.select(".box")) for slide in slides] == [0, 1, 0, 0, 0]
    assert "Inside the box." in slides[1].text
    assert [len(slide.select(".slide-foot")) for slide in slides] == [1] * 5
    assert not slides[-1].find("b", string=re.compile("Last"))
    assert slides[3].find("a", string="bare")["href"] == "../chapters/second.html"
    assert slides[3].img["src"] == "../images/site.webp"
    assert slides[3].find("use")["href"] == "#fade"
    assert slides[3].find("lineargradient", id="fade")
    assert not slides[-1].find(id="mark")


@pytest.mark.parametrize(
    ("html", "seen"),
    [
        ("<!-- c -->", False),
        ("<div class='x'>", False),
        ("</div>", False),
        ("<style>p {}</style>", False),
        ("<p>a</p>", True),
        ("<div><img src=a></div>", True),
        ("<dl-neuron></dl-neuron>", True),
    ],
)
def test_it_is_known_whether_there_is_something_to_see(html, seen):
    assert html_shows(html) is seen
