"""Benchmarks: each module measures ours against another, or against a goal, in one run.

A module here has a function ``run() -> list[Row]``; ``python -m benchmarks [name …]``
runs them and prints one table. Two modules have none: `reader_scores` and
`robust_learning_rate` are commands that judge the digit reader.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dlcourse.timing import take_turns

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
    """Time ours and all others in turn, and set ours against the quickest of them."""
    seconds = take_turns({"ours": ours, **others}, rounds=rounds)
    best = min(others, key=seconds.__getitem__)
    return Row(name, seconds["ours"], seconds[best], best)
