"""What a network's answers are taken to mean."""

from types import SimpleNamespace

import numpy as np
import pytest

from dlcourse.digits import reader
from dlcourse.networks import pretrained
from dlcourse.robust import variety


def test_a_network_that_cannot_decide_is_sure_of_nothing_but_that(monkeypatch):
    answers = np.full((1, 11), 0.08)
    answers[0, 4], answers[0, 10] = 0.18, 0.1
    monkeypatch.setattr("dlcourse.networks.inference.probabilities", lambda *_: answers)
    found = reader.judge(SimpleNamespace(n_classes=11), np.zeros((28, 28)))
    assert found.digit is None
    assert "cannot decide" in found.reason
    assert found.confidence == pytest.approx(1 - 0.18)


def test_what_is_likelier_none_than_any_digit_is_refused(monkeypatch):
    answers = np.zeros((1, 11))
    answers[0, [2, 3, 10]] = 0.34, 0.2, 0.46
    monkeypatch.setattr("dlcourse.networks.inference.probabilities", lambda *_: answers)
    found = reader.judge(SimpleNamespace(n_classes=11), np.zeros((28, 28)))
    assert found.digit is None
    assert "none of these" in found.reason
    assert found.confidence == pytest.approx(0.46)


def on_a_plate(digit, *, ink, plate, wall, joint, round_plate=True, rim=False):
    """A digit on a plate that hangs on a wall of bricks, shape (160, 160)."""
    rows, columns = np.mgrid[:160, :160]
    is_joint = (rows % 20 < 3) | ((columns + 20 * (rows // 20 % 2)) % 40 < 3)
    picture = np.where(is_joint, joint, wall).astype(float)
    sides = np.abs([rows - 80, columns - 80])
    away = np.hypot(*sides) if round_plate else np.maximum(*sides)
    picture[away < 60] = plate
    if rim:
        picture[(away > 52) & (away < 56)] = ink
    printed = variety.printed(str(digit), variety.font("DejaVuSans-Bold", 80))
    height, width = printed.shape
    place = picture[80 - height // 2 :, 80 - width // 2 :][:height, :width]
    place += printed * (ink - plate)
    return picture.clip(0, 1)


@pytest.mark.parametrize("digit", range(10))
@pytest.mark.parametrize("rim", [False, True])
@pytest.mark.parametrize(
    "shades",
    [
        {"ink": 0.1, "plate": 0.9, "wall": 0.35, "joint": 0.6},
        {"ink": 0.95, "plate": 0.15, "wall": 0.5, "joint": 0.8},
    ],
    ids=["dark on light", "light on dark"],
)
def test_the_digit_is_read_not_the_round_plate_it_stands_on(digit, rim, shades):
    picture = on_a_plate(digit, rim=rim, **shades)
    found = reader.read_grey(picture, network=pretrained.load("robust"))
    assert found.digit == digit


def on_an_oval_plate(digit, *, edge, lit_from):
    """A thin digit in a ring on a rough plate in slanting light, shape (224, 224)."""
    rows, columns = np.mgrid[-112:112, -112:112]
    away = np.hypot(rows / 0.78, columns)
    picture = np.where(away < edge, 0.95, 0.35)
    picture[(away > edge - 10) & (away < edge - 7)] = 0.1
    printed = variety.printed(str(digit), variety.font("DejaVuSerif", 60))
    height, width = printed.shape
    place = picture[112 - height // 2 :, 112 - width // 2 :][:height, :width]
    place += printed * (0.1 - 0.95)
    slope = (columns * np.cos(lit_from) + rows * np.sin(lit_from)) / 224
    rough = np.random.default_rng(0).normal(0, 0.02, picture.shape)
    return (picture * (0.8 - 0.4 * slope) + rough).clip(0, 1)


@pytest.mark.parametrize("digit", [0, 1])
@pytest.mark.parametrize(("edge", "lit_from"), [(62, 2), (62, 3.7), (70, 0.3), (74, 2)])
def test_the_ring_around_a_one_is_no_zero(digit, edge, lit_from):
    picture = on_an_oval_plate(digit, edge=edge, lit_from=lit_from)
    assert reader.read_grey(picture, network=pretrained.load("robust")).digit == digit


def test_the_eye_of_a_zero_on_a_plate_is_no_one():
    picture = on_a_plate(0, ink=0.1, plate=0.95, wall=0.2, joint=0.6, round_plate=False, rim=True)
    assert reader.read_grey(picture, network=pretrained.load("robust")).digit == 0


@pytest.mark.parametrize("flip", [False, True])
def test_a_narrow_zero_on_a_plate_is_no_one(flip):
    rows, columns = np.mgrid[-112:112, -112:112]
    plate = np.where(np.maximum(np.abs(rows) / 0.7, np.abs(columns)) < 100, 0.25, 0.6)
    away = np.hypot(np.maximum(np.abs(rows) - 28, 0), columns)  # a bar with round ends
    plate[(away < 20) & (away > 7)] = 0.9
    picture = 1 - plate if flip else plate
    assert reader.read_grey(picture, network=pretrained.load("robust")).digit == 0


@pytest.mark.parametrize("dark", [False, True])
def test_the_gap_between_the_legs_of_an_animal_is_no_one(dark):
    body = np.full((168, 222), 0.05)
    body[40:75, 50:170] = body[20:55, 150:185] = 0.95
    for left in (55, 70, 140, 156):
        body[70:125, left : left + 9] = 0.95
    picture = 1 - body if dark else body
    assert reader.read_grey(picture, network=pretrained.load("robust")).digit is None


@pytest.mark.parametrize("side", [28, 224])
def test_a_disc_with_a_face_is_no_zero(side):
    rows, columns = np.mgrid[-1 : 1 : side * 1j, -1 : 1 : side * 1j]
    disc = np.hypot(rows, columns) < 0.62
    eyes = np.hypot(rows + 0.15, np.abs(columns) - 0.22) < 0.09
    mouth = (np.abs(np.hypot(rows, columns) - 0.38) < 0.06) & (rows > 0.12)
    picture = np.where(disc & ~eyes & ~mouth, 0.15, 0.95)
    assert reader.read_grey(picture, network=pretrained.load("robust")).digit is None
