"""Write into the instructors' guide how many minutes each plan lasts when spoken."""

import re
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

from sphinx.errors import ExtensionError

from _publishing.deck.speaking_times import (
    FIGURE,
    LINE,
    PACE,
    PICTURE,
    QUESTION,
    Slides,
    minutes_of_own_deck,
    spoken_minutes,
)
from _publishing.source.schedule import HALF_DAY, Item

#: The guide; its source has an empty `<p id="rehearsal-…">` for each plan.
GUIDE = "instructors/guide.html"
IN_FULL = "Spoken in the same way, with every slide of the chapters' own decks, the"
#: What is said of each plan, up to how long it lasts.
BEGINNINGS = {
    "half-day": (
        f"At {PACE} words a minute, with {LINE} seconds for a line of code, {PICTURE} for a"
        f" picture, {QUESTION} for a question and {FIGURE} for an interactive figure, and with its"
        " exercises and breaks, the half day lasts"
    ),
    "full-day": f"{IN_FULL} day lasts",
    "two-days": f"{IN_FULL} two days last",
}


def write_speaking_times(
    outdir: Path,
    plans: Mapping[str, list[Item]],
    core: Mapping[str, Slides],
    every: Mapping[str, dict[str, Any]],
) -> None:
    """Write into the guide how long each plan lasts: the half day by its core, others in full.

    `core` has the slides that each chapter keeps in the half day's deck, `every` whole decks. Of
    those, the exercises count `item.exercise` minutes together, as the schedule has it. A site
    without a guide stays as it is.
    """
    guide = outdir / GUIDE
    if not guide.exists():
        return
    html = guide.read_text("utf-8")
    titles = {topic: deck["title"] for topic, deck in every.items()}
    for name, plan in plans.items():
        spoken = {
            item.chapter: spoken_minutes(core[item.chapter])
            if name == HALF_DAY
            else minutes_of_own_deck(every[item.chapter]["slides"], item.exercise)
            for item in plan
            if item.chapter in every
        }
        if plan:
            html = with_result(html, name, plan, spoken, titles)
    guide.write_text(html, encoding="utf-8")


def with_result(
    html: str,
    name: str,
    plan: list[Item],
    spoken: Mapping[str, float],
    titles: Mapping[str, str],
) -> str:
    """Return the guide with how long a plan lasts, and which chapter is tightest.

    `spoken` and `titles` go by the chapter's topic.
    """
    spare = sum(item.minutes for item in plan if item.form == "spare")
    planned = sum(item.minutes for item in plan) - spare
    lasts = sum(spoken.values()) + sum(
        item.minutes for item in plan if not item.chapter and item.form != "spare"
    )
    ahead = {item: item.minutes - spoken[item.chapter] for item in plan if item.chapter}
    tightest = min(ahead, key=lambda item: ahead[item])
    words = (
        f"{BEGINNINGS[name]} {lasts:.0f} of the {planned}"
        f" planned minutes; the rest is for questions, and {spare} more are in reserve."
        f" The tightest chapter is <em>{escape(titles[tightest.chapter])}</em>:"
        f" {spoken[tightest.chapter]:.0f} minutes of {tightest.minutes}."
    )
    result = (
        f'<p id="rehearsal-{name}" data-lasts="{lasts:.1f}" data-planned="{planned}"'
        f' data-tightest="{ahead[tightest]:.1f}">{words}</p>'
    )
    place = rf'<p id="rehearsal-{name}".*?</p>'
    html, n_places = re.subn(place, lambda _: result, html, flags=re.DOTALL)
    if n_places != 1:
        raise ExtensionError(f"{GUIDE} has {n_places} places for the rehearsal of {name}, not 1.")
    return html
