"""How far a score can be trusted: the luck of the draw that chose the test samples.

`dlcourse.evaluation.spread` shows another kind of luck, that of the seed.
"""

from __future__ import annotations

import numpy as np

from dlcourse import argument_checks


def standard_error(n_right: int, n: int) -> float:
    """Return the standard error of the share of samples that were right.

    Of many test sets of that size, about two in three give a share within one standard
    error of the true one, and 95 in 100 within two.

    Parameters
    ----------
    n_right
        How many of the samples were right.
    n
        How many samples there were.

    Returns
    -------
    float
        The root of p (1 - p) / n, with p the share. If nearly all or nearly no samples
        were right it is too small, and at both ends 0: take `wilson_interval` there.

    Raises
    ------
    InputError
        If `n_right` is not from 0 to `n`, or `n` is not positive.

    Examples
    --------
    >>> standard_error(90, 100)
    0.03
    """
    share, n = _share(n_right, n)
    return float(np.sqrt(share * (1 - share) / n))


def wilson_interval(n_right: int, n: int, *, z: float = 1.96) -> tuple[float, float]:
    """Return the interval of true shares that `n_right` of `n` agrees with.

    It holds the true shares from which the measured one lies at most `z` of *their* standard
    errors away. So it stays within 0 and 1, and has a width even if all samples were right.

    Parameters
    ----------
    n_right, n
        As for `standard_error`.
    z
        How many standard errors; with 1.96 the interval holds the truth about 95 times in 100.

    Returns
    -------
    low, high : float
        From 0 to 1.

    Raises
    ------
    InputError
        As `standard_error`, or if `z` is not positive.

    References
    ----------
    E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
    Journal of the American Statistical Association 22 (1927), 209-212.

    Examples
    --------
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


def _share(n_right: int, n: int) -> tuple[float, int]:
    """Check the two counts, and divide one by the other."""
    n = argument_checks.count(n, "n")
    return argument_checks.count(n_right, "n_right", at_least=0, at_most=n) / n, n
