"""What is read, what is refused, and why."""

import numpy as np
import pytest

from dlcourse.data import own_digits
from dlcourse.digits import reader
from dlcourse.errors import InputError
from dlcourse.robust import printed_text, strokes


def sheet(text, *, size=64, grey=(0.95, 0.1), margin=40):
    """Printed text on paper."""
    ink = np.pad(printed_text.printed(text, printed_text.font("DejaVuSans", size)), margin)
    return grey[0] + (grey[1] - grey[0]) * ink


@pytest.mark.parametrize("digit", range(10))
def test_printed_digits_are_read(digit):
    """Dark on light, light on dark, with little contrast."""
    grey = [(0.95, 0.1), (0.1, 0.9), (0.55, 0.4)][digit % 3]
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


def written(digit, side, form=0):
    """Ink of a digit, in one of the forms in which people write it."""
    paths = strokes.write(
        strokes.DIGITS[digit][form], rng=np.random.default_rng(1), wobble=0.02, slant=0.1
    )
    return strokes.draw(paths, width=0.09, size=side, margin=0.1)


FORMS = [(digit, form) for digit in range(10) for form in range(len(strokes.DIGITS[digit]))]


def on_paper(ink):
    """Put ink on grey paper, with a margin."""
    return np.pad(0.9 - 0.75 * ink, 35, constant_values=0.9)


@pytest.mark.parametrize(("digit", "form"), FORMS)
def test_every_form_of_a_digit_is_read(digit, form):
    assert reader.read_grey(on_paper(written(digit, 100, form))).digit == digit


def test_nearly_every_form_is_read_with_a_broken_stroke():
    n_right, some = 0, FORMS[::3]
    for digit, form in some:
        ink = written(digit, 100, form)
        ink[45:48] = 0
        n_right += reader.read_grey(on_paper(ink)).digit == digit
    assert n_right >= 0.9 * len(some)


def test_a_table_is_refused_as_several():
    table = np.full((300, 300), 0.92)
    table[::100], table[:, ::100] = 0.3, 0.3
    for i in range(3):
        for j in range(3):
            table[25 + 100 * i :, 25 + 100 * j :][:50, :50] -= 0.8 * written(
                (3 * i + j + 1) % 10, 50
            )
    reading = reader.read_grey(table.clip(0, 1))
    assert reading.digit is None
    assert len(reading.boxes) >= 6


def test_each_digit_of_a_long_strip_is_found_and_said():
    strip = np.full((100, 760), 0.92)
    for i, digit in enumerate(digits := [3, 1, 9, 6, 0, 5, 2, 8]):
        strip[25:75, 22 + 92 * i : 72 + 92 * i] -= 0.8 * written(digit, 50)
    reading = reader.read_grey(strip)
    assert reading.digit is None
    assert "8 digits (3, 1, 9, 6, 0, 5, 2, 8)" in reading.reason
    boxes = sorted(reading.boxes, key=lambda box: box.column)
    assert [box.digit for box in boxes] == digits


def test_a_digit_of_a_twentieth_of_the_picture_is_read():
    page = np.full((400, 400), 0.92)
    page[190:214, 300:324] -= 0.8 * written(6, 24)
    reading = reader.read_grey(page)
    assert reading.digit == 6
    assert reading.boxes[0].size < 0.07 * 400


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
