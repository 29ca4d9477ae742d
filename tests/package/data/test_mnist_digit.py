"""The digit that comes with the package is one of MNIST."""

import numpy as np

from dlcourse.data import mnist, mnist_digit


def test_it_is_the_first_of_the_test_set():
    images, labels = mnist.as_arrays("test[:1]")
    np.testing.assert_array_equal(mnist_digit.load(), images[0])
    assert labels[0] == 2
