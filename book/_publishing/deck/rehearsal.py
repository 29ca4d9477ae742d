"""The half day, spoken by the clock: how long its slides last when somebody says what they say.

Each slide's words and its notes' are spoken at a calm pace; formulas, code, pictures and questions
take the time to read, to look and to answer; a figure is played with; an exercise has its minutes.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from _publishing.source.schedule import Item

#: Words a minute: slow enough to be followed in a second language.
PACE = 130
#: Seconds for a line of code, for a formula, for a picture, for a question to the room.
LINE, FORMULA, PICTURE, QUESTION = 4, 10, 15, 15
#: Seconds that a live figure is played with, if its notes do not say how long.
FIGURE = 90
#: Seconds to turn to a chapter, with its title on the screen.
TURN = 10
Slides = list[dict[str, Any]]
#: Where the guide says how the rehearsal went.
GUIDE = "instructors/guide.html"
RESULT = re.compile(r'<p id="rehearsal".*?</p>', re.DOTALL)
APART = re.compile(r"<(pre|math|table|figure|svg|script|style)\b.*?</\1>", re.DOTALL)


def seconds(slide: dict[str, Any]) -> float:
    """Return how many seconds a slide of the half day lasts.

    Parameters
    ----------
    slide
        A rendered slide, as `deck.render.RenderedSlide` has it.
    """
    if slide["exercise_minutes"]:
        return 60.0 * int(slide["exercise_minutes"])
    heading, notes = str(slide["heading"]), str(slide["notes"])
    shown = str(slide["text"]) + str(slide["pictures"])
    asked = len(re.findall(r"\?(?:[”\"]|</p>|\s)", _words(notes)))
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


def minutes(slides: Iterable[dict[str, Any]]) -> float:
    """Return how many minutes the slides of a chapter last, its title included."""
    return (TURN + sum(map(seconds, slides))) / 60


def write_result(
    outdir: Path, plan: list[Item], slides: Mapping[str, list[dict[str, Any]]]
) -> None:
    """Write into the guide how long the half day lasts, and which chapter is tightest.

    Parameters
    ----------
    outdir
        The folder of the site; without a guide nothing is written.
    plan
        The half day's items.
    slides
        The rendered slides of each chapter, by its topic.
    """
    guide = outdir / GUIDE
    if not guide.exists():
        return
    spoken = {item.chapter: minutes(slides[item.chapter]) for item in plan if item.chapter}
    spare = sum(item.minutes for item in plan if item.form == "spare")
    planned = sum(item.minutes for item in plan) - spare
    lasts = sum(spoken.values()) + sum(
        item.minutes for item in plan if not item.chapter and item.form != "spare"
    )
    ahead = {item: item.minutes - spoken[item.chapter] for item in plan if item.chapter}
    tightest = min(ahead, key=lambda item: ahead[item])
    words = (
        f"Spoken by the clock at {PACE} words a minute, with {LINE} seconds for a line of code,"
        f" {PICTURE} for a picture, {QUESTION} for a question and {FIGURE} for a figure, the"
        f" half day lasts {lasts:.0f} minutes of the {planned} that are planned, and {spare} more"
        f" are to spare. The tightest chapter is “{tightest.chapter.replace('-', ' ')}”:"
        f" {spoken[tightest.chapter]:.0f} minutes of {tightest.minutes}."
    )
    result = (
        f'<p id="rehearsal" data-lasts="{lasts:.1f}" data-planned="{planned}"'
        f' data-tightest="{ahead[tightest]:.1f}">{words}</p>'
    )
    guide.write_text(RESULT.sub(lambda _: result, guide.read_text("utf-8")), encoding="utf-8")


def _words(html: str) -> str:
    """Return the text of HTML, without what is read in another way."""
    return unescape(re.sub(r"<[^>]+>", " ", APART.sub(" ", html)))


def _count(html: str) -> int:
    """Count the words that are spoken."""
    return sum(any(letter.isalnum() for letter in word) for word in _words(html).split())
