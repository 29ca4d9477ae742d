"""Write into the instructors' guide how many minutes each plan lasts when spoken."""

import re
from collections.abc import Mapping
from html import escape
from pathlib import Path

from sphinx.application import Sphinx
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
from _publishing.source.schedule import HALF_DAY, PLANS, SCHEDULE, Item, read_schedule

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
    app: Sphinx, core: dict[str, Slides], every: dict[str, Slides], titles: Mapping[str, str]
) -> None:
    """Write into the guide how long each plan lasts: the half day by its core, others in full.

    `core` has the slides that each chapter keeps in the half day's deck, `every` all of them. Of
    those, the exercises count `item.exercise` minutes together, as the schedule has it. `titles`
    names the chapters.
    """
    for name in PLANS:
        plan = read_schedule(Path(app.srcdir) / SCHEDULE, name)
        spoken = {
            item.chapter: spoken_minutes(core[item.chapter])
            if name == HALF_DAY
            else minutes_of_own_deck(every[item.chapter], item.exercise)
            for item in plan
            if item.chapter in every
        }
        write_result(Path(app.outdir), name, plan, spoken, titles)


def write_result(
    outdir: Path,
    name: str,
    plan: list[Item],
    spoken: Mapping[str, float],
    titles: Mapping[str, str],
) -> None:
    """Write into the guide how long a plan lasts, and which chapter is tightest.

    `spoken` and `titles` go by the chapter's topic. A site without a guide stays as it is.
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
        f"{BEGINNINGS[name]} {lasts:.0f} of the {planned}"
        f" planned minutes; the rest is for questions, and {spare} more are in reserve."
        f" The tightest chapter is <em>{escape(titles[tightest.chapter])}</em>:"
        f" {spoken[tightest.chapter]:.0f} minutes of {tightest.minutes}."
    )
    result = (
        f'<p id="rehearsal-{name}" data-lasts="{lasts:.1f}" data-planned="{planned}"'
        f' data-tightest="{ahead[tightest]:.1f}">{words}</p>'
    )
    before = re.compile(rf'<p id="rehearsal-{name}".*?</p>', re.DOTALL)
    text, n_places = before.subn(lambda _: result, guide.read_text("utf-8"))
    if n_places != 1:
        raise ExtensionError(
            f"{guide.name} has {n_places} places for the rehearsal of {name}, not 1."
        )
    guide.write_text(text, encoding="utf-8")
