"""Bars of time: how long each of several ways took."""

from __future__ import annotations

from collections.abc import Mapping

from matplotlib.axes import Axes

from dlcourse.argument_checks import number
from dlcourse.figures.alt_text import described
from dlcourse.figures.arguments import by_name
from dlcourse.figures.axes_and_panels import canvas
from dlcourse.figures.style import BLUE, DARK, INK, WIDE, styled
from dlcourse.figures.wording import listing, spoken


@styled
def timing_bars(seconds: Mapping[str, float]) -> Axes:
    """Compare times as bars: in seconds, or in milliseconds if all take less than a second.

    >>> axes = timing_bars({"loop": 1.2, "fast": 0.1})
    >>> axes.get_xlabel()
    'time / s'
    """
    times = {
        name: number(t, f"seconds[{name!r}]", at_least=0)
        for name, t in by_name(seconds, "seconds", of="numbers").items()
    }
    unit, parts = ("s", 1) if max(times.values()) >= 1 else ("ms", 1000)
    times = {name: parts * time for name, time in times.items()}
    axes = canvas(None, WIDE, 0.9 + 0.48 * len(times))
    bars = axes.barh(list(times), list(times.values()), color=BLUE, height=0.6)
    axes.invert_yaxis()
    longest = max(times.values()) or 1.0
    for bar, time in zip(bars, times.values(), strict=True):
        inside = time > 0.6 * longest
        axes.annotate(
            f"{spoken(time)} {unit}",
            (time, bar.get_y() + bar.get_height() / 2),
            xytext=(-5 if inside else 5, 0),
            textcoords="offset points",
            ha="right" if inside else "left",
            va="center",
            color=DARK if inside else INK,
        )
    axes.set_xlabel(f"time / {unit}")
    axes.locator_params(axis="x", nbins=6)  # more would touch on a phone
    details = listing(f"{name} {spoken(t)} {unit}" for name, t in times.items())
    quickest = min(times, key=lambda name: times[name])
    ending = f" Quickest is {quickest}." if len(times) > 1 else ""
    return described(axes, f"Bars of time: {details}.{ending}")
