"""How far a score can be trusted: standard error and interval, and the spread over several runs.

The first two tell of the luck of the draw that chose the test samples, `spread` of another kind
of luck, that of the seed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from dlcourse import argument_checks


def standard_error(n_right: int, n: int) -> float:
    """Return the standard error of the share of `n` samples that were right: √(p (1 − p) / n).

    Of many test sets of that size, about two in three give a share within one standard error of the
    true one, and 95 in 100 within two. If nearly all or nearly no samples were right it is too
    small, and at both ends 0: take `wilson_interval` there.

    >>> standard_error(90, 100)
    0.03
    """
    share, n = _share(n_right, n)
    return float(np.sqrt(share * (1 - share) / n))


def wilson_interval(n_right: int, n: int, *, z: float = 1.96) -> tuple[float, float]:
    """Return the interval, low and high, of true shares that `n_right` of `n` agrees with.

    It holds the true shares from which the measured one lies at most `z` of *their* standard errors
    away; with 1.96 it holds the truth about 95 times in 100. So it stays within 0 and 1, and has a
    width even if all samples were right.

    Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
    Journal of the American Statistical Association 22 (1927), 209-212.

    >>> low, high = wilson_interval(38, 38)
    >>> round(low, 3), round(high, 3)
    (0.908, 1.0)
    """
    share, n = _share(n_right, n)
    weight = argument_checks.number(z, "z", above=0) ** 2 / n
    middle = share + weight / 2
    reach = float(np.sqrt(weight * (share * (1 - share) + weight / 4)))
    low, high = (middle - reach) / (1 + weight), (middle + reach) / (1 + weight)
    return max(0.0, low), min(1.0, high)


@dataclass(frozen=True)
class Spread:
    """A quantity over `n` runs: its mean, the lowest and the highest.

    Formatting one formats its numbers: ``f"{spread:.1%}"``.

    >>> f"{Spread(mean=0.95, low=0.92, high=0.98, n=5):.0%}"
    '95% (92% to 98% over 5 runs)'
    """

    mean: float
    low: float
    high: float
    n: int

    def __format__(self, spec: str) -> str:
        """Write the mean with the range, each number as `spec` says."""
        mean, low, high = (format(value, spec) for value in (self.mean, self.low, self.high))
        return f"{mean} ({low} to {high} over {self.n} run{'' if self.n == 1 else 's'})"


def spread(values: ArrayLike) -> Spread:
    """Sum up one quantity, such as the accuracy, a number for each run with another seed.

    >>> spread([0.5, 1.0, 0.75])
    Spread(mean=0.75, low=0.5, high=1.0, n=3)
    """
    runs = argument_checks.array(values, "values", "n_runs")
    return Spread(float(runs.mean()), float(runs.min()), float(runs.max()), len(runs))


def _share(n_right: int, n: int) -> tuple[float, int]:
    """Check the two counts, and divide one by the other."""
    n = argument_checks.count(n, "n")
    return argument_checks.count(n_right, "n_right", at_least=0, at_most=n) / n, n
