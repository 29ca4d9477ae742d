"""Estimate how many minutes the slides of each plan last when spoken; write it into the guide.

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
#: What is said of each plan, up to how long it lasts.
BEGINNINGS = {
    "half-day": (
        f"Spoken by the clock at {PACE} words a minute, with {LINE} seconds for a line of code,"
        f" {PICTURE} for a picture, {QUESTION} for a question and {FIGURE} for a figure, the half"
        " day"
    ),
    "full-day": "Spoken in the same way, with every slide of the chapters' own decks, the day",
    "two-days": "Spoken in the same way, with every slide of the chapters' own decks, the two days",
}
APART = re.compile(r"<(pre|math|table|figure|svg|script|style)\b.*?</\1>", re.DOTALL)


def seconds(slide: dict[str, Any]) -> float:
    """Return how many seconds a slide lasts; it has the fields of `RenderedSlide`."""
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


def spoken_minutes(slides: Iterable[dict[str, Any]]) -> float:
    """Return how many minutes the slides of a chapter last, its title included."""
    return (TURN + sum(map(seconds, slides))) / 60


def in_full(slides: Slides, exercise: int) -> float:
    """Return how many minutes a chapter's own deck lasts, with so many for its exercises."""
    shown = [s for s in slides if s["kind"] != "exercise" and s["only"] != "workshop"]
    return spoken_minutes(shown) + exercise


def write_result(outdir: Path, name: str, plan: list[Item], spoken: Mapping[str, float]) -> None:
    """Write into the guide how long a plan lasts, and which chapter is tightest.

    `spoken` has each chapter's minutes by its topic. A site without a guide stays as it is.
    """
    guide = outdir / GUIDE
    if not guide.exists() or not plan:
        return
    spare = sum(item.minutes for item in plan if item.form == "spare")
    planned = sum(item.minutes for item in plan) - spare
    lasts = sum(spoken.values()) + sum(
        item.minutes for item in plan if not item.chapter and item.form != "spare"
    )
    ahead = {item: item.minutes - spoken[item.chapter] for item in plan if item.chapter}
    tightest = min(ahead, key=lambda item: ahead[item])
    words = (
        f"{BEGINNINGS[name]} last{'' if name == 'two-days' else 's'} {lasts:.0f} minutes of the"
        f" {planned} that are planned, and {spare} more"
        f" are to spare. The tightest chapter is “{tightest.chapter.replace('-', ' ')}”:"
        f" {spoken[tightest.chapter]:.0f} minutes of {tightest.minutes}."
    )
    result = (
        f'<p id="rehearsal-{name}" data-lasts="{lasts:.1f}" data-planned="{planned}"'
        f' data-tightest="{ahead[tightest]:.1f}">{words}</p>'
    )
    before = re.compile(rf'<p id="rehearsal-{name}".*?</p>', re.DOTALL)
    guide.write_text(before.sub(lambda _: result, guide.read_text("utf-8")), encoding="utf-8")


def _words(html: str) -> str:
    """Return the text of HTML, without what is read in another way."""
    return unescape(re.sub(r"<[^>]+>", " ", APART.sub(" ", html)))


def _count(html: str) -> int:
    """Count the words that are spoken."""
    return sum(any(letter.isalnum() for letter in word) for word in _words(html).split())
