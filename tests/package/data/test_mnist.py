"""MNIST through the real tfds: sizes, order, bad days."""

import os
import subprocess
import sys

import numpy as np
import pytest

from dlcourse.data import mnist, mnist_digit
from dlcourse.errors import InputError


def test_the_three_parts_have_all_images_and_none_twice():
    sizes = {
        split: int(mnist.load(split).cardinality()) for split in ("train", "validation", "test")
    }
    assert sizes == {"train": 55_000, "validation": 5_000, "test": 10_000}
    together = int(mnist.load("train[:60000]").cardinality())
    assert sizes["train"] + sizes["validation"] == together


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


def test_without_data_and_network_one_line_says_what_to_do(tmp_path):
    """In a process whose sockets lead nowhere, as in a train."""
    program = (
        "import socket\n"
        "def refuse(*args, **kwargs): raise OSError('no network')\n"
        "socket.create_connection = socket.getaddrinfo = socket.socket.connect = refuse\n"
        "from dlcourse.__main__ import main\n"
        "raise SystemExit(main(['data', 'mnist']))\n"
    )
    environment = os.environ | {"TFDS_DATA_DIR": str(tmp_path), "TF_CPP_MIN_LOG_LEVEL": "3"}
    command = [sys.executable, "-c", program]
    result = subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert result.returncode == 1
    lines = [line for line in result.stderr.splitlines() if line.startswith("dlcourse:")]
    assert len(lines) == 1
    assert "Connect to the network" in lines[0]
    assert "Traceback" not in result.stderr
