"""Standard error and Wilson's interval against SciPy, and a spread by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from dlcourse.errors import InputError
from dlcourse.uncertainty import Spread, spread, standard_error, wilson_interval


@given(st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_both_agree_with_scipy(counts):
    n_right, n = counts
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


@pytest.mark.parametrize(
    ("call", "name"),
    [
        (lambda: standard_error(1, 0), "`n`"),
        (lambda: standard_error(4, 3), "`n_right`"),
        (lambda: wilson_interval(-1, 3), "`n_right`"),
        (lambda: wilson_interval(1, 3, z=0), "`z`"),
        (lambda: spread([]), "`values` must not be empty"),
    ],
)
def test_errors_name_what_is_wrong(call, name):
    with pytest.raises(InputError, match=name):
        call()
