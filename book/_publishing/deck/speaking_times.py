"""Estimate how many minutes slides last when spoken.

Each slide's words and its notes' are spoken at a calm pace; formulas, code, pictures and questions
take the time to read, to look and to answer; a figure is played with; an exercise has its minutes.
`spoken_minutes_in_guide` writes the sums into the instructors' guide.
"""

import re
from collections.abc import Iterable
from html import unescape
from typing import Any

#: Words a minute: slow enough to be followed in a second language.
PACE = 130
#: Seconds for a line of code, for a formula, for a picture, for a question to the room.
LINE, FORMULA, PICTURE, QUESTION = 4, 10, 15, 15
#: Seconds that a live figure is played with, whatever its notes say.
FIGURE = 90
#: Seconds to turn to a chapter, with its title on the screen.
TURN = 10
Slides = list[dict[str, Any]]
APART = re.compile(r"<(pre|math|table|figure|svg|script|style)\b.*?</\1>", re.DOTALL)


def seconds(slide: dict[str, Any]) -> float:
    """Return how many seconds a slide lasts; `render_slide` made it."""
    if slide["exercise_minutes"]:
        return 60.0 * int(slide["exercise_minutes"])
    heading, notes = str(slide["heading"]), str(slide["notes"])
    shown = str(slide["text"]) + str(slide["pictures"])
    asked = len(re.findall(r"\?[”\"\s]", _words(notes)))
    is_live = "data-widget" in shown
    code = sum(str(block).count("\n") for block in re.findall(r"<pre.*?</pre>", shown, re.DOTALL))
    looked = shown.count("<img") + shown.count("<table") + shown.count("<svg")
    return (
        60 * (_count(heading) + _count(shown) + _count(notes)) / PACE
        + LINE * code
        + FORMULA * shown.count('display="block"')
        + PICTURE * (0 if is_live else looked)
        + FIGURE * is_live
        + QUESTION * asked
    )


def spoken_minutes(slides: Iterable[dict[str, Any]]) -> float:
    """Return how many minutes the slides of a chapter last, its title included."""
    return (TURN + sum(map(seconds, slides))) / 60


def minutes_of_own_deck(slides: Slides, exercise: int) -> float:
    """Return how many minutes a chapter's own deck lasts.

    Unlike the workshop's deck, it has every slide of the chapter; its exercises count `exercise`
    minutes together, those of the schedule.
    """
    shown = [s for s in slides if s["kind"] != "exercise"]
    return spoken_minutes(shown) + exercise


def _words(html: str) -> str:
    """Return the text of HTML, without what is read in another way."""
    return unescape(re.sub(r"<[^>]+>", " ", APART.sub(" ", html)))


def _count(html: str) -> int:
    """Count the words that are spoken."""
    return sum(any(letter.isalnum() for letter in word) for word in _words(html).split())
