"""Scikit-learn's handwritten digits: 1,797 pictures of 8 × 8 numbers, from 0 to 16.

Each number counts the inked pixels in a 4 × 4 block of a scan of 32 × 32. Thirteen people wrote
these digits, none of them for MNIST. They ship with scikit-learn, so nothing is downloaded.

References
----------
E. Alpaydin and C. Kaynak, *Optical Recognition of Handwritten Digits*, UCI Machine Learning
Repository, 1998, doi:10.24432/C50P49 (CC BY 4.0). Scikit-learn has its test set.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.datasets import load_digits

from dlcourse import argument_checks
from dlcourse.data.stratified_split import Split, stratified_split
from dlcourse.errors import InputError

#: The largest value that a number of a picture can have: all 16 pixels of its block are inked.
BRIGHTEST = 16
N_TEST, N_VALIDATION = 397, 400


def load() -> Split:
    """Load the digits, cut into 1,000 to learn from, 400 to choose by and 397 to judge by.

    Returns
    -------
    Split
        The same sets each time; each has each digit about equally often. A picture is 64 numbers,
        row by row, from 0 (paper) to 16 (ink).

    Examples
    --------
    >>> digits = load()
    >>> digits.X_train.shape, digits.X_validation.shape, digits.X_test.shape
    ((1000, 64), (400, 64), (397, 64))
    """
    X, y = load_digits(return_X_y=True)
    X, y = X.astype(np.float32), y.astype(np.int64)
    return stratified_split(X, y, n_validation=N_VALIDATION, n_test=N_TEST, seed=0)


def in_mnist_form(X: ArrayLike) -> NDArray[np.float32]:
    """Enlarge pictures of 8 × 8 to 20 × 20 and lay them in the middle of MNIST's 28 × 28.

    Parameters
    ----------
    X
        Pictures, shape (n_samples, 64), values from 0 to 16.

    Returns
    -------
    ndarray of shape (n_samples, 28, 28, 1)
        Brightness from 0 (paper) to 1 (ink), as the networks for MNIST take it.

    Raises
    ------
    InputError
        If `X` has another shape or values beyond 0 to 16.

    Examples
    --------
    >>> in_mnist_form(load().X_test[:5]).shape
    (5, 28, 28, 1)
    """
    from PIL import Image  # noqa: PLC0415

    pictures = argument_checks.array(X, "X", "n_samples 64").astype(np.float32)
    if pictures.shape[1] != 64:
        raise InputError(
            f"`X` must have shape (n_samples, 64), a row a picture: got {pictures.shape}."
        )
    if pictures.min() < 0 or pictures.max() > BRIGHTEST:
        raise InputError(
            f"`X` must hold values from 0 to {BRIGHTEST}, as scikit-learn has them: got "
            f"{pictures.min():g} to {pictures.max():g}."
        )
    framed = np.zeros((len(pictures), 28, 28, 1), np.float32)
    for frame, picture in zip(framed, pictures.reshape(-1, 8, 8), strict=True):
        small = Image.fromarray(picture / BRIGHTEST)
        large = small.resize((20, 20), Image.Resampling.BICUBIC)
        frame[4:24, 4:24, 0] = np.clip(np.asarray(large), 0, 1)
    return framed
