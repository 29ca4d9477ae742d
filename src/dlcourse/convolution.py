"""Slide a kernel over an image: cross-correlation, convolution and max pooling.

Overlay, multiply, sum, step. What libraries for neural networks call convolution is
cross-correlation: the kernel is laid over the image as it stands. True convolution
turns it by 180° first. For kernels that are learned it makes no difference; for fixed
ones such as Sobel's it flips the sign.

Cross-correlation and max pooling come twice: as plain loops that say what is done, and as a fast
twin that gives the same numbers. A whole network runs in `dlcourse.networks.inference`.
"""

from __future__ import annotations

from functools import reduce
from itertools import product
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dlcourse import argument_checks
from dlcourse.errors import InputError

Image: TypeAlias = NDArray[np.floating[Any]]

#: How to treat the edges -> the mode in which `numpy.pad` does so.
PADDINGS = {"valid": None, "zero": "constant", "mirror": "symmetric"}


def output_size(n: int, k: int, *, padding: str = "valid", stride: int = 1) -> int:
    """Return how many places a kernel of size `k` has along `n` pixels, `stride` pixels apart.

    (n − k) // stride + 1 without padding, ⌈n / stride⌉ with; see `correlate2d`. A kernel that is
    larger than the image raises `InputError`.

    Source: V. Dumoulin and F. Visin, *A guide to convolution arithmetic for deep learning*, 2016,
    relationships 3 and 5.

    >>> output_size(28, 5), output_size(28, 5, padding="zero"), output_size(28, 2, stride=2)
    (24, 28, 14)
    """
    n, k = argument_checks.count(n, "n"), argument_checks.count(k, "k")
    stride = argument_checks.count(stride, "stride")
    argument_checks.choice(padding, "padding", PADDINGS)
    if k > n:
        raise InputError(
            f"`k` must be no larger than `n`: got {k}, {n}. Pad the image or use a smaller kernel."
        )
    return (n - k) // stride + 1 if padding == "valid" else -(-n // stride)


def correlate2d_by_loop(
    image: ArrayLike, kernel: ArrayLike, *, padding: str = "valid", stride: int = 1
) -> Image:
    """Do what `correlate2d` does, pixel by pixel, to be read.

    >>> correlate2d_by_loop([[1.0, 2.0, 3.0]], [[-1.0, 1.0]])
    array([[1., 1.]])
    """
    image, kernel, stride = _checked(image, kernel, padding, stride)
    padded = _pad(image, kernel.shape, padding)
    height, width = kernel.shape
    tops = range(0, padded.shape[0] - height + 1, stride)
    lefts = range(0, padded.shape[1] - width + 1, stride)
    result = np.zeros((len(tops), len(lefts)), dtype=image.dtype)
    for row, top in enumerate(tops):
        for column, left in enumerate(lefts):
            overlay = padded[top : top + height, left : left + width]
            result[row, column] = np.sum(overlay * kernel)
    return result


def correlate2d(
    image: ArrayLike, kernel: ArrayLike, *, padding: str = "valid", stride: int = 1
) -> Image:
    """Cross-correlate an image with a kernel: overlay, multiply, sum, step.

    Both are grids, shape (height, width), the kernel no larger than the image. The `padding` says
    what to do at the edges:

    - ``"valid"``: only go where the kernel fits, so the result is smaller;
    - ``"zero"``: surround the image with zeros (black), so the result is as large as the image;
    - ``"mirror"``: surround it with its own mirror image, pixels at the border included
      (c b a | a b c), so no dark rim appears.

    An even kernel gets the odd pixel below and to the right, as in TensorFlow. With padding, the
    first place is always that of the first pixel. (TensorFlow's "SAME" shifts it where the
    `stride`, the pixels to step, is above 1.) The result, see `output_size`, is float32 if image
    and kernel are, else float64.

    Source: I. Goodfellow, Y. Bengio and A. Courville, *Deep Learning*, 2016, equation 9.6.

    >>> correlate2d([[1.0, 2.0, 4.0]], [[-1.0, 1.0]])
    array([[1., 2.]])
    >>> correlate2d([[1.0, 2.0, 4.0]], [[-1.0, 0.0, 1.0]], padding="zero")
    array([[ 2.,  3., -2.]])
    """
    image, kernel, stride = _checked(image, kernel, padding, stride)
    return _correlate(_pad(image, kernel.shape, padding), kernel, stride)


def convolve2d(
    image: ArrayLike, kernel: ArrayLike, *, padding: str = "valid", stride: int = 1
) -> Image:
    """Convolve an image with a kernel in the mathematical sense.

    The kernel is turned by 180°; the rest, errors included, is `correlate2d`.

    Source: I. Goodfellow, Y. Bengio and A. Courville, *Deep Learning*, 2016, equation 9.5.

    >>> convolve2d([[1.0, 2.0, 4.0]], [[-1.0, 1.0]])
    array([[-1., -2.]])
    """
    image, kernel, stride = _checked(image, kernel, padding, stride)
    return _correlate(_pad(image, kernel.shape, padding), kernel[::-1, ::-1], stride)


def max_pool2d_by_loop(image: ArrayLike, size: int = 2, *, stride: int | None = None) -> Image:
    """Do what `max_pool2d` does, window by window, to be read.

    >>> max_pool2d_by_loop([[1.0, 2.0, 5.0, 6.0], [3.0, 4.0, 8.0, 7.0]])
    array([[4., 8.]])
    """
    image, size, stride = _checked_pool(image, size, stride)
    tops = range(0, image.shape[0] - size + 1, stride)
    lefts = range(0, image.shape[1] - size + 1, stride)
    result = np.zeros((len(tops), len(lefts)), dtype=image.dtype)
    for row, top in enumerate(tops):
        for column, left in enumerate(lefts):
            result[row, column] = image[top : top + size, left : left + size].max()
    return result


def max_pool2d(image: ArrayLike, size: int = 2, *, stride: int | None = None) -> Image:
    """Shrink an image, shape (height, width): keep the largest value in each window.

    Windows have `size` by `size` pixels and lie `stride` pixels apart, by default so that they do
    not overlap. Pixels left over at the right and at the bottom are dropped.

    Source: M. Riesenhuber and T. Poggio, *Hierarchical models of object recognition in cortex*,
    Nature Neuroscience 2, 1999.

    >>> max_pool2d([[1.0, 2.0, 5.0, 6.0], [3.0, 4.0, 8.0, 7.0]])
    array([[4., 8.]])
    """
    image, size, stride = _checked_pool(image, size, stride)
    rows, columns = ((n - size) // stride * stride + 1 for n in image.shape)
    places = product(range(size), repeat=2)
    # All windows at once: their first pixels, their second ones, and so on.
    pixels = (image[i:, j:][:rows:stride, :columns:stride] for i, j in places)
    return np.array(reduce(np.maximum, pixels))


def _checked(
    image: ArrayLike, kernel: ArrayLike, padding: str, stride: int
) -> tuple[Image, Image, int]:
    """Check an image with a kernel that fits into it."""
    image = argument_checks.array(image, "image", "height width", keep_float32=True)
    kernel = argument_checks.array(kernel, "kernel", "height width", keep_float32=True)
    _require_fit(kernel.shape, "kernel", image.shape)
    argument_checks.choice(padding, "padding", PADDINGS)
    dtype = np.result_type(image, kernel)
    return (
        image.astype(dtype, copy=False),
        kernel.astype(dtype),
        argument_checks.count(stride, "stride"),
    )


def _checked_pool(image: ArrayLike, size: int, stride: int | None) -> tuple[Image, int, int]:
    """Check an image with a window that fits into it."""
    image = argument_checks.array(image, "image", "height width", keep_float32=True)
    size = argument_checks.count(size, "size")
    _require_fit((size, size), "size", image.shape)
    return image, size, size if stride is None else argument_checks.count(stride, "stride")


def _require_fit(small: tuple[int, ...], name: str, image: tuple[int, ...]) -> None:
    """Check that a kernel or a window is no larger than the image."""
    if any(a > b for a, b in zip(small, image, strict=True)):
        raise InputError(
            f"`{name}` must be no larger than `image`: got {name} {small}, image {image}. "
            "Take a smaller one, or pad the image."
        )


def _pad(image: Image, kernel_shape: tuple[int, ...], padding: str) -> Image:
    """Surround the image so that the kernel's middle can visit every pixel."""
    mode: Any = PADDINGS[padding]
    margins = [((k - 1) // 2, k // 2) for k in kernel_shape]  # before and after
    return image if mode is None else np.pad(image, margins, mode=mode)


def _correlate(padded: Image, kernel: Image, stride: int) -> Image:
    """Add up shifted copies of the image, one for each number in the kernel."""
    rows = padded.shape[0] - kernel.shape[0] + 1
    columns = padded.shape[1] - kernel.shape[1] + 1
    total: Image = np.zeros((-(-rows // stride), -(-columns // stride)), dtype=padded.dtype)
    for (i, j), weight in np.ndenumerate(kernel):
        total += weight * padded[i : i + rows : stride, j : j + columns : stride]
    return total
