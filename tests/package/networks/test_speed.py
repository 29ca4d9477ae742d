"""Fair timing, and the work of a network counted."""

import itertools
import time

import keras
import pytest
import tensorflow as tf

from dlcourse.errors import InputError
from dlcourse.networks import models, speed


def test_contenders_take_turns_and_the_first_round_does_not_count():
    calls, pause = [], {"a": 0.05, "b": 0.0}

    def contender(name):
        def run():
            calls.append(name)
            time.sleep(0.3 if len(calls) <= 2 else pause[name])

        return run

    times = speed.take_turns({name: contender(name) for name in pause}, rounds=2)
    assert calls == ["a", "b"] * 3
    assert times["b"] < 0.05 <= times["a"] < 0.3


def test_nothing_to_time():
    with pytest.raises(InputError, match="at least one"):
        speed.take_turns({})


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [(2, 1, "2.0 times as fast"), (1, 1.2, "about as fast"), (1.2, 1, "about as fast"),
     (1, 4, "it took 4.0 times as long")],
)  # fmt: skip
def test_the_words_fit_the_number(before, after, words):
    assert words in speed.in_words(before, after)


@pytest.mark.parametrize(
    ("compute", "move", "what"),
    [(6.69, 7.06, "either"), (7.06, 6.69, "either"), (53, 5, "operations"), (0.1, 8, "bytes")],
)
def test_what_a_layer_waits_for_is_said_only_where_the_times_lie_apart(compute, move, what):
    assert speed.waits_for(compute, move) == what


def test_a_time_is_positive():
    with pytest.raises(InputError, match="`after` must be a number above 0"):
        speed.in_words(1, 0)


def test_the_work_of_the_digit_network():
    """By hand: 25 products for each of 28 x 28 x 16 numbers, and so on."""
    work = {layer.name: layer for layer in speed.work_of(models.mnist_network())}
    assert [layer.operations for layer in work.values()] == [
        2 * 28 * 28 * 16 * 25, 28 * 28 * 16,
        2 * 14 * 14 * 32 * 25 * 16, 14 * 14 * 32,
        2 * 1568 * 128, 2 * 128 * 10,
    ]  # fmt: skip
    assert work["dense"].n_values == 1568 + 128
    assert sum(layer.n_weights for layer in work.values()) == 215_370
    assert work["dense"].n_bytes(1) > 100 * work["dense"].n_bytes(1_000_000)


def test_a_model_without_work():
    with pytest.raises(InputError, match="layers that compute"):
        speed.work_of(keras.Sequential([keras.Input((3,))]))


def test_a_machine_has_a_speed():
    machine = speed.measure_machine(n=64, n_numbers=1_000, rounds=1)
    assert machine.operations > 1e6
    assert machine.n_bytes > 1e5


def test_a_machine_is_timed_at_what_it_does(monkeypatch):
    """By a clock that is a second further at each look, every product takes a second."""
    products, product = [], tf.linalg.matmul

    def watched(a, b):
        products.append((tuple(a.shape), tuple(b.shape)))
        return product(a, b)

    monkeypatch.setattr(tf.linalg, "matmul", watched)
    monkeypatch.setattr(speed, "perf_counter", itertools.count().__next__)
    machine = speed.measure_machine(n=8, n_numbers=1_000, rounds=3)
    assert products == [((8, 8), (8, 8))] * 4  # the first, which compiles, does not count
    assert machine.operations == 64 * (8 + 8)  # products and sums for each of 64 numbers
    assert machine.n_bytes == 1_000 * (4 + 4)  # read and written
