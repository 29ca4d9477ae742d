"""A photograph to lay kernels on, and pictures as files."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from dlcourse import validation
from dlcourse.errors import InputError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

#: The longest side of a file that `png` enlarges a picture to.
MAX_SIDE = 10_000

# Luma of ITU-R BT.601: what the eye takes for brightness.
_LUMA = np.array([0.299, 0.587, 0.114])


def photo() -> NDArray[np.float64]:
    """Return a photograph of a Chinese temple in grey.

    It is ``china.jpg`` of scikit-learn (427 by 640 pixels), by the photographer
    danielbuechele, released under CC BY 2.0, at half its size; no network is needed.

    Returns
    -------
    ndarray of float, shape (213, 320)
        Brightness from 0, black, to 1, white: each pixel is the mean of four of the original.

    References
    ----------
    https://www.flickr.com/photos/danielbuechele/6061409035/

    Examples
    --------
    >>> photo().shape
    (213, 320)
    """
    from sklearn.datasets import load_sample_image  # noqa: PLC0415 - slow to import

    grey = np.asarray(load_sample_image("china.jpg")) @ _LUMA / 255  # (427, 640)
    return np.asarray(grey[:426].reshape(213, 2, 320, 2).mean(axis=(1, 3)))


def png(picture: ArrayLike, *, width: int | None = None, shades: int = 256) -> bytes:
    """Write a grey picture as a PNG file.

    Parameters
    ----------
    picture : array_like of shape (n_rows, n_columns)
        Brightness from 0 (black) to 1 (white); what lies outside is cut off.
    width : int, optional
        Columns of the file; the rows follow. By default the picture keeps its size.
    shades : int, default 256
        How many shades of grey are kept, from 2 to 256: fewer make a smaller file.

    Returns
    -------
    bytes
        The file.

    Raises
    ------
    InputError
        If `picture` is not a grid of finite numbers, `width` is not positive or makes
        a file of more than 10,000 pixels a side, or `shades` is out
        of range.

    Examples
    --------
    >>> png([[0, 0.5], [0.5, 1]])[1:4]
    b'PNG'
    """
    grid = validation.array(picture, "picture", "n m")
    image = Image.fromarray(np.uint8(np.clip(grid, 0, 1) * 255 + 0.5))
    if width is not None:
        width = validation.count(width, "width", at_most=MAX_SIDE)
        height = max(1, round(image.height * width / image.width))
        if height > MAX_SIDE:
            raise InputError(
                f"`width` must leave at most {MAX_SIDE:,} rows: got {width}, {height:,} rows."
            )
        image = image.resize((width, height), Image.Resampling.LANCZOS)
    if not isinstance(shades, int) or isinstance(shades, bool) or not 2 <= shades <= 256:
        raise InputError(f"`shades` must be a whole number from 2 to 256: got {shades!r}.")
    step = 255 / (shades - 1)
    image = image.point([round(round(v / step) * step) for v in range(256)])
    file = io.BytesIO()
    image.save(file, format="PNG", optimize=True)
    return file.getvalue()
