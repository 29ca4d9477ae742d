"""The work of a network counted, a machine measured, and which of two times holds up."""

import itertools
from unittest.mock import Mock

import keras
import pytest
import tensorflow as tf

from dlcourse import timing
from dlcourse.errors import InputError
from dlcourse.networks import models, roofline


def test_the_work_of_the_digit_network():
    """By hand: 25 products for each of 28 x 28 x 16 numbers, and so on."""
    work = {layer.name: layer for layer in roofline.work_of(models.mnist_network())}
    assert [layer.operations for layer in work.values()] == [
        2 * 28 * 28 * 16 * 25, 28 * 28 * 16,
        2 * 14 * 14 * 32 * 25 * 16, 14 * 14 * 32,
        2 * 1568 * 128, 2 * 128 * 10,
    ]  # fmt: skip
    assert work["dense"].n_values == 1568 + 128
    assert sum(layer.n_weights for layer in work.values()) == 215_370
    assert work["dense"].n_bytes(1) > 100 * work["dense"].n_bytes(1_000_000)


@pytest.mark.parametrize("layer", [keras.Input((3,)), keras.layers.Dense(2)])
def test_a_model_without_work_or_size(layer):
    with pytest.raises(InputError, match="layers that compute"):
        roofline.work_of(keras.Sequential([layer]))


def test_a_machine_is_timed_at_what_it_does(monkeypatch):
    """By a clock that is a second further at each look, every product takes a second."""
    product = Mock(wraps=tf.linalg.matmul)
    monkeypatch.setattr(tf.linalg, "matmul", product)
    monkeypatch.setattr(timing, "perf_counter", itertools.count().__next__)
    machine = roofline.measure_machine(n=8, n_numbers=1_000)
    shapes = [[tuple(a.shape) for a in call.args] for call in product.call_args_list]
    assert shapes == [[(8, 8), (8, 8)]] * 11  # the first, which compiles, does not count
    assert machine.operations == 64 * (8 + 8)  # products and sums for each of 64 numbers
    assert machine.n_bytes == 1_000 * (4 + 4)  # read and written
