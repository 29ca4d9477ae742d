"""MNIST's form: it is MNIST's own."""

import numpy as np

from dlcourse.data import mnist
from dlcourse.digits import mnist_form


def test_mnists_digits_are_put_back_where_mnist_has_them():
    images, _ = mnist.as_arrays("train[-500:]")
    pictures = images / np.float32(255)
    ink = pictures > mnist_form.FAINTEST_INK
    back = np.stack([mnist_form.centre(mnist_form.crop(picture)) for picture in pictures])
    same = (~ink | (np.abs(back - pictures) < 1e-6)).all(axis=(1, 2))
    assert same.mean() > 0.98
