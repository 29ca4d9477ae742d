"""HTML that somebody has written: its tags, its addresses, its ends."""

import pytest
from _publishing.source.html_fragments import balanced, is_seen, with_addresses
from hypothesis import given
from hypothesis import strategies as st

PIECES = ["<div>", "</div>", "<p>", "<b>", "</b>", "</p>", "<br>", "<li>", "words", "<!-- c -->"]


@pytest.mark.parametrize(
    ("html", "whole"),
    [
        ('<div class="a">x', '<div class="a">x</div>'),
        ("x</div>y", "xy"),
        ("<p>a<b>c</p>", "<p>a<b>c</b></p>"),
        ("<ul><li>a<li>b</ul>", "<ul><li>a<li>b</ul>"),
        ("a</b>", "a"),
        ("a<br>b<hr/>", "a<br>b<hr/>"),
        ("a <div", "a &lt;div"),
        ("a <!-- b <i>", "a <!-- b <i>-->"),
        ("<script>'<div>'</script>", "<script>'<div>'</script>"),
        ("<p>1 < 2 &amp; 3", "<p>1 < 2 &amp; 3"),
    ],
)
def test_html_ends_what_it_begins_and_nothing_else(html, whole):
    assert balanced(html) == whole


@given(st.lists(st.sampled_from(PIECES), max_size=12))
def test_what_is_balanced_stays_as_it_is(pieces):
    whole = balanced("".join(pieces))
    assert balanced(whole) == whole
    assert whole.count("words") == pieces.count("words")


def test_every_address_is_found_however_it_is_written():
    html = """<A\n HREF=a.html data-x='href="no"'>a</A> <img src='b c.png'> <p title='src="no"'>
<!-- <a href="no"> --><object data="c"></object><p data="no"><video poster=d.webp src="">"""
    result = []
    changed = with_addresses(html, lambda address: result.append(address) or address.upper())
    assert result == ["a.html", "b c.png", "c", "d.webp", ""]
    assert 'HREF="A.HTML" data-x=\'href="no"\'' in changed
    assert "src='B C.PNG'" in changed
    assert '<!-- <a href="no"> -->' in changed


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
    assert is_seen(html) is seen
