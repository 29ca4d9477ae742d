"""What is read, what is refused, and why."""

import numpy as np
import pytest

from dlcourse.data import own_digits
from dlcourse.digits import reader
from dlcourse.errors import InputError
from dlcourse.robust import variety


def sheet(text, *, size=64, grey=(0.95, 0.1), margin=40):
    """Printed text on paper."""
    ink = np.pad(variety.printed(text, variety.font("DejaVuSans", size)), margin)
    return grey[0] + (grey[1] - grey[0]) * ink


@pytest.mark.parametrize("digit", range(10))
@pytest.mark.parametrize("grey", [(0.95, 0.1), (0.1, 0.9), (0.55, 0.4)])
def test_printed_digits_are_read(digit, grey):
    reading = reader.read_grey(sheet(str(digit), grey=grey))
    assert reading.digit == digit
    assert reading.reason == ""
    assert sum(reading.probabilities) == pytest.approx(1)
    (box,) = reading.boxes
    assert box.row == pytest.approx(sheet(str(digit)).shape[0] / 2, abs=8)
    assert box.size == pytest.approx(48, abs=12)


@pytest.mark.parametrize("number", ["42", "73"])
def test_several_digits_are_said_each_with_its_box(number):
    reading = reader.read_grey(sheet(number))
    assert reading.digit is None
    boxes = sorted(reading.boxes, key=lambda box: box.column)
    assert [str(box.digit) for box in boxes] == list(number)
    assert f"2 digits ({', '.join(number)})" in reading.reason


@pytest.mark.parametrize("letter", "AKMRX")
def test_letters_are_refused(letter):
    reading = reader.read_grey(sheet(letter))
    assert reading.digit is None
    assert reading.reason


def test_a_blank_sheet_is_refused():
    reading = reader.read_grey(np.full((80, 90), 0.7))
    assert reading.digit is None
    assert "nothing" in reading.reason
    assert reading.boxes == ()


@pytest.mark.parametrize("name", ["plain", "inverted"])
def test_the_other_networks_always_name_a_digit(name):
    reading = reader.read(own_digits.path("dog"), network=name)
    assert reading.digit is not None
    assert reading.none == 0
    assert reader.read(own_digits.path("bold_print"), network=name).digit == 4


def test_the_box_is_in_the_pictures_own_pixels():
    small = sheet("7")
    large = np.kron(small, np.ones((6, 6)))
    (one,), (other,) = (reader.read_grey(grey).boxes for grey in (small, large))
    assert other.column == pytest.approx(6 * one.column, rel=0.05)
    assert other.size == pytest.approx(6 * one.size, rel=0.1)


def test_an_unknown_network_is_named():
    with pytest.raises(InputError, match="'best'"):
        reader.read_grey(np.zeros((30, 30)), network="best")
