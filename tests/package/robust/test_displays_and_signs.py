"""Digits as displays and signs show them."""

import numpy as np
from scipy import ndimage

from dlcourse.robust import displays_and_signs, printed_text


def n_pieces(ink):
    return ndimage.label(ink > 0.5, structure=np.ones((3, 3)))[1]


def test_no_two_digits_of_a_display_are_alike():
    ways = [way for ways in displays_and_signs.SEGMENTS.values() for way in ways]
    assert len(set(ways)) == len(ways)
    assert sorted(displays_and_signs.SEGMENTS) == list(range(10))


def test_dots_stand_in_five_columns_and_seven_rows():
    assert sorted(displays_and_signs.DOTS) == list(range(10))
    for digit, rows in displays_and_signs.DOTS.items():
        assert [len(row) for row in rows.split()] == 7 * [5]
        ink = displays_and_signs.dots(digit, rng=np.random.default_rng(digit))
        middles = ink[24:-12:24, 24:-12:24]
        assert middles.shape == (7, 5)
        np.testing.assert_array_equal(middles.ravel(), [int(c) for c in rows.replace(" ", "")])


def test_a_stencil_has_bridges():
    zero = printed_text.printed("0", printed_text.font("DejaVuSans-Bold", 120))
    for seed in range(8):
        cut = displays_and_signs.stencil(zero, rng=np.random.default_rng(seed))
        assert n_pieces(cut) >= 2
        assert 0.6 * zero.sum() < cut.sum() < zero.sum()
        assert (cut <= zero).all()
