"""A slide lasts as long as somebody needs who says and shows what is on it."""

import pytest
from _publishing.deck.speaking_times import (
    FIGURE,
    LINE,
    PACE,
    PICTURE,
    QUESTION,
    TURN,
    in_full,
    seconds,
    write_result,
)
from _publishing.source.schedule import Item

SLIDE = {"heading": "", "text": "", "pictures": "", "notes": "", "exercise_minutes": 0}


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"heading": "one two three"}, 180 / PACE),
        ({"text": "<p>one two</p><math>x</math>", "notes": "<p>three &amp; –</p>"}, 180 / PACE),
        ({"text": "<pre>a = 1\nb = 2\n</pre>"}, 2 * LINE),
        ({"pictures": '<img src="a.svg">'}, PICTURE),
        ({"notes": "<p>“Why?”</p>"}, 60 / PACE + QUESTION),
        ({"text": '<figure data-widget="x"><img></figure>'}, FIGURE),
        ({"text": "<p>any words</p>", "exercise_minutes": 5}, 300),
    ],
)
def test_words_code_pictures_and_questions_take_their_time(parts, expected):
    assert seconds(SLIDE | parts) == pytest.approx(expected)


def test_a_chapter_in_full_has_every_slide_and_the_plans_minutes_for_exercises():
    slides = [
        SLIDE | {"kind": "text", "only": "chapter", "heading": "word " * PACE},
        SLIDE | {"kind": "text", "only": "workshop", "heading": "word " * PACE},
        SLIDE | {"kind": "predict", "only": "", "heading": "word " * PACE},
        SLIDE | {"kind": "exercise", "only": "", "exercise_minutes": 9},
    ]
    assert in_full(slides, 4) == pytest.approx(TURN / 60 + 1 + 1 + 4)


def test_the_guide_says_how_long_the_half_day_lasts(tmp_path):
    guide = tmp_path / "instructors" / "guide.html"
    guide.parent.mkdir()
    guide.write_text('<p id="rehearsal-half-day"></p>', encoding="utf-8")
    items = [
        Item("chapter", "a-b", "", "09:00", "09:10", 10, 0, ()),
        Item("break", "", "Coffee", "09:10", "09:25", 0, 0, ()),
        Item("spare", "", "To spare", "09:25", "09:35", 0, 0, ()),
    ]
    for _ in range(2):  # a second build says it once, too
        write_result(tmp_path, "half-day", items, {"a-b": 4.2})
        html = guide.read_text(encoding="utf-8")
        assert html.count("rehearsal") == 1
        assert "lasts 19 minutes of the 25 that are planned, and 10 more are to spare" in html
        assert "“a b”: 4 minutes of 10" in html
