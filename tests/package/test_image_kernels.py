"""Kernels: their sums and symmetries, and what they do to an image."""

import numpy as np
import pytest
from scipy import ndimage

from dlcourse.convolution import convolve2d, correlate2d
from dlcourse.errors import InputError
from dlcourse.image_kernels import KERNELS, kernel

RISING = np.tile(np.arange(5.0), (5, 1))  # brighter to the right


@pytest.mark.parametrize(
    ("name", "total"),
    [("identity", 1), ("sharpen", 1), ("box blur", 1), ("gaussian blur", 1), ("emboss", 1),
     ("gaussian blur 5", 1), ("sobel x", 0), ("sobel y", 0), ("prewitt x", 0), ("prewitt y", 0),
     ("laplacian", 0), ("laplacian 8", 0)],
)  # fmt: skip
def test_brightness_is_kept_or_edges_alone_remain(name, total):
    assert kernel(name).sum() == pytest.approx(total)


def test_all_are_odd_sided():
    assert {side % 2 for values in KERNELS.values() for side in values.shape} == {1}


@pytest.mark.parametrize("name", ["sobel", "prewitt"])
def test_edge_filters_agree_with_scipy_and_with_each_other(name):
    theirs = getattr(ndimage, name)
    image = np.random.default_rng(0).random((9, 8))
    for axis, letter in [(1, "x"), (0, "y")]:
        ours = correlate2d(image, kernel(f"{name} {letter}"), padding="mirror")
        np.testing.assert_allclose(ours, theirs(image, axis=axis), atol=1e-12)
    np.testing.assert_array_equal(kernel(f"{name} y"), kernel(f"{name} x").T)


def test_laplacians_and_blurs_agree_with_scipy():
    image = np.random.default_rng(0).random((9, 8))
    ours = correlate2d(image, kernel("laplacian"), padding="mirror")
    np.testing.assert_allclose(ours, ndimage.laplace(image), atol=1e-12)
    ours = correlate2d(image, kernel("box blur"), padding="mirror")
    np.testing.assert_allclose(ours, ndimage.uniform_filter(image, 3), atol=1e-12)
    five = convolve2d(np.pad(kernel("gaussian blur"), 2), kernel("gaussian blur"))
    np.testing.assert_allclose(kernel("gaussian blur 5"), five, atol=1e-15)
    np.testing.assert_array_equal(kernel("laplacian 8"), np.ones((3, 3)) - 9 * kernel("identity"))
    np.testing.assert_array_equal(kernel("sharpen"), kernel("identity") - kernel("laplacian"))


def test_emboss_is_bright_towards_the_lower_right():
    slope = RISING + RISING.T
    assert (correlate2d(slope, kernel("emboss")) > slope[1:-1, 1:-1]).all()
    assert (correlate2d(-slope, kernel("emboss")) < -slope[1:-1, 1:-1]).all()


def test_a_kernel_is_a_copy():
    copy = kernel("identity")
    copy[1, 1] = 7
    assert kernel("identity")[1, 1] == 1


@pytest.mark.parametrize("name", KERNELS)
def test_the_table_cannot_be_written_to(name):
    with pytest.raises(ValueError, match="read-only"):
        KERNELS[name][0, 0] = 7


@pytest.mark.parametrize("name", ["sobel", None, 3, ["identity"]])
def test_an_unknown_kernel_is_named(name):
    with pytest.raises(InputError, match="`name` must be one of 'identity', 'sharpen', "):
        kernel(name)
