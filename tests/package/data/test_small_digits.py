"""Scikit-learn's digits, cut into three sets and brought to MNIST's form."""

import numpy as np
import pytest
from refusals import refusals

from dlcourse.data import small_digits


def test_the_three_sets_are_the_whole_share_nothing_and_have_each_digit_about_equally_often():
    digits = small_digits.load()
    sets = digits.X_train, digits.X_validation, digits.X_test
    assert sum(map(len, sets)) == 1797
    rows = np.unique(np.concatenate(sets), axis=0)
    assert len(rows) == 1797, "all pictures differ, so none can be in two sets"
    for y in (digits.y_train, digits.y_validation, digits.y_test):
        counts = np.bincount(y)
        assert len(counts) == 10
        assert counts.max() < 1.25 * counts.min()


def test_mnist_form_keeps_the_ink_in_the_middle_20_by_20():
    pictures = small_digits.in_mnist_form(np.full((2, 64), 16.0))
    assert pictures.shape == (2, 28, 28, 1)
    assert np.allclose(pictures[:, 4:24, 4:24], 1)
    assert pictures.sum() == pytest.approx(2 * 400)


def test_mnist_form_keeps_the_picture_upright():
    X = np.zeros((1, 8, 8))
    X[0, 0, 7] = 16
    picture = small_digits.in_mnist_form(X.reshape(1, 64))[0, ..., 0]
    row, column = np.unravel_index(picture.argmax(), picture.shape)
    assert row < 8
    assert column > 19


test_other_pictures_are_refused = refusals(
    (lambda: small_digits.in_mnist_form(np.zeros((2, 8, 8))), "n_samples"),
    (lambda: small_digits.in_mnist_form(np.zeros((2, 32))), r"n_samples, 64\).*\(2, 32\)"),
    (lambda: small_digits.in_mnist_form(np.full((1, 64), 17)), "0 to 17|17 to 17"),
    (lambda: small_digits.in_mnist_form(-np.ones((1, 64))), "-1 to -1"),
)
