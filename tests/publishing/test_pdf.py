"""The one page that the PDF is printed from, and what becomes of a PDF that is out of date."""

import pytest
from _publishing.pdf import offer_while_current, one_long_page

PAGE = """<html><body><article class="bd-article">
<section id="one"><span id="alias"></span><h1>Title<a class="headerlink" href="#one">#</a></h1>
<p><a href="#two">below</a> <a href="{other}.html#two">there</a> <a href="../slides/x.html#b">d</a>
<a href="https://example.org/?a=1&amp;b=2">away</a>
<img loading="lazy" src="{root}_images/a.svg" alt="A line"><button>Copy</button></p>
<section id="two"><h2>Section</h2></section></section>
</article></body></html>"""


@pytest.fixture
def site(tmp_path):
    """A built site of two pages, and its sources."""
    source, built = tmp_path / "book", tmp_path / "html"
    (source).mkdir()
    (source / "_toc.yml").write_text(
        "root: index.md\nparts:\n  - caption: First & last\n    chapters:\n"
        "      - file: a/b.md\n        sections:\n          - file: a/below\n"
        "      - url: https://example.org\n"
    )
    (source / "_config.yml").write_text("author: Us\n")
    for folder in ("a", "_static", "_images"):
        (built / folder).mkdir(parents=True)
    (built / "_static" / "site.css").write_text("")
    (built / "_images" / "a.svg").write_text("<svg>1</svg>")
    index = PAGE.format(other="a/b", root="")
    (built / "index.html").write_text(
        index.replace("<section", '<p class="take-away" hidden><a>PDF</a></p><section', 1)
    )
    (built / "a" / "b.html").write_text(PAGE.format(other="../index", root="../"))
    return built, source


def joined(site, **options):
    front = '<p class="title">A book</p><p>By us</p>'
    defaults = {"front": front, "address": "https://example.org/course/", "numbers": {}}
    return one_long_page.join(*site, **(defaults | options))


def test_names_and_links_move_to_the_one_page(site):
    page = joined(site)
    for name in ("index--one", "index--two", "a-b--one", "a-b--alias"):
        assert page.count(f'id="{name}"') == 1
    assert 'href="#a-b--two">there' in page
    assert 'href="#index--two">there' in page
    assert 'href="#a-b--two">below' in page
    assert 'href="https://example.org/course/slides/x.html#b"' in page
    assert 'href="https://example.org/?a=1&amp;b=2"' in page
    assert page.count('src="_images/a.svg" alt="A line"') == 2
    assert "headerlink" not in page
    assert "<button" not in page
    assert "loading=" not in page


def test_parts_stand_above_their_pages(site):
    page = joined(site)
    assert "<title>A book</title>" in page
    assert page.index("First &amp; last</h1>") < page.index('id="a-b--one"')
    assert '<h1 id="index--one--title">Title</h1>' in page  # the welcome's
    assert '<h2 id="a-b--one--title">Title</h2>' in page
    assert '<h3 id="a-b--two--title">Section</h3>' in page
    # Pages below a page are for looking up on the site.
    assert [part.pages for part in one_long_page.parts(site[1])] == [["index"], ["a/b"]]


def test_contents_give_the_numbers_that_are_known(site):
    page = joined(site, numbers={"a-b--two--title": 7})
    assert (
        '<a href="#a-b--two--title">Section</a><span class="dots"></span><span class="number">7<'
        in page
    )


EDITS = [
    ("html/a/b.html", "Section", "Another section"),
    ("html/_images/a.svg", "<svg>1", "<svg>2"),
    ("book/_config.yml", "author: Us", "author: Me"),
]


@pytest.mark.parametrize(("name", "old", "new"), EDITS)
def test_a_pdf_is_offered_while_it_says_what_the_pages_say(site, tmp_path, name, old, new):
    built, source = site
    (built / offer_while_current.PART).touch()  # a printing run was killed
    assert not offer_while_current.offer_if_current(built, source)
    assert not (built / offer_while_current.PART).exists()
    (built / offer_while_current.NAME).write_bytes(b"%PDF")
    offer_while_current.note(built).write_text(offer_while_current.fingerprint(built, source))
    assert offer_while_current.offer_if_current(built, source)
    assert '<p class="take-away">' in (built / "index.html").read_text()
    assert offer_while_current.offer_if_current(built, source)  # the offer itself is not in the PDF
    path = tmp_path / name
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    assert not offer_while_current.offer_if_current(built, source)
    assert not (built / offer_while_current.NAME).exists()
    assert '<p class="take-away" hidden>' in (built / "index.html").read_text()
