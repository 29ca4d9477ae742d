"""The one page that the PDF is printed from, and what becomes of a PDF that is out of date."""

import pytest
from _publishing.pdf import offer_until_next_build, one_long_page

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
        "root: index\nparts:\n  - caption: First & last\n    chapters:\n"
        "      - file: a/b\n        sections:\n          - file: a/below\n"
    )
    (built / "a").mkdir(parents=True)
    (built / "index.html").write_text(PAGE.format(other="a/b", root=""))
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
    assert list(one_long_page.parts(site[1]).values()) == [["index"], ["a/b"]]


def test_a_table_of_contents_that_cannot_be_printed_is_named(site):
    (site[1] / "_toc.yml").write_text("root: index\nchapters:\n  - file: a/b\n")
    with pytest.raises(ValueError, match=r"_toc\.yml: .*no 'parts'"):
        joined(site)


def test_contents_give_the_numbers_that_are_known(site):
    page = joined(site, numbers={"a-b--two--title": 7})
    assert (
        '<a href="#a-b--two--title">Section</a><span class="dots"></span><span class="number">7<'
        in page
    )


def test_a_pdf_is_offered_until_the_next_build(build_book):
    """And what a printing run that was killed has left is gone then, too."""
    offer = '# Welcome\n\n<p class="take-away" hidden>A PDF.</p>\n'
    book = {"index.md": offer, "chapters/one.md": "# One\n"}
    built = build_book(book)
    offer_until_next_build.show_link(built.html, shown=True)
    assert '<p class="take-away">' in built.read("index.html")
    left = [
        built.html / name for name in (offer_until_next_build.NAME, offer_until_next_build.PART)
    ]
    for path in left:
        path.touch()
    build_book(book, before=built)
    assert [path for path in left if path.exists()] == []
    assert '<p class="take-away" hidden>' in built.read("index.html")
