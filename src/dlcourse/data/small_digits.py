"""Scikit-learn's handwritten digits: 1,797 pictures of 8 × 8 numbers, from 0 to 16.

Each number counts the inked pixels in a 4 × 4 block of a scan of 32 × 32. Thirteen people wrote
these digits, none of them for MNIST. They ship with scikit-learn, so nothing is downloaded.

Source: E. Alpaydin and C. Kaynak, *Optical Recognition of Handwritten Digits*, UCI Machine Learning
Repository, 1998, doi:10.24432/C50P49 (CC BY 4.0). Scikit-learn has its test set.
"""

import numpy as np
from sklearn.datasets import load_digits

from dlcourse.data.stratified_split import Split, stratified_split

N_TEST, N_VALIDATION = 397, 400


def load() -> Split:
    """Load the digits, cut into 1,000 to learn from, 400 to choose by and 397 to judge by.

    The sets are the same each time; each has each digit about equally often. A picture is 64
    numbers, row by row, from 0 (paper) to 16 (ink).

    >>> digits = load()
    >>> digits.X_train.shape, digits.X_validation.shape, digits.X_test.shape
    ((1000, 64), (400, 64), (397, 64))
    """
    X, y = load_digits(return_X_y=True)
    X, y = X.astype(np.float32), y.astype(np.int64)
    return stratified_split(X, y, n_validation=N_VALIDATION, n_test=N_TEST, seed=0)
