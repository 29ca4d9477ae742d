"""Standard error and Wilson's interval against SciPy, and a spread by hand."""

import numpy as np
import pytest
from refusals import refusals
from scipy import stats

from dlcourse.uncertainty import Spread, spread, standard_error, wilson_interval


@pytest.mark.parametrize(("n_right", "n"), [(0, 1), (1, 1), (3, 7), (38, 38), (9_871, 10_000)])
def test_both_agree_with_scipy(n_right, n):
    theirs = stats.binomtest(n_right, n).proportion_ci(method="wilson")
    ours = wilson_interval(n_right, n, z=float(stats.norm.ppf(0.975)))
    np.testing.assert_allclose(ours, (theirs.low, theirs.high), atol=1e-9)
    deviation = stats.binom(n, n_right / n).std() / n
    assert standard_error(n_right, n) == pytest.approx(deviation, abs=1e-12)


def test_an_interval_has_a_width_where_the_standard_error_has_none():
    assert standard_error(38, 38) == 0
    assert wilson_interval(38, 38)[0] == pytest.approx(0.908, abs=1e-3)


def test_a_spread_by_hand():
    result = spread([0.9, 1.0, 0.8])
    assert (result.low, result.high, result.n) == (0.8, 1.0, 3)
    assert result.mean == pytest.approx(0.9)
    assert f"{result:.1%}" == "90.0% (80.0% to 100.0% over 3 runs)"
    assert f"{Spread(1.0, 1.0, 1.0, 1):.0f}" == "1 (1 to 1 over 1 run)"


test_errors_name_what_is_wrong = refusals(
    (lambda: standard_error(1, 0), "`n`"),
    (lambda: standard_error(4, 3), "`n_right`"),
    (lambda: wilson_interval(-1, 3), "`n_right`"),
    (lambda: wilson_interval(1, 3, z=0), "`z`"),
    (lambda: spread([]), "`values` must not be empty"),
)
