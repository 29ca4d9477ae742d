"""Threshold, box, centre of mass: what the three rules do, and where they fail."""

import numpy as np
import pytest
from refusals import refusals
from scipy import ndimage

from dlcourse.data import own_digits
from dlcourse.digits import load_picture, mnist_form, preprocessing_by_threshold
from dlcourse.networks import inference, pretrained
from dlcourse.robust import strokes


def drawn(digit):
    paths = strokes.write(strokes.DIGITS[digit][0], rng=np.random.default_rng(0), wobble=0, slant=0)
    return strokes.draw(paths, width=0.1, size=200, margin=0.25)


@pytest.mark.parametrize("digit", range(10))
@pytest.mark.parametrize("inverted", [False, True])
def test_polarity_does_not_matter(digit, inverted):
    ink = drawn(digit)
    prepared = preprocessing_by_threshold.prepare(1 - ink if inverted else ink)
    assert prepared.dark_ink == inverted
    assert prepared.picture[prepared.picture > 0.5].size > 30
    other = preprocessing_by_threshold.prepare(ink if inverted else 1 - ink)
    np.testing.assert_allclose(prepared.picture, other.picture, atol=0.05)


def test_the_form_is_that_of_mnist():
    prepared = preprocessing_by_threshold.prepare(np.roll(1 - 0.3 * drawn(4), (40, -30), (0, 1)))
    assert prepared.picture.shape == (28, 28)
    assert max(prepared.fitted.shape) == 20
    middle = ndimage.center_of_mass(prepared.picture)
    np.testing.assert_allclose(middle, 14, atol=0.51)
    assert prepared.picture.max() > 0.9
    assert prepared.picture.min() == 0


@pytest.mark.parametrize("grey", [0.0, 0.7, 1.0])
def test_a_picture_without_ink_stays_blank(grey):
    assert not preprocessing_by_threshold.prepare(np.full((30, 40), grey)).picture.any()


def test_the_rules_read_clean_pictures_and_fail_on_a_plate_and_in_a_shadow():
    def read(name):
        prepared = preprocessing_by_threshold.prepare(load_picture.load_grey(own_digits.path(name)))
        network = pretrained.load("inverted")
        return int(inference.probabilities(network, prepared.picture[np.newaxis]).argmax())

    assert [read(name) for name in ("bold_print", "white_on_black", "chalk")] == [4, 3, 0]
    assert read("plate") != 7
    assert read("photo") != 9


test_what_is_no_picture_is_refused = refusals(
    (lambda: preprocessing_by_threshold.prepare(np.zeros(7)), "`picture`"),
    (
        lambda: preprocessing_by_threshold.otsu([0, 255]),
        "`values` must hold values from 0 to 1: got 0 to 255",
    ),
    (lambda: mnist_form.fit([[0, 255]]), "`ink` must hold values from 0 to 1: got 0 to 255"),
    (lambda: mnist_form.centre([[0, 255]]), "`fitted` must hold values from 0 to 1"),
)
