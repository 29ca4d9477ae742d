"""Read the plans of the half day, the day and the two days from ``schedule.yml``.

``schedule.yml`` has a list for each plan. Each item names a ``chapter`` to teach, or a ``break``::

    half-day:
      - chapter: neurons
        teach: 15               # minutes to present
        exercise: 10            # minutes for the exercises
        skip_when_late: [the mirror of ReLU]
      - break: Coffee
        minutes: 15
      - talk: Welcome           # a slide of its own, before or after the chapters
        minutes: 10
      - spare: For questions    # minutes that nothing needs, and no slide
        minutes: 15
    two-days:
      - day: The first day      # its clock begins anew
        start: "09:30"

An item may fix its ``start`` (``"10:30"``); otherwise it starts when the one
before it ends. The first starts at ``start``, or at 09:00.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml
from sphinx.errors import ExtensionError

if TYPE_CHECKING:
    from pathlib import Path

SCHEDULE = "schedule.yml"
DAY_STARTS = "09:00"
CHAPTER_KEYS = {"chapter", "start", "teach", "exercise", "skip_when_late"}
HALF_DAY = "half-day"
PLANS = (HALF_DAY, "full-day", "two-days")
#: What an item without a chapter is.
OTHERS = ("break", "talk", "spare", "day")
OTHER_KEYS = {*OTHERS, "start", "minutes"}


@dataclass(frozen=True)
class Item:
    """One entry of the schedule, with its clock times."""

    chapter: str
    """Topic of the chapter; empty for a break."""
    pause: str
    """Name of the break, or of what else is no chapter; empty for a chapter."""
    start: str
    end: str
    teach: int
    exercise: int
    skip_when_late: tuple[str, ...]
    form: str = "break"
    """What an item without a chapter is: break, talk, spare, day."""

    @property
    def minutes(self) -> int:
        """How long it takes in all."""
        return minutes_of(self.end) - minutes_of(self.start)


def minutes_of(clock: str) -> int:
    """Read a clock time as minutes after midnight."""
    hours, _, minutes = clock.partition(":")
    return 60 * int(hours) + int(minutes)


def clock_of(minutes: int) -> str:
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
    now = minutes_of(DAY_STARTS)
    for number, entry in enumerate(plans.get(plan) or [], 1):
        begins = minutes_of(DAY_STARTS) if "day" in entry else now
        items.append(_item(entry, begins, f"{path.name}, {plan}, item {number}"))
        now = minutes_of(items[-1].end)
    return items


def _item(entry: dict[str, Any], now: int, place: str) -> Item:
    """Read one entry that starts now unless it says otherwise."""
    allowed = CHAPTER_KEYS if "chapter" in entry else OTHER_KEYS
    if not {"chapter", *OTHERS} & set(entry) or set(entry) - allowed:
        raise ExtensionError(
            f"{place}: expected a `chapter` or a `break` with {', '.join(sorted(allowed))};"
            f" got {', '.join(entry)}."
        )
    form = next((name for name in OTHERS if name in entry), "")
    start = minutes_of(entry["start"]) if "start" in entry else now
    if start < now:
        raise ExtensionError(f"{place}: starts at {clock_of(start)}, before {clock_of(now)}.")
    teach, exercise = int(entry.get("teach", 0)), int(entry.get("exercise", 0))
    return Item(
        chapter=entry.get("chapter", ""),
        pause=entry.get(form, ""),
        form=form,
        start=clock_of(start),
        end=clock_of(start + teach + exercise + int(entry.get("minutes", 0))),
        teach=teach,
        exercise=exercise,
        skip_when_late=tuple(entry.get("skip_when_late", ())),
    )
