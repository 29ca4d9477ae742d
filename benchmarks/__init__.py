"""Benchmarks: each module measures ours against another, or against a goal, in one run.

A module here has a function ``run() -> list[Row]``; ``python -m benchmarks [name …]``
runs them and prints one table. Two modules have none: `reader_scores` and
`robust_learning_rate` are commands that judge the digit reader.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True)
class Row:
    """One comparison: ours and the other, what the other is, and their unit.

    The unit "%" takes shares, 1 for all; any other stands as it is behind the number.
    """

    name: str
    ours: float
    other: float
    other_is: str
    unit: str = "s"

    @property
    def ratio(self) -> float:
        """How many times the other ours is."""
        return self.ours / self.other


def compare(
    name: str,
    ours: Callable[[], object],
    others: dict[str, Callable[[], object]],
    *,
    rounds: int = 30,
) -> Row:
    """Time ours and all others in turn, and set ours against the quickest of them.

    Taking turns lets whatever else the machine does slow all of them alike; the median
    forgets the rounds in which it did not.
    """
    contenders = {"ours": ours, **others}
    seconds: dict[str, list[float]] = {label: [] for label in contenders}
    for _ in range(rounds + 1):
        for label, function in contenders.items():
            start = perf_counter()
            function()
            seconds[label].append(perf_counter() - start)
    times = {label: median(values[1:]) for label, values in seconds.items()}  # first: warm-up
    best = min(others, key=lambda label: times[label])
    return Row(name, times["ours"], times[best], best)
