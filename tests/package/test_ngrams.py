"""Tables of counts, by hand."""

import numpy as np
import pytest
from refusals import refusals

from dlcourse import ngrams

ABRA = [0, 1, 2, 0, 3, 0, 1, 2, 0]  # a b r a c a b r a
COUNTS = ngrams.count(ABRA, n_before=1, n_characters=4)


def test_counts_of_abracabra_by_hand():
    counts = ngrams.count(ABRA, n_before=1, n_characters=4, weight=1.0)
    assert counts.tables[0][()] == {0: 4, 1: 2, 2: 2, 3: 1}
    assert counts.tables[1][0,] == {1: 2, 3: 1}
    one = (np.array([4, 2, 2, 1]) + 1 / 4) / 10
    after_a = (np.array([0, 2, 0, 1]) + one) / 4
    assert np.allclose(ngrams.probabilities(counts, [2, 0]), after_a)


def test_what_was_never_seen_gets_what_the_smaller_table_says():
    counts = ngrams.count([0, 0, 1, 0], n_before=2, n_characters=3)
    assert np.allclose(
        ngrams.probabilities(counts, [2, 2]),
        ngrams.probabilities(ngrams.count([0, 0, 1, 0], n_before=0, n_characters=3), []),
    )


@pytest.mark.parametrize("before", [[], [0], [1, 2], [3, 3, 3]])
def test_probabilities_sum_to_one(before):
    counts = ngrams.count(ABRA, n_before=2, n_characters=4)
    assert ngrams.probabilities(counts, before).sum() == pytest.approx(1)


def test_bits_are_the_logarithm_of_the_probability_in_a_half_and_a_quarter():
    """With a huge weight all four characters are alike: two bits each."""
    counts = ngrams.count(ABRA, n_before=1, n_characters=4, weight=1e12)
    assert np.allclose(ngrams.bits(counts, ABRA), 2)


test_bad_input_is_refused = refusals(
    (lambda: ngrams.count(ABRA, n_before=-1, n_characters=4), "n_before"),
    (lambda: ngrams.count(ABRA, n_before=1, n_characters=4, weight=0), "weight"),
    (lambda: ngrams.count([0, 9], n_before=1, n_characters=4), "codes"),
    (lambda: ngrams.bits(None, ABRA), "`counts` must be a Counts"),
    (lambda: ngrams.bits(COUNTS, "abra"), "codes"),
    (lambda: ngrams.probabilities(None, []), "`counts` must be a Counts"),
    (lambda: ngrams.probabilities(COUNTS, 1), "`before` must be a list"),
    (lambda: ngrams.probabilities(COUNTS, [0, 4]), r"`before\[1\]` must be at most 3"),
    (lambda: ngrams.probabilities(COUNTS, ["a"]), r"`before\[0\]` must be a whole number"),
)
