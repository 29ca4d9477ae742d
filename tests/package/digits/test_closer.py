"""Second looks: what a person would find in a picture where nothing was read at first."""

import numpy as np
import pytest

from dlcourse.digits import closer, marks, preparation, reader
from dlcourse.errors import InputError
from dlcourse.networks import pretrained
from dlcourse.robust import signage, variety

NETWORK = pretrained.load("robust")
ROWS, COLUMNS = np.mgrid[:220, :300]


def page(digit=None, *, size=80, shape=(220, 300), at=(60, 100)):
    """A sheet of paper with a printed digit, or without."""
    paper = np.full(shape, 0.85)
    if digit is not None:
        ink = variety.printed(str(digit), variety.font("DejaVuSans", size))
        place = paper[at[0] :, at[1] :][: ink.shape[0], : ink.shape[1]]
        place -= 0.7 * ink
    return paper


def read(picture):
    return reader.read_grey(picture.clip(0, 1), network=NETWORK)


@pytest.mark.parametrize("digit", range(10))
@pytest.mark.parametrize("size", [50, 70])
def test_a_digit_of_a_twentieth_of_the_pictures_side_is_read(digit, size):
    far = page(digit, size=size, shape=(700, 900), at=(400, 300))
    assert read(far).digit == digit


def display(digit, *, seed, size=(240, 300)):
    """A display's digit, with gaps between its segments, dark on a pale panel."""
    ink = signage.segments(digit, rng=np.random.default_rng(seed))
    ink = ink[ink.any(axis=1)][:, ink.any(axis=0)]
    panel = np.full(size, 0.75)
    place = panel[30:, 80:][: ink.shape[0], : ink.shape[1]]
    place -= 0.6 * ink
    return panel


def test_displays_are_read_though_their_segments_do_not_touch():
    right = [
        read(display(digit, seed=seed)).digit == digit
        for digit in range(10)
        for seed in range(100, 110)
    ]
    assert np.mean(right) >= 0.75


def test_what_is_hardly_apart_is_one_sign():
    mask = np.zeros((120, 120), bool)
    mask[20:100, 30:42] = mask[20:100, 48:60] = True  # half a stroke between two bars
    grey = np.where(mask, 0.1, 0.9)
    (found, *_) = preparation.candidates(grey)
    assert found.n_signs == 2
    assert closer.as_one(found).n_signs == 1
    assert closer.as_one(closer.as_one(found)) is None
    mask[20:100, 48:60] = False
    mask[20:100, 70:82] = True
    (found, *_) = preparation.candidates(np.where(mask, 0.1, 0.9))
    assert found.n_signs == 2
    assert closer.as_one(found) is None


@pytest.mark.parametrize("number", ["10", "69", "80", "480", "608", "906"])
@pytest.mark.parametrize("face", ["DejaVuSans-Bold", "DejaVuSerif-Bold", "STIXGeneralBol"])
def test_a_number_is_no_digit_whatever_its_eyes_look_like(number, face):
    ink = variety.printed(number, variety.font(face, 100))
    paper = np.full((220, 380), 0.9)
    paper[60:, 70:][: ink.shape[0], : ink.shape[1]] -= 0.8 * ink
    assert read(paper).digit is None
    assert read(1 - paper).digit is None


@pytest.mark.parametrize("digit", [2, 3, 4, 5, 6, 8])
@pytest.mark.parametrize("tilt", [-0.1, 0.05])
def test_a_pen_beside_a_digit_is_no_part_of_it(digit, tilt):
    picture = page(digit)
    picture[np.abs(COLUMNS - 220 - tilt * ROWS) < 4] = 0.3
    picture[:15] = picture[205:] = 0.85
    assert read(picture).digit == digit


@pytest.mark.parametrize("digit", [0, 2, 3, 5, 6, 9])
def test_the_holes_of_a_punch_are_no_part_of_a_digit(digit):
    picture = page(digit)
    for row in (45, 175):
        picture[np.hypot(ROWS - row, COLUMNS - 20) < 8] = 0.2
    assert read(picture).digit == digit


@pytest.mark.parametrize("digit", range(10))
def test_a_digit_across_the_shadow_of_a_hand_is_read(digit):
    picture = page(digit, at=(60, 110))
    picture[((ROWS - 220) / 140) ** 2 + ((COLUMNS - 150) / 60) ** 2 < 1] *= 0.7
    assert read(picture).digit == digit


@pytest.mark.parametrize("slope", [-0.4, 0.0, 0.3])
@pytest.mark.parametrize("strength", [0.15, 0.4])
def test_the_edge_of_a_shadow_is_no_one(slope, strength):
    lamp = 0.95 - COLUMNS / 1500
    sheet = page() * lamp
    sheet[130 + slope * ROWS > COLUMNS] *= 1 - strength
    assert read(sheet).digit is None


def test_dots_are_no_digits():
    sheet = page()
    sheet[np.hypot(ROWS - 120, COLUMNS - 170) < 9] = 0.2
    assert read(sheet).digit is None


def test_two_digits_remain_two():
    sheet = page(1, at=(60, 60))
    sheet += page(7, at=(60, 150)) - page()
    found = read(sheet)
    assert found.digit is None
    assert "2 signs" in found.reason


@pytest.mark.parametrize("number", ["10", "27", "38", "305", "61"])
@pytest.mark.parametrize("shadow", [False, True])
def test_a_number_is_not_read_as_one_of_its_digits(number, shadow):
    sheet = page()
    for k, digit in enumerate(number):
        sheet += page(digit, at=(60, 60 + 55 * k)) - 0.85
    if shadow:
        sheet[COLUMNS < 100 + 0.3 * ROWS] *= 0.7
    assert read(sheet).digit is None


def test_a_digit_of_a_small_number_is_not_cut_out_of_it():
    number = page(shape=(700, 900))
    for k, digit in enumerate((3, 0, 5)):
        number += page(digit, size=50, shape=number.shape, at=(300, 300 + 34 * k)) - 0.85
    assert read(number).digit is None


def test_a_bar_of_a_digit_is_no_thing_beside_it():
    sheet = page()
    sheet[60:160, 120:130] = sheet[150:160, 130:170] = 0.2  # an L,
    sheet[60:160, 180:190] = 0.2  # and a bar as tall as it
    (best, *_) = preparation.candidates(sheet)
    assert closer.without_things_beside(best) is None


def test_what_is_left_out_is_said_by_the_mask():
    sheet = page(5)
    sheet[20:200, 215:222] = 0.3
    (best, *_) = preparation.candidates(sheet)
    alone = closer.without_things_beside(best)
    columns = np.flatnonzero(alone.mask.any(axis=0))
    assert best.mask.sum() > alone.mask.sum() > 0
    assert columns.max() < 215 * preparation.WORKING_SIDE / 300


@pytest.mark.parametrize(
    "bad", [None, "a", np.ones(3), np.full((9, 9), np.nan), np.full((9, 9), 3)]
)
def test_bad_pictures_are_named(bad):
    with pytest.raises(InputError, match="`picture`"):
        closer.closer_looks(bad)
    with pytest.raises(InputError, match="`prepared`"):
        closer.without_things_beside(bad)


@pytest.mark.parametrize(
    ("shape", "low", "high"),
    [("disc", 0.98, 1.01), ("bar", 0.94, 0.97), ("slanting bar", 0.9, 1.0), ("ring", 0.2, 0.5)],
)
def test_solidity_tells_things_from_strokes(shape, low, high):
    rows, columns = np.mgrid[-50:51, -50:51]
    away = np.hypot(rows, columns)
    shapes = {
        "disc": away < 30,
        "bar": (abs(rows) < 40) & (abs(columns) < 5),
        "slanting bar": (abs(rows + columns) < 40) & (abs(rows - columns) < 9),
        "ring": (away < 30) & (away > 24),
    }
    assert low < marks.solidity(shapes[shape]) < high


def test_opening_is_scipys_and_goes_on_beyond_the_edges():
    ramp = np.linspace(0, 1, 12)[None, :] + np.zeros((9, 1))
    np.testing.assert_allclose(preparation.opening(ramp, 7), ramp)
    striped = ramp.copy()
    striped[:, 5] += 0.5
    np.testing.assert_allclose(
        preparation.opening(striped, 3)[:, [0, 3, 8, 11]], ramp[:, [0, 3, 8, 11]]
    )
    assert preparation.opening(striped, 3)[4, 5] < striped[4, 5] - 0.3
