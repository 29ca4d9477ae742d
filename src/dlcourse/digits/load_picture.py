"""Load any picture that people have, as shades of grey.

PNG, JPEG, WebP, GIF, TIFF, BMP; in colour, with a palette, transparent, 1 to 16 bits deep, turned
by the phone's EXIF note; of any size up to `MAX_PIXELS`.
"""

from __future__ import annotations

import io
import os
import warnings
from contextlib import suppress
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from dlcourse import argument_checks, safe_files
from dlcourse.errors import DataError, InputError

#: A picture with more pixels is refused before it is unpacked (a "decompression bomb").
MAX_PIXELS = 80_000_000
#: A longer file is refused: `MAX_PIXELS` of four 16-bit channels take this many bytes, unpacked.
MAX_BYTES = 8 * MAX_PIXELS
#: The longer side of what `load_grey` returns, at most.
MAX_SIDE = 1024


def load_grey(picture: str | os.PathLike[str] | bytes) -> NDArray[np.float64]:
    """Load a picture from a file, or from a file's bytes, as shades of grey.

    Shape (height, width), 0 black to 1 white, shrunk to at most 1024 pixels a side. `DataError` is
    raised, and names the file, if that is missing, empty, no picture, damaged or too large.
    """
    if isinstance(picture, bytes):
        name, data = "the picture", picture
    elif not isinstance(picture, str | os.PathLike) or isinstance(os.fspath(picture), bytes):
        raise InputError(
            "`picture` must be a picture's path or the bytes of its file: "
            f"got {argument_checks.describe(picture)}."
        )
    elif not str(picture):
        raise DataError("A picture's path is empty: expected the name of a file.")
    else:
        name = str(picture)
        data = safe_files.read(Path(picture), name, at_most=MAX_BYTES)
    if not data:
        raise DataError(f"{name} is empty (0 bytes): expected a picture.")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow's remarks on odd files; what matters we check
        return _grey(_unpack(data, name), name)


def _unpack(data: bytes, name: str) -> Image.Image:
    """Decode a picture, the right way up and not larger than need be."""
    size = "far too many"
    try:
        image: Image.Image = Image.open(io.BytesIO(data))
        size = f"{image.width:,} by {image.height:,}"
        if image.width * image.height > MAX_PIXELS:
            raise Image.DecompressionBombError  # noqa: TRY301  (as Pillow does, but sooner)
        image.draft(None, (MAX_SIDE, MAX_SIDE))  # a JPEG can be unpacked at half its size
        image.load()
    except UnidentifiedImageError as error:
        raise DataError(
            f"{name} is not a picture that can be read: expected PNG, JPEG, WebP, GIF, TIFF or BMP."
        ) from error
    except Image.DecompressionBombError as error:
        raise DataError(
            f"{name} is too large: {size} pixels, at most {MAX_PIXELS // 1_000_000} million are "
            "unpacked. Make it smaller first."
        ) from error
    except Exception as error:  # Pillow's decoders raise what they like
        raise DataError(
            f"{name} is a damaged picture: {str(error) or type(error).__name__}."
        ) from error
    with suppress(Exception):  # an EXIF note that cannot be read turns nothing
        image = ImageOps.exif_transpose(image)
    return image


def _grey(image: Image.Image, name: str) -> NDArray[np.float64]:
    """Turn a picture of any mode to grey, 0 to 1."""
    if image.mode == "F" or image.mode.startswith("I"):
        deep = Image.fromarray(_deep(image, name).astype(np.float32))
        return np.asarray(_small(deep), dtype=np.float64)
    if image.mode == "La":  # premultiplied grey, which Pillow turns into nothing else
        image = image.convert("LA")
    if "transparency" in image.info or image.mode in {"LA", "PA", "RGBA", "RGBa"}:
        rgba = np.asarray(_small(image.convert("RGBA")), dtype=np.float64) / 255
        colours, alpha = rgba[..., :3], rgba[..., 3:]
        # What is drawn on nothing is laid on the paper that it stands out from.
        drawn = (colours * alpha).sum() / max(3 * alpha.sum(), 1e-9)
        pixels = colours * alpha + (drawn < 0.5) * (1 - alpha)
    elif image.mode in {"L", "1"}:
        return np.asarray(_small(image.convert("L")), dtype=np.float64) / 255
    else:
        pixels = np.asarray(_small(image.convert("RGB")), dtype=np.float64) / 255
    return _project(pixels)


def _small(image: Image.Image) -> Image.Image:
    """Shrink a picture to at most `MAX_SIDE`."""
    scale = MAX_SIDE / max(image.size)
    if scale >= 1:
        return image
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    return image.resize(size, Image.Resampling.BOX, reducing_gap=2)


def _deep(image: Image.Image, name: str) -> NDArray[np.float64]:
    """Read a picture of more than eight bits."""
    values = np.asarray(image, dtype=np.float64)
    if not np.isfinite(values).all():
        raise DataError(f"{name} holds values that are not finite.")
    top = float(values.max(initial=0))
    full = 1.0 if image.mode == "F" and top <= 1 else 255.0 if top <= 255 else 65_535.0
    return np.asarray((values / full).clip(0, 1))


def _project(pixels: NDArray[np.float64]) -> NDArray[np.float64]:
    """Turn colours to grey by their luminance, or by the colour in which the picture varies most.

    Red ink on green paper of the same luminance would vanish in the usual grey. So if the
    luminance spreads far less than the colours do, the first principal component of the
    colours is taken instead.
    """
    luminance = pixels @ np.array([0.299, 0.587, 0.114])
    flat = pixels.reshape(-1, 3) - pixels.mean(axis=(0, 1))
    spread, directions = np.linalg.eigh(flat.T @ flat / len(flat))
    main = directions[:, -1]
    if luminance.std() >= 0.3 * np.sqrt(max(float(spread[-1]), 0.0)):
        return np.asarray(luminance)
    along = pixels @ (main if main.sum() >= 0 else -main)
    lowest, highest = float(along.min()), float(along.max())
    return np.asarray((along - lowest) / max(highest - lowest, 1.0))
