"""What a page's file says: title, description, card, links, one address each."""

import re

import pytest
from _publishing.pdf.one_long_page import article
from pages import CHAPTERS, PAGES, TOC
from PIL import Image


def head_of(site, name):
    """Return the head of a page or deck."""
    return (site / f"{name}.html").read_text(encoding="utf-8").partition("</head>")[0]


@pytest.mark.parametrize("name", PAGES)
def test_page_says_what_it_is(site, name):
    text = (site / f"{name}.html").read_text(encoding="utf-8")
    head = head_of(site, name)
    assert '<html lang="en"' in text
    assert head.count('name="viewport"') == 1
    title = re.search(r"<title>(.*?)</title>", head)[1]
    (about,) = re.findall(r'name="description" content="([^"]*)"', head)
    assert 20 <= len(about) <= 320
    assert not re.search(r"[$\\{}]|<", title + about)
    assert 'property="og:title"' in head
    assert 'rel="icon"' in head
    assert text.count("<h1") == 1
    ids = re.findall(r'\sid="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    assert re.findall(r"WARNING:.{60}|\w+Warning: .{60}", text) == []  # of a library


def test_titles_and_descriptions_differ(site):
    for pattern in (r"<title>(.*?)</title>", r'name="description" content="([^"]*)"'):
        texts = [re.search(pattern, head_of(site, name))[1] for name in TOC]
        assert len(set(texts)) == len(texts), pattern


def test_no_link_leaves_for_the_site_s_own_address(site):
    """A copy of the site, or a folder of it, keeps its readers."""
    sitemap = (site / "sitemap.xml").read_text(encoding="utf-8")
    home = re.search(r"<loc>(.*?)</loc>", sitemap)[1]
    for path in [*(site / f"{name}.html" for name in TOC), *site.glob("slides/*.html")]:
        assert not re.search(rf'<a\b[^>]*href="{home}', path.read_text(encoding="utf-8")), path


def test_each_page_and_deck_has_one_address_and_a_card(site):
    listed = re.findall(r"<loc>(.*?)</loc>", (site / "sitemap.xml").read_text(encoding="utf-8"))
    names = [*TOC, *(f"slides/{path.stem}" for path in site.glob("slides/*"))]
    assert len(names) == len(listed) == len(set(listed))
    cards = set()
    for name in names:
        head = head_of(site, name)
        (address,) = re.findall(r'rel="canonical" href="([^"]*)"', head)
        assert f'property="og:url" content="{address}"' in head
        assert address in listed, name
        (card,) = re.findall(r'property="og:image" content="([^"]*)"', head)
        path = site / "_static" / "cards" / card.rpartition("/")[2]
        with Image.open(path) as picture:
            for side, size in zip(("width", "height"), picture.size, strict=True):
                assert f'property="og:image:{side}" content="{size}"' in head
        assert re.search(r'property="og:image:alt" content="[^"]{10,}"', head)
        cards.add(path.read_bytes())
    assert len(cards) == len(TOC)


def test_the_whole_deck_is_one_click_away(site):
    for name in ("index", *(n for n in TOC if n.startswith("instructors/"))):
        text = (site / f"{name}.html").read_text(encoding="utf-8")
        assert re.search(r'class="btn[^"]*" href="[./]*slides/workshop.html"', text), name


def test_lost_readers_find_back_from_any_depth(site):
    text = (site / "404.html").read_text(encoding="utf-8")
    links = re.findall(r'(?<![\w-])(?:href|src|action)="([^"]*)"', text)
    assert links
    assert [a for a in links if not a.startswith(("/", "#", "http", "data:"))] == []
    assert 'data-header-action="fullscreen"' in text
    assert 'rel="canonical"' not in text


def test_execution_times_stand_on_their_page(site):
    output = article(site, "appendix/execution-times")
    rows = re.findall(r"<tr\b.*?</tr>", output, re.DOTALL)[1:]
    assert len(rows) == len(CHAPTERS)
    for page, row in zip(CHAPTERS, rows, strict=True):
        assert page.rpartition("/")[2] in row
        cells, seconds = re.findall(r"<p>([\d.]+)</p>", row)
        assert int(cells) > 0
        assert float(seconds) > 0
