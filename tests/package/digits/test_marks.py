"""Which marks can be a digit: the wall, frames, specks, plates, and how many signs there are."""

import numpy as np
import pytest

from dlcourse.digits import marks
from dlcourse.robust import variety


@pytest.mark.parametrize(
    ("thin", "stays"),
    [
        ((slice(20, 80), slice(70, 73)), False),  # a piece of a frame beside the sign
        ((slice(90, 93), slice(20, 60)), False),  # and below it
        ((slice(20, 80), slice(70, 78)), True),  # as wide as the sign's strokes
        ((slice(40, 70), slice(45, 48)), True),  # within the sign's own box
    ],
)
def test_a_line_far_thinner_than_the_strokes_beside_them_goes(thin, stays):
    sign = np.zeros((100, 100), bool)
    sign[20:80, 20:30] = True  # an L, its strokes 10 pixels wide
    sign[70:80, 20:60] = True
    kind = sign.copy()
    kind[thin] = True
    np.testing.assert_array_equal(marks.keep_marks(kind), kind if stays else sign)


@pytest.mark.parametrize("width", [3, 5, 9])
def test_the_width_of_a_long_stroke(width):
    assert marks.stroke_width(np.ones((90, width), bool)) == pytest.approx(width, abs=1.5)


@pytest.mark.parametrize(
    ("inner", "framed"),
    [
        ((slice(10, 40), slice(10, 40)), True),
        ((slice(0, 40), slice(10, 40)), False),
        ((slice(10, 50), slice(10, 40)), False),
        ((slice(10, 40), slice(0, 40)), False),
        ((slice(10, 40), slice(10, 50)), False),
        ((slice(10, 25), slice(10, 40)), True),
        ((slice(10, 24), slice(10, 40)), False),
    ],
)
def test_a_frame_is_outside_on_all_sides_and_not_far_larger(inner, framed):
    assert marks._frames((slice(0, 50), slice(0, 50)), inner) == framed


@pytest.mark.parametrize(
    ("lower", "third", "n_signs"),
    [((10, 60), (45, 70), 1), ((10, 20), (45, 70), 2), ((10, 20), (25, 40), 1)],
)
def test_a_sign_is_as_wide_as_its_widest_stroke(lower, third, n_signs):
    """Two strokes above each other are one sign, and so is what stands above any of them."""
    mask = np.zeros((100, 100), bool)
    mask[0:30, 0:30] = mask[32:60, slice(*lower)] = True
    mask[62:95, slice(*third)] = True
    assert marks.count_signs(mask) == n_signs


@pytest.mark.parametrize("face", variety.DIGIT_FONTS)
def test_a_printed_digit_is_no_plate(face):
    for digit in range(10):
        ink = np.pad(variety.printed(str(digit), variety.font(face)) > 0.5, 4)
        assert not marks.is_plate(ink), digit


@pytest.mark.parametrize("digit", range(2, 10))
def test_what_a_digit_is_cut_out_of_is_a_plate(digit):
    ink = variety.printed(str(digit), variety.font("DejaVuSans")) > 0.5
    height, width = ink.shape
    rows, columns = np.mgrid[:120, :100]
    plate = ((rows - 60) / 58) ** 2 + ((columns - 50) / 48) ** 2 < 1
    assert not marks.is_plate(plate)  # nothing is cut out
    plate[60 - height // 2 :, 50 - width // 2 :][:height, :width] &= ~ink
    assert marks.is_plate(plate)


def ring(height, width, around):
    """A rectangle with a rectangular eye, `around` pixels of ink above, below, left and right."""
    top, bottom, left, right = around
    mask = np.zeros((140, 140), bool)
    mask[10 : 10 + height, 10 : 10 + width] = True
    mask[10 + top : 10 + height - bottom, 10 + left : 10 + width - right] = False
    return mask


@pytest.mark.parametrize(
    ("size", "around", "is_plate"),
    [
        ((100, 40), (12, 12, 12, 12), False),  # a narrow zero
        ((100, 40), (10, 12, 14, 13), False),
        ((60, 100), (12, 12, 12, 12), True),  # what lies is no zero
        ((100, 80), (15, 15, 33, 33), True),  # a one on a plate
    ],
)
def test_a_narrow_zero_is_no_plate(size, around, is_plate):
    assert marks.is_plate(ring(*size, around)) == is_plate


def test_signs_stand_from_the_left():
    mask = np.zeros((60, 100), bool)
    mask[10:50, 70:80] = mask[10:50, 20:30] = mask[52:56, 22:40] = True
    assert marks.signs(mask) == [
        (slice(10, 56), slice(20, 40)),
        (slice(10, 50), slice(70, 80)),
    ]
    assert marks.count_signs(mask) == 2
