"""Scikit-learn's digits, cut into three sets."""

import numpy as np

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
