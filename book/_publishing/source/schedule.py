"""Read the plans of the half day, the day and the two days from ``schedule.yml``.

``schedule.yml`` has a list for each plan. Each item names a ``chapter`` to teach, or what else
fills the time::

    half-day:
      - chapter: neurons
        teach: 15               # minutes to present
        exercise: 10            # minutes for the exercises
        skip_when_late: [the mirror of ReLU]  # in any words: only the table shows them
      - break: Coffee
        minutes: 15
      - talk: Welcome           # a slide of its own, before or after the chapters
        minutes: 10
      - spare: For questions    # minutes that nothing needs, and no slide
        minutes: 15
    full-day: []                # as above
    two-days:
      - day: The first day      # its clock begins anew
        start: "09:30"

An item may fix its ``start`` (``"10:30"``); otherwise it starts when the one
before it ends. The first starts at ``start``, or at 09:00.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from sphinx.errors import ExtensionError

SCHEDULE = "schedule.yml"
DAY_STARTS = "09:00"
CHAPTER_KEYS = {"chapter", "start", "teach", "exercise", "skip_when_late"}
HALF_DAY = "half-day"
PLANS = (HALF_DAY, "full-day", "two-days")
#: What an item can be.
FORMS = ("chapter", "break", "talk", "spare", "day")


@dataclass(frozen=True)
class Item:
    """One entry of the schedule, with its clock times."""

    form: str  #: what it is: chapter, break, talk, spare or day
    chapter: str  #: topic of the chapter; empty for anything else
    title: str  #: what anything else is called; empty for a chapter
    start: str
    end: str
    teach: int
    exercise: int
    skip_when_late: tuple[str, ...]

    @property
    def minutes(self) -> int:
        """How long it takes in all."""
        return from_clock(self.end) - from_clock(self.start)


def from_clock(clock: str) -> int:
    """Read a clock time, such as 9:30, as minutes after midnight."""
    hours, _, minutes = clock.partition(":")
    return 60 * int(hours) + int(minutes)


def to_clock(minutes: int) -> str:
    """Write minutes after midnight as a clock time."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


def read_schedule(path: Path, plan: str = HALF_DAY) -> list[Item]:
    """Read one of the plans; an absent file is an empty plan."""
    if not path.exists():
        return []
    plans = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    if not isinstance(plans, dict) or set(plans) - set(PLANS):
        raise ExtensionError(f"{path.name}: expected lists named {', '.join(PLANS)}.")
    items: list[Item] = []
    now = from_clock(DAY_STARTS)
    for number, entry in enumerate(plans.get(plan) or [], 1):
        starts_day = not items or "day" in entry
        begins = from_clock(DAY_STARTS) if starts_day else now
        place = f"{path.name}, {plan}, item {number}"
        items.append(_item(entry, begins, place, may_be_early=starts_day))
        now = from_clock(items[-1].end)
    return items


def _item(entry: dict[str, Any], now: int, place: str, *, may_be_early: bool) -> Item:
    """Read one entry that starts now unless it says otherwise."""
    form = next((name for name in FORMS if name in entry), "")
    allowed = CHAPTER_KEYS if form == "chapter" else {form, "start", "minutes"}
    if not form or set(entry) - allowed:
        keys = f"{form} with {', '.join(sorted(allowed - {form}))}" if form else ", ".join(FORMS)
        raise ExtensionError(f"{place}: expected {keys}; got {', '.join(entry)}.")
    times = [entry.get(key, 0) for key in ("teach", "exercise", "minutes")]
    if not all(type(n) is int and n >= 0 for n in times):
        raise ExtensionError(f"{place}: expected whole numbers of minutes; got {entry}.")
    if not re.fullmatch(r"\d\d?:\d\d", str(entry.get("start", DAY_STARTS))):
        raise ExtensionError(f'{place}: expected a start such as "09:30", in quotes; got {entry}.')
    if not isinstance(entry.get("skip_when_late", []), list):
        raise ExtensionError(f"{place}: expected skip_when_late with a list; got {entry}.")
    start = from_clock(entry["start"]) if "start" in entry else now
    if start < now and not may_be_early:
        raise ExtensionError(f"{place}: starts at {to_clock(start)}, before {to_clock(now)}.")
    teach, exercise, _ = times
    return Item(
        form=form,
        chapter=entry.get("chapter", ""),
        title="" if form == "chapter" else entry[form],
        start=to_clock(start),
        end=to_clock(start + sum(times)),
        teach=teach,
        exercise=exercise,
        skip_when_late=tuple(entry.get("skip_when_late", ())),
    )
