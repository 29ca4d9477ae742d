"""Loops, fast twins, scipy, TensorFlow and Keras must all say the same."""

import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given
from hypothesis import strategies as st
from refusals import refusals
from scipy import signal

from dlcourse.convolution import (
    convolve2d,
    correlate2d,
    correlate2d_by_loop,
    max_pool2d,
    max_pool2d_by_loop,
    output_size,
)

rng = np.random.default_rng(5)
sides = st.integers(1, 9)


@st.composite
def cases(draw):
    """Draw an image, a kernel no larger than it, a padding and a stride."""
    height, width = draw(sides), draw(sides)
    kernel = draw(st.integers(1, height)), draw(st.integers(1, width))
    local = np.random.default_rng(draw(st.integers(0, 99)))
    return (local.normal(size=(height, width)), local.normal(size=kernel),
            draw(st.sampled_from(["valid", "zero", "mirror"])), draw(st.integers(1, 4)))  # fmt: skip  # noqa: E501


def test_a_correlation_and_a_convolution_by_hand():
    image = [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]
    kernel = [[1.0, 0.0], [0.0, -2.0]]
    np.testing.assert_array_equal(correlate2d(image, kernel), [[1 - 10, 2 - 12]])
    np.testing.assert_array_equal(convolve2d(image, kernel), [[5 - 2, 6 - 4]])
    zero = correlate2d(image, [[0.0, 1.0, 1.0]], padding="zero")
    np.testing.assert_array_equal(zero, [[3, 5, 3], [9, 11, 6]])
    mirror = correlate2d(image, [[0.0, 1.0, 1.0]], padding="mirror")
    np.testing.assert_array_equal(mirror, [[3, 5, 6], [9, 11, 12]])


@given(cases())
def test_the_loop_its_fast_twin_and_scipy_agree(case):
    image, kernel, padding, stride = case
    loop = correlate2d_by_loop(image, kernel, padding=padding, stride=stride)
    fast = correlate2d(image, kernel, padding=padding, stride=stride)
    np.testing.assert_allclose(fast, loop, atol=1e-12)
    margins = [(0, 0) if padding == "valid" else ((k - 1) // 2, k // 2) for k in kernel.shape]
    padded = np.pad(image, margins, mode="symmetric" if padding == "mirror" else "constant")
    theirs = signal.correlate2d(padded, kernel, mode="valid")[::stride, ::stride]
    np.testing.assert_allclose(fast, theirs, atol=1e-12)
    theirs = signal.convolve2d(padded, kernel, mode="valid")[::stride, ::stride]
    ours = convolve2d(image, kernel, padding=padding, stride=stride)
    np.testing.assert_allclose(ours, theirs, atol=1e-12)


@given(st.integers(1, 60), st.data())
def test_sizes_agree_with_counting_the_places(n, data):
    k, stride = data.draw(st.integers(1, n)), data.draw(st.integers(1, 9))
    assert output_size(n, k, stride=stride) == len(range(0, n - k + 1, stride))
    for padding in ("zero", "mirror"):
        assert output_size(n, k, padding=padding, stride=stride) == len(range(0, n, stride))


@given(st.integers(1, 4), st.integers(1, 4), st.integers(0, 9), st.integers(0, 9))
def test_pooling_agrees_with_the_loop_and_with_tensorflow(size, stride, more_rows, more_columns):
    image = np.random.default_rng(size).normal(size=(size + more_rows, size + more_columns))
    ours = max_pool2d(image, size, stride=stride)
    np.testing.assert_array_equal(ours, max_pool2d_by_loop(image, size, stride=stride))
    theirs = tf.nn.max_pool2d(tf.constant(image[None, :, :, None]), size, stride, "VALID")
    np.testing.assert_array_equal(ours, theirs[0, :, :, 0])
    assert ours.shape == tuple(output_size(n, size, stride=stride) for n in image.shape)


def test_pooling_by_hand_drops_what_is_left_over():
    image = [[1.0, 5.0, 9.0], [2.0, -3.0, 9.0], [9.0, 9.0, 9.0]]
    np.testing.assert_array_equal(max_pool2d(image), [[5.0]])
    np.testing.assert_array_equal(max_pool2d(image, stride=1), [[5, 9], [9, 9]])
    np.testing.assert_array_equal(max_pool2d_by_loop(image), [[5.0]])


@pytest.mark.parametrize("k", [3, 9])
def test_single_precision_stays_single_and_bytes_become_double(k):
    image = rng.random((12, 12)).astype(np.float32)
    kernel = rng.random((k, k)).astype(np.float32)
    for twin in (correlate2d, correlate2d_by_loop):
        assert twin(image, kernel).dtype == np.float32
        assert twin(image, kernel.astype(float)).dtype == np.float64
        assert twin((image * 255).astype(np.uint8), kernel).dtype == np.float64
    assert max_pool2d(image).dtype == np.float32
    np.testing.assert_allclose(
        correlate2d(image, kernel), correlate2d_by_loop(image, kernel), rtol=1e-5
    )


def test_the_result_is_new_and_the_image_is_left_alone():
    image = np.arange(16.0).reshape(4, 4)
    before = image.copy()
    for result in (max_pool2d(image, 1), correlate2d(image, [[1.0]]), convolve2d(image, [[1.0]])):
        result[:] = -1
    np.testing.assert_array_equal(image, before)


IMAGE = np.ones((3, 3))


test_errors_say_what_was_expected = refusals(
    (lambda: correlate2d(IMAGE, np.ones((5, 5))),
     r"`kernel` must be no larger than `image`: got kernel \(5, 5\), image \(3, 3\)\. Take a"),
    (lambda: correlate2d_by_loop(IMAGE, np.ones((1, 4)), padding="zero"), "no larger"),
    (lambda: correlate2d(np.float32([[1e30]]), [[1.0]]), r"at most 1e\+15 in size"),
    (lambda: max_pool2d(IMAGE, 4), r"`size` must be no larger than `image`: got size \(4, 4\), image \(3, 3\)\. Take a"),  # noqa: E501
    (lambda: output_size(3, 4), "`k` must be no larger than `n`: got 4, 3"),
)  # fmt: skip
