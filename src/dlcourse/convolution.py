"""Slide a kernel over an image: cross-correlation, convolution and max pooling.

Overlay, multiply, sum, step. What libraries for neural networks call convolution is
cross-correlation: the kernel is laid over the image as it stands. True convolution
turns it by 180° first. For kernels that are learned it makes no difference; for fixed
ones such as Sobel's it flips the sign.

Each operation comes twice: plain loops that say what is done, and a fast twin that gives
the same numbers. Images of batches have the axes of TensorFlow, (n_samples, height,
width, channels).
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from dlcourse import validation
from dlcourse.errors import InputError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Image: TypeAlias = NDArray[np.floating[Any]]

#: How to treat the edges -> the mode in which `numpy.pad` does so.
PADDINGS = {"valid": None, "zero": "constant", "mirror": "symmetric"}

#: From more numbers than this in the kernel, Fourier's way is the quicker one.
LARGE_KERNEL = 64
#: From how many channels on it pays to copy windows row by row.
MANY_CHANNELS = 8
#: How many images of a batch to lay out at a time, so that they stay in the cache.
BLOCK = 16


def output_size(n: int, k: int, *, padding: str = "valid", stride: int = 1) -> int:
    """Tell how many places a kernel of size `k` has along `n` pixels.

    (n − k) // stride + 1 without padding, ⌈n / stride⌉ with.

    Parameters
    ----------
    n
        Pixels along one axis of the image.
    k
        Pixels along the same axis of the kernel, or of the pool.
    padding
        ``"valid"``, ``"zero"`` or ``"mirror"``; see `correlate2d`.
    stride
        How many pixels to step.

    Returns
    -------
    int
        Pixels along that axis of the result.

    Raises
    ------
    InputError
        If the kernel is larger than the image, or a number is not whole.

    References
    ----------
    V. Dumoulin and F. Visin, *A guide to convolution arithmetic for deep learning*,
    2016, relationships 3 and 5.

    Examples
    --------
    >>> output_size(28, 5), output_size(28, 5, padding="zero"), output_size(28, 2, stride=2)
    (24, 28, 14)
    """
    n, k = validation.count(n, "n"), validation.count(k, "k")
    stride = validation.count(stride, "stride")
    validation.choice(padding, "padding", PADDINGS)
    if k > n:
        raise InputError(
            f"`k` must be no larger than `n`: got {k}, {n}. Pad the image or use a smaller kernel."
        )
    return (n - k) // stride + 1 if padding == "valid" else -(-n // stride)


def correlate2d_by_loop(
    image: ArrayLike, kernel: ArrayLike, *, padding: str = "valid", stride: int = 1
) -> Image:
    """Do what `correlate2d` does, pixel by pixel, to be read.

    Examples
    --------
    >>> correlate2d_by_loop([[1.0, 2.0, 3.0]], [[-1.0, 1.0]])
    array([[1., 1.]])
    """
    image, kernel, stride = _checked(image, kernel, padding, stride)
    padded = _pad(image, kernel.shape, padding)
    height, width = kernel.shape
    n_rows = (padded.shape[0] - height) // stride + 1
    n_columns = (padded.shape[1] - width) // stride + 1
    result = np.zeros((n_rows, n_columns), dtype=image.dtype)
    for row in range(n_rows):
        for column in range(n_columns):
            top, left = row * stride, column * stride
            overlay = padded[top : top + height, left : left + width]
            result[row, column] = np.sum(overlay * kernel)
    return result


def correlate2d(
    image: ArrayLike, kernel: ArrayLike, *, padding: str = "valid", stride: int = 1
) -> Image:
    """Cross-correlate an image with a kernel: overlay, multiply, sum, step.

    Parameters
    ----------
    image
        Brightness, shape (height, width).
    kernel
        Shape (kernel height, kernel width), no larger than the image.
    padding
        What to do at the edges. ``"valid"``: only go where the kernel fits, so the
        result is smaller. ``"zero"``: surround the image with zeros (black), so the
        result is as large as the image. ``"mirror"``: surround it with its own mirror
        image, pixels at the border included (c b a | a b c), so no dark rim appears.
        An even kernel gets the odd pixel below and to the right, as in TensorFlow.
    stride
        How many pixels to step. With padding, the first place is always that of the
        first pixel. (TensorFlow's "SAME" shifts it where the stride is above 1.)

    Returns
    -------
    ndarray
        See `output_size`; float32 if image and kernel are, else float64.

    Raises
    ------
    InputError
        If image or kernel is not a grid of finite numbers, or the kernel is too large.

    References
    ----------
    I. Goodfellow, Y. Bengio and A. Courville, *Deep Learning*, 2016, equation 9.6.

    Examples
    --------
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

    The kernel is turned by 180°; the rest is `correlate2d`, parameters and all.

    Parameters
    ----------
    image, kernel, padding, stride
        As in `correlate2d`.

    Returns
    -------
    ndarray
        As from `correlate2d`.

    Raises
    ------
    InputError
        As `correlate2d`.

    References
    ----------
    I. Goodfellow, Y. Bengio and A. Courville, *Deep Learning*, 2016, equation 9.5.

    Examples
    --------
    >>> convolve2d([[1.0, 2.0, 4.0]], [[-1.0, 1.0]])
    array([[-1., -2.]])
    """
    image, kernel, stride = _checked(image, kernel, padding, stride)
    return _correlate(_pad(image, kernel.shape, padding), kernel[::-1, ::-1], stride)


def max_pool2d_by_loop(image: ArrayLike, size: int = 2, *, stride: int | None = None) -> Image:
    """Do what `max_pool2d` does, window by window, to be read.

    Examples
    --------
    >>> max_pool2d_by_loop([[1.0, 2.0, 5.0, 6.0], [3.0, 4.0, 8.0, 7.0]])
    array([[4., 8.]])
    """
    image, size, stride = _checked_pool(image, "height width", size, stride)
    n_rows = (image.shape[0] - size) // stride + 1
    n_columns = (image.shape[1] - size) // stride + 1
    result = np.zeros((n_rows, n_columns), dtype=image.dtype)
    for row in range(n_rows):
        for column in range(n_columns):
            top, left = row * stride, column * stride
            result[row, column] = image[top : top + size, left : left + size].max()
    return result


def max_pool2d(image: ArrayLike, size: int = 2, *, stride: int | None = None) -> Image:
    """Shrink an image: keep the largest value in each window.

    Parameters
    ----------
    image
        Shape (height, width).
    size
        The side of the window in pixels.
    stride
        How many pixels to step; by default `size`, so that windows do not overlap.
        Pixels left over at the right and at the bottom are dropped.

    Returns
    -------
    ndarray
        See `output_size`.

    Raises
    ------
    InputError
        If the window is larger than the image.

    References
    ----------
    M. Riesenhuber and T. Poggio, *Hierarchical models of object recognition in cortex*,
    Nature Neuroscience 2, 1999.

    Examples
    --------
    >>> max_pool2d([[1.0, 2.0, 5.0, 6.0], [3.0, 4.0, 8.0, 7.0]])
    array([[4., 8.]])
    """
    image, size, stride = _checked_pool(image, "height width", size, stride)
    return _pool(image[None, :, :, None], size, stride)[0, :, :, 0]


def max_pool_batch(images: ArrayLike, size: int = 2, *, stride: int | None = None) -> Image:
    """Pool each channel of each image of a batch as `max_pool2d` does.

    On many channels this takes two to three times as long as TensorFlow, which goes
    through the memory once; NumPy goes through it for each comparison, and for the
    checks.

    Parameters
    ----------
    images
        Shape (n_samples, height, width, channels).
    size, stride
        As in `max_pool2d`.

    Returns
    -------
    ndarray
        Shape (n_samples, new height, new width, channels).

    Raises
    ------
    InputError
        If the window is larger than the images.

    Examples
    --------
    >>> max_pool_batch(np.arange(16.0).reshape(1, 4, 4, 1))[0, :, :, 0]
    array([[ 5.,  7.],
           [13., 15.]])
    """
    axes = "n_samples height width channels"
    images, size, stride = _checked_pool(images, axes, size, stride)
    return _pool(images, size, stride)


def correlate_batch(images: ArrayLike, filters: ArrayLike, *, padding: str = "valid") -> Image:
    """Cross-correlate a batch of images with many filters: a convolutional layer.

    Each filter looks at all channels at once and makes one channel of the result. The
    windows are laid out as rows of a matrix, so that one matrix product does the work.

    On one channel this is about as fast as TensorFlow. On many, in 32 bits, it can take three
    times as long: writing the windows out moves more bytes than the product needs, and
    TensorFlow's kernels never write them.

    Parameters
    ----------
    images
        Shape (n_samples, height, width, channels).
    filters
        Shape (filter height, filter width, channels, n_filters).
    padding
        ``"valid"`` or ``"same"`` (zeros around, the result as large as the images).

    Returns
    -------
    ndarray
        Shape (n_samples, new height, new width, n_filters).

    Raises
    ------
    InputError
        If the filters are larger than the images or want other channels.

    References
    ----------
    K. Chellapilla, S. Puri and P. Simard, *High performance convolutional neural
    networks for document processing*, IWFHR 2006, section 2.1.

    Examples
    --------
    >>> images, filters = np.ones((1, 3, 3, 2)), np.ones((2, 2, 2, 4))
    >>> correlate_batch(images, filters).shape, correlate_batch(images, filters).max()
    ((1, 2, 2, 4), np.float64(8.0))
    """
    images = _image(images, "images", "n_samples height width channels")
    filters = _image(filters, "filters", "height width channels n_filters")
    validation.choice(padding, "padding", ["valid", "same"])
    _fits(filters.shape[:2], "filters", images.shape[1:3], "images")
    if filters.shape[2] != images.shape[3]:
        raise InputError(
            f"`filters` must take as many channels as `images` have: "
            f"got {filters.shape[2]}, {images.shape[3]}."
        )
    if padding == "same":
        (top, bottom), (left, right) = map(_margins, filters.shape[:2])
        images = np.pad(images, ((0, 0), (top, bottom), (left, right), (0, 0)))
    return _correlate_many(images, filters)


def _checked(
    image: ArrayLike, kernel: ArrayLike, padding: str, stride: int
) -> tuple[Image, Image, int]:
    """Check an image with a kernel that fits into it."""
    image = _image(image, "image", "height width")
    kernel = _image(kernel, "kernel", "height width")
    _fits(kernel.shape, "kernel", image.shape, "image")
    validation.choice(padding, "padding", PADDINGS)
    dtype = np.result_type(image, kernel)
    return image.astype(dtype, copy=False), kernel.astype(dtype), validation.count(stride, "stride")


def _checked_pool(
    image: ArrayLike, axes: str, size: int, stride: int | None
) -> tuple[Image, int, int]:
    """Check an image, or a batch, with a window that fits into it."""
    name = "images" if "channels" in axes else "image"
    found = _image(image, name, axes)
    size = validation.count(size, "size")
    sides = found.shape[1:3] if found.ndim == 4 else found.shape
    _fits((size, size), "size", sides, name)
    return found, size, size if stride is None else validation.count(stride, "stride")


def _image(value: ArrayLike, name: str, axes: str) -> Image:
    """Check a grid of numbers; single precision stays single."""
    return validation.array(value, name, axes, keep_float32=True)


def _fits(small: tuple[int, ...], name: str, large: tuple[int, ...], of: str) -> None:
    """Check that a kernel or a window is no larger than the image."""
    if any(a > b for a, b in zip(small, large, strict=True)):
        raise InputError(
            f"`{name}` must be no larger than `{of}`: got {name} {small}, {of} {large}. "
            "Take a smaller one, or pad the image."
        )


def _margins(k: int) -> tuple[int, int]:
    """Tell how many pixels to add before and after, for a kernel of `k` pixels."""
    return (k - 1) // 2, k // 2


def _pad(image: Image, kernel_shape: tuple[int, ...], padding: str) -> Image:
    """Surround the image so that the kernel's middle can visit every pixel."""
    mode: Any = PADDINGS[padding]
    return image if mode is None else np.pad(image, [_margins(k) for k in kernel_shape], mode=mode)


def _correlate(padded: Image, kernel: Image, stride: int) -> Image:
    """Add up shifted copies of the image, one for each number in the kernel."""
    if kernel.size > LARGE_KERNEL:
        return _correlate_by_fourier(padded, kernel)[::stride, ::stride]
    rows = padded.shape[0] - kernel.shape[0] + 1
    columns = padded.shape[1] - kernel.shape[1] + 1
    total: Image = np.zeros((-(-rows // stride), -(-columns // stride)), dtype=padded.dtype)
    for (i, j), weight in np.ndenumerate(kernel):
        total += weight * padded[i : i + rows : stride, j : j + columns : stride]
    return total


def _correlate_by_fourier(padded: Image, kernel: Image) -> Image:
    """Multiply the spectra instead: as quick for a large kernel as for a small one.

    The spectrum of a correlation is one spectrum times the conjugate of the other. It
    wraps around the edges, but only where the kernel does not fit anyway.
    """
    rows, columns = (n - k + 1 for n, k in zip(padded.shape, kernel.shape, strict=True))
    shape = [_quick_length(n) for n in padded.shape]
    spectrum = np.fft.rfft2(padded, shape) * np.conj(np.fft.rfft2(kernel, shape))
    return np.fft.irfft2(spectrum, shape)[:rows, :columns].astype(padded.dtype)


def _quick_length(n: int) -> int:
    """Find the next length whose only prime factors are 2, 3 and 5."""
    while True:
        rest = n
        for prime in (2, 3, 5):
            while rest % prime == 0:
                rest //= prime
        if rest == 1:
            return n
        n += 1


def _correlate_many(padded: Image, filters: Image) -> Image:
    """Lay out every window as a row of a matrix, then multiply it by all filters."""
    height, width, channels, n_filters = filters.shape
    n, rows, columns = len(padded), padded.shape[1] - height + 1, padded.shape[2] - width + 1
    result = np.empty((n, rows, columns, n_filters), dtype=np.result_type(padded, filters))
    lay_out = _windows_by_rows if channels >= MANY_CHANNELS else _windows_by_columns
    for start in range(0, n, BLOCK):
        block = slice(start, start + BLOCK)
        windows = lay_out(padded[block], height, width)
        result[block] = (windows @ filters.reshape(-1, n_filters)).reshape(
            -1, rows, columns, n_filters
        )
    return result


def _windows_by_rows(images: Image, height: int, width: int) -> Image:
    """Copy window after window: quick where a window's row is a long run of memory."""
    n, rows, columns, channels = images.shape
    flat = images.reshape(n, rows, columns * channels)
    windows = sliding_window_view(flat, (height, width * channels), axis=(1, 2))[:, :, ::channels]
    return windows.reshape(-1, height * width * channels)


def _windows_by_columns(images: Image, height: int, width: int) -> Image:
    """Copy the same matrix column after column: quick where there are few channels."""
    n, rows, columns, channels = images.shape
    rows, columns = rows - height + 1, columns - width + 1
    matrix = np.empty((height, width, channels, n, rows, columns), dtype=images.dtype)
    for i in range(height):
        for j in range(width):
            matrix[i, j] = images[:, i : i + rows, j : j + columns].transpose(3, 0, 1, 2)
    return matrix.reshape(height * width * channels, -1).T


def _pool(images: Image, size: int, stride: int) -> Image:
    """Compare shifted copies of the images: first downwards, then along the rows."""
    rows = images.shape[1] - size + 1
    columns = images.shape[2] - size + 1
    shifted_down = (images[:, i : i + rows : stride] for i in range(size))
    down = reduce(np.maximum, shifted_down)
    shifted_right = (down[:, :, j : j + columns : stride] for j in range(size))
    return np.array(reduce(np.maximum, shifted_right))
