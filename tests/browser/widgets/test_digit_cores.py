"""The pad's preparation by a threshold, without a browser, against the package's."""

import re

import numpy as np
import pytest
from cores import WIDGETS, each, picture

from dlcourse.data import own_digits
from dlcourse.digits import finder, load_picture, preprocessing_by_threshold, reader

PAD = "inference/preprocessing-by-threshold.mjs"
BOTH = {"invert": True, "centres": True}
SHAPES = [(280, 280), (28, 28), (120, 61), (13, 17), (400, 90)]


def strokes(rng, shape):
    """Some ink: a few fat lines, with grey edges, somewhere in the picture."""
    y, x = np.mgrid[: shape[0], : shape[1]]
    ink = np.zeros(shape)
    for _ in range(3):
        a, b = rng.uniform(0.2, 0.8, size=(2, 2)) * shape
        t = np.clip(
            ((y - a[0]) * (b - a)[0] + (x - a[1]) * (b - a)[1]) / ((b - a) ** 2).sum(), 0, 1
        )
        away = np.hypot(y - a[0] - t * (b - a)[0], x - a[1] - t * (b - a)[1])
        ink = np.maximum(ink, np.clip(min(shape) / 14 - away, 0, 1))
    return ink.astype(np.float32)


def photographs():
    """Drawings, noise and our own pictures: what the pad may be handed."""
    rng = np.random.default_rng(5)
    pages = {f"drawn {i}": 1 - strokes(rng, shape) for i, shape in enumerate(SHAPES)}
    v, u = np.mgrid[-1:1:130j, -1:1:170j]
    light = (0.8 - 0.3 * u) * (1 - 0.4 / (1 + np.exp(-(u + v) / 0.1)))
    pages["shadow"] = ((1 - 0.8 * strokes(rng, v.shape)) * light).clip(0, 1)
    pages["noise"] = rng.uniform(0, 1, (90, 120))
    pages["large"] = np.kron(1 - strokes(rng, (200, 150)), np.ones((6, 6)))
    for digit in own_digits.PICTURES:
        pages[digit.name] = load_picture.load_grey(own_digits.path(digit.name))
    pages["two digits"] = np.hstack([pages["white_on_black"]] * 2)
    return {name: np.asarray(page, np.float32) for name, page in pages.items()}


def test_a_picture_is_prepared_as_the_package_prepares_it():
    pages = photographs()
    answers = each(PAD, "prepare", *((picture(page), BOTH) for page in pages.values()))
    for (name, page), prepared in zip(pages.items(), answers, strict=True):
        expected = preprocessing_by_threshold.prepare(page).picture
        np.testing.assert_allclose(
            np.reshape(prepared["values"], (28, 28)), expected, atol=1e-4, err_msg=name
        )
    blank = picture(np.ones((30, 30), np.float32))
    assert each(PAD, "prepare", [blank, BOTH]) == [None]


def test_preparation_turns_and_centres_only_when_asked():
    ink = strokes(np.random.default_rng(8), (280, 280))
    ink[:100] = 0  # low on the sheet

    white, black = (preprocessing_by_threshold.prepare(page).picture for page in (1 - ink, ink))
    shrunk = ink.reshape(28, 10, 28, 10).mean(axis=(1, 3))
    cases = [  # the drawing, whether it is turned and centred, what is seen
        (1 - ink, True, True, white),
        (1 - ink, False, True, 1 - white),
        (ink, False, True, black),
        (ink, False, False, shrunk),
        (1 - ink, True, False, shrunk),
        (1 - ink, False, False, 1 - shrunk),
    ]
    asked = ((picture(page), {"invert": i, "centres": c}) for page, i, c, _ in cases)
    for prepared, (*_, expected) in zip(each(PAD, "prepare", *asked), cases, strict=True):
        assert prepared["steps"][-1]["name"].endswith("what they see")
        np.testing.assert_allclose(np.reshape(prepared["values"], (28, 28)), expected, atol=1e-4)


@pytest.mark.parametrize(
    ("module", "package", "n_limits"), [("reader.mjs", reader, 6), ("finder.mjs", finder, 11)]
)
def test_the_pads_limits_are_the_readers(module, package, n_limits):
    source = (WIDGETS / "digit-pad" / module).read_text()
    limits = re.findall(r"^const ([A-Z_]+) = ([\d.]+);", source, re.MULTILINE)
    assert len(limits) == n_limits
    assert {name: float(value) for name, value in limits} == {
        name: getattr(package, name) for name, _ in limits
    }


def test_the_pad_knows_what_each_network_has_learnt_from():
    expected = {
        ("plain", True, True): "This is black on white, which it has never seen.",
        ("plain", False, True): "This picture is of that kind.",
        ("inverted", True, False): "This is neither fitted nor centred, which it has never seen.",
        ("robust", True, False): "moved and turned, and pictures that are no digit.",
        ("mine", True, True): "",
    }
    lists = ((*case, {"centres": centres}) for *case, centres in expected)
    answers = each("digit-pad/note-on-training-data.mjs", "learntFrom", *lists)
    for answer, end in zip(answers, expected.values(), strict=True):
        assert answer.endswith(end) if end else answer == ""
