"""A slide lasts as long as somebody needs who says and shows what is on it."""

import pytest
from _publishing.deck.speaking_times import (
    FIGURE,
    LINE,
    PACE,
    PICTURE,
    QUESTION,
    TURN,
    minutes_of_own_deck,
    seconds,
)

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


def test_a_chapters_own_deck_has_every_slide_and_the_plans_minutes_for_exercises():
    slides = [
        SLIDE | {"kind": "text", "heading": "word " * PACE},
        SLIDE | {"kind": "predict", "heading": "word " * PACE},
        SLIDE | {"kind": "exercise", "exercise_minutes": 9},
    ]
    assert minutes_of_own_deck(slides, 4) == pytest.approx(TURN / 60 + 1 + 1 + 4)
