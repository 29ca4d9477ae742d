"""The guide says how long each plan lasts."""

from _publishing.deck.spoken_minutes_in_guide import with_result
from _publishing.source.schedule import Item


def test_the_guide_says_how_long_the_half_day_lasts():
    html = '<p id="rehearsal-half-day"></p>'
    items = [
        Item("chapter", "a-b", "", "09:00", "09:10", 10, 0, ()),
        Item("break", "", "Coffee", "09:10", "09:25", 0, 0, ()),
        Item("spare", "", "To spare", "09:25", "09:35", 0, 0, ()),
    ]
    for _ in range(2):  # a second build says it once, too
        html = with_result(html, "half-day", items, {"a-b": 4.2}, {"a-b": "A & b"})
        assert html.count("rehearsal") == 1
        assert "lasts 19 of the 25 planned minutes; the rest is for questions, and 10 more" in html
        assert "<em>A &amp; b</em>: 4 minutes of 10" in html
