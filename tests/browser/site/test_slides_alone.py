"""A slide has no page around it: it says, shows and cites nothing that only the page has."""

import re

import pytest
from bs4 import BeautifulSoup
from decks import slides_of
from pages import DECKS

#: Words for what stands elsewhere on a page, or unfolds there.
ELSEWHERE = re.compile(
    r"\bas above\b|[,(] ?(above|below)[,)]|\bthe [\w`]+ (above|below)\b|\bunfold"
    r"|\b(on|of) this page\b"
)
#: What a sentence about numbers may say.
SPOKEN = re.compile(r"(below|above) (zero|\d|ln|1|it)|white above|black below", re.IGNORECASE)
APART = "aside, figcaption, pre, svg, math, img, [data-widget], .slide-foot"


@pytest.fixture(scope="module")
def slides(site):
    """Return every slide of every deck, as its id and its tree."""
    every = {
        f"{name} {slide['id']}": slide
        for name in DECKS
        for slide in slides_of(site, name)
        if slide.has_attr("id")
    }
    assert len(every) > 300
    return every


def test_a_slide_points_at_nothing_that_the_page_alone_has(slides):
    lost = {}
    for name, slide in slides.items():
        copy = BeautifulSoup(str(slide), "html.parser")
        for apart in copy.select(APART):
            apart.decompose()
        text = " ".join(copy.get_text(" ").split())
        for match in ELSEWHERE.finditer(SPOKEN.sub("", text)):
            lost[name] = text[max(0, match.start() - 40) : match.end() + 10]
    assert lost == {}


def test_a_slide_that_cites_an_equation_shows_it(slides):
    lost = {}
    for name, slide in slides.items():
        if name.endswith("further-reading"):
            continue  # a list for home
        numbers = " ".join(number.get_text() for number in slide.select(".eqno"))
        for link in slide.select('.slide-body a[href*="#equation-"]'):
            if link.get_text() not in numbers:
                lost[name] = link.get_text()
    assert lost == {}


def test_no_output_stands_without_its_code(slides):
    """The code may be on a slide before it, of the same section."""
    coded, bare = set(), []
    for name, slide in slides.items():
        section = re.sub(r"(-guess)?(-\d+)?$", "", name)
        if slide.select_one(".cell_input, .slide-text > .highlight, [class*=highlight-]"):
            coded.add(section)
        if slide.select_one(".cell_output pre") and section not in coded:
            bare.append(name)
    assert bare == []
