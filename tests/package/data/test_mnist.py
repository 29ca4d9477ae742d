"""MNIST through the real tfds: sizes, order, bad days."""

import socket

import numpy as np
import pytest

from dlcourse.__main__ import main
from dlcourse.data import mnist, mnist_digit
from dlcourse.errors import InputError


def test_the_three_parts_have_all_images():
    sizes = {
        split: int(mnist.load(split).cardinality()) for split in ("train", "validation", "test")
    }
    assert sizes == {"train": 55_000, "validation": 5_000, "test": 10_000}


def test_arrays_are_bytes_in_the_order_of_the_dataset():
    images, labels = mnist.as_arrays("test[:300]")
    assert images.shape == (300, 28, 28)
    assert images.dtype == np.uint8
    assert set(labels) == set(range(10))
    first, label = next(iter(mnist.load("test")))
    np.testing.assert_array_equal(first[..., 0], images[0])
    assert label == labels[0]


def test_the_digit_that_comes_with_the_package_is_the_first_of_the_test_set():
    np.testing.assert_array_equal(mnist_digit.load(), mnist.as_arrays("test[:1]")[0][0])


@pytest.mark.parametrize("split", ["tset", "train[:", ""])
def test_an_unknown_split_is_named(split):
    with pytest.raises(InputError, match="`split` must be one of train, validation, test"):
        mnist.load(split)


def test_without_data_and_network_one_line_says_what_to_do(tmp_path, monkeypatch, capsys):
    """As in a train: no name is found and no address answers."""

    def refuse(*args, **kwargs):
        raise OSError

    monkeypatch.setenv("TFDS_DATA_DIR", str(tmp_path))
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    assert main(["data", "mnist"]) == 1
    error = capsys.readouterr().err
    assert error.startswith("dlcourse: MNIST: tfds's host cannot be reached. Connect to the net")
    assert error.count("\n") == 1
