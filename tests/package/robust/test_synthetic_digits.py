"""Digits as displays and signs show them."""

import numpy as np
from scipy import ndimage

from dlcourse.robust import printed_text, synthetic_digits


def n_pieces(ink):
    return ndimage.label(ink > 0.5, structure=np.ones((3, 3)))[1]


def test_no_two_digits_of_a_display_are_alike():
    ways = [way for ways in synthetic_digits.SEGMENTS.values() for way in ways]
    assert len(set(ways)) == len(ways)
    assert sorted(synthetic_digits.SEGMENTS) == list(range(10))


def test_dots_stand_in_five_columns_and_seven_rows():
    assert sorted(synthetic_digits.DOTS) == list(range(10))
    for digit, rows in synthetic_digits.DOTS.items():
        assert [len(row) for row in rows.split()] == 7 * [5]
        ink = synthetic_digits.dots(digit, rng=np.random.default_rng(digit))
        middles = ink[24:-12:24, 24:-12:24]
        assert middles.shape == (7, 5)
        np.testing.assert_array_equal(middles.ravel(), [int(c) for c in rows.replace(" ", "")])


def test_a_stencil_has_bridges():
    zero = printed_text.printed("0", printed_text.font("DejaVuSans-Bold", 120))
    for seed in range(8):
        cut = synthetic_digits.stencil(zero, rng=np.random.default_rng(seed))
        assert n_pieces(cut) >= 2
        assert 0.6 * zero.sum() < cut.sum() < zero.sum()
        assert (cut <= zero).all()
