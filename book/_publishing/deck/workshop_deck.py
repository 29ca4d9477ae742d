"""Join what the half day has time for of the chapters' decks into ``slides/workshop.html``."""

import json
from pathlib import Path
from typing import Any

import segno
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ExtensionError

from _publishing.connect_for_html_only import after_build
from _publishing.deck.spoken_minutes_in_guide import write_speaking_times
from _publishing.deck.write_deck_files import waiting_decks, write_html
from _publishing.hosting import hosting_of
from _publishing.source.chapter_names import chapters, topic_of
from _publishing.source.schedule import (
    HALF_DAY,
    PLANS,
    SCHEDULE,
    Item,
    from_clock,
    read_schedule,
    to_clock,
)

NAME = "workshop.html"
OPENING = (
    "<p>The notes of each slide say when its time has come, and how long it takes."
    " The names of the chapters are links. Esc shows all slides, B makes the screen black.</p>"
    "<p>Further quiz questions, optional slides and reading lists: in each chapter's own deck.</p>"
    "<p>Add ?start=13:30 to the address to begin at another time. Click the time in the notes'"
    " window when you begin: it counts from there.</p>"
)


def write_workshop(app: Sphinx) -> None:
    """Join the decks of the chapters that the schedule of the half day names, if there is one."""
    names = [topic_of(docname) for docname in chapters(app)]
    plans = {name: read_schedule(Path(app.srcdir) / SCHEDULE, name) for name in PLANS}
    schedule = plans[HALF_DAY]
    named = {item.chapter for plan in plans.values() for item in plan if item.chapter}
    if unknown := named - set(names):
        raise ExtensionError(f"{SCHEDULE}: no chapter {', '.join(sorted(unknown))}.")
    if not schedule:
        return
    # `chapter_deck` has left each chapter's deck there, rendered, as JSON.
    files = [waiting_decks(app) / f"{name}.json" for name in names]
    every = {path.stem: json.loads(path.read_text("utf-8")) for path in files if path.exists()}
    taught = {item.chapter: item for item in schedule if item.chapter}
    decks = [for_the_day(deck, taught[topic]) for topic, deck in every.items() if topic in taught]
    # The guide says how long the half day lasts by these slides, longer plans by every slide.
    core = {deck["topic"]: deck["slides"] for deck in decks}
    write_speaking_times(Path(app.outdir), plans, core, every)
    pauses, last = _pauses(schedule)
    site = hosting_of(app.config).site_url
    context = {
        "title": app.config.html_title,
        "decks": decks,
        "schedule": schedule,
        "titles": {topic: deck["title"] for topic, deck in every.items()},
        "pauses": pauses,
        "closing": last,
        "site": site,
        "qr": qr_code(site),
        # The link of the opening steps; there is no button in the header.
        "colab_in": hosting_of(app.config).notebook_in("Colab", next(iter(taught), "")),
        "back": "../index.html",
        "opening": OPENING,
        "whole": True,  # for the template: the workshop's deck, not that of one chapter
    }
    write_html(app, NAME, context)


def for_the_day(deck: dict[str, Any], item: Item) -> dict[str, Any]:
    """Return a deck with what the half day has time for, and with the hour in each slide's notes.

    Of the exercises there are as many as the schedule has minutes for, of the quiz its hinge
    question, on which the chapter turns. Reading lists are for afterwards. The chapter's own deck
    holds everything.
    """
    now, slides = from_clock(item.start), []
    for slide in chosen(deck["slides"], item.exercise):
        clock = f'<p class="clock"><time>{to_clock(now)}</time></p>' if slide["minutes"] else ""
        slides.append(slide | {"clock": clock})
        now += slide["minutes"]
    shown = {slide["section"] for slide in slides}
    sections = [name for name in deck["sections"] if name in shown]
    plan = f"<time>{item.start}</time> to <time>{item.end}</time>: {item.teach} minutes"
    plan += f", then {item.exercise} for exercises" if item.exercise else ""
    return deck | {"slides": slides, "sections": sections, "plan": plan}


def chosen(slides: list[dict[str, Any]], minutes: int) -> list[dict[str, Any]]:
    """Return the core of a chapter, with exercises for so many minutes.

    `slides` are those of `render_slide`. The list of all exercises is left out; its notes go with
    the first that is there.
    """
    kept: list[dict[str, Any]] = []
    lead: dict[str, Any] = {"minutes": 0, "notes": ""}
    is_taken = False
    for slide in slides:
        if slide["optional"] or slide["section"] == "Further reading":
            continue
        if slide["kind"] == "text" and slide["section"] == "Exercises":
            lead = slide
        elif slide["kind"] == "exercise":
            minutes -= slide["exercise_minutes"]
            is_taken = minutes >= 0
            if is_taken:
                notes = lead["notes"] + slide["notes"]
                kept.append(slide | {"minutes": lead["minutes"], "notes": notes})
                lead = {"minutes": 0, "notes": ""}
        elif {"text": True, "solution": is_taken, "quiz": slide["hinge"]}[slide["kind"]]:
            kept.append(slide)
    return kept


def qr_code(address: str) -> str:
    """Return an address as an SVG drawing that a telephone's camera reads; empty without one."""
    if not address:
        return ""
    return segno.make(address, error="m").svg_inline(
        border=2, light="#fff", omitsize=True, title=f"QR code: {address}"
    )


def _pauses(schedule: list[Item]) -> tuple[dict[str, list[Item]], list[Item]]:
    """Return the breaks and talks before each chapter, and those after the last."""
    before: dict[str, list[Item]] = {}
    waiting: list[Item] = []
    for item in schedule:
        if item.chapter:
            before.setdefault(item.chapter, []).extend(waiting)
            waiting = []
        elif item.form != "spare":  # minutes that nothing needs, and no slide
            waiting.append(item)
    return before, waiting


def check_schedule(app: Sphinx, _config: Config) -> None:
    """Fail early, not at the end of a long build, if the schedule cannot be read."""
    for plan in PLANS:
        read_schedule(Path(app.srcdir) / SCHEDULE, plan)


def setup(app: Sphinx) -> None:
    """Write the deck of the workshop when all pages are written."""
    app.connect("config-inited", check_schedule)
    after_build(app, write_workshop)
