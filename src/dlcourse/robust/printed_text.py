"""Print in the fonts that come with matplotlib, condensed or wide, bold or fine."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import matplotlib as mpl
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont
from scipy import ndimage


@cache
def font(name: str, size: int = 64) -> ImageFont.FreeTypeFont:
    """Return one of matplotlib's own fonts by the name of its file."""
    folder = Path(mpl.get_data_path()) / "fonts" / "ttf"
    return ImageFont.truetype(str(folder / f"{name}.ttf"), size)


def printed(text: str, font: ImageFont.FreeTypeFont) -> NDArray[np.float32]:
    """Print `text` in a font: white on black, cropped to the text."""
    left, top, right, bottom = font.getbbox(text)
    image = Image.new("L", (int(right - left) + 8, int(bottom - top) + 8))
    ImageDraw.Draw(image).text((4 - left, 4 - top), text, font=font, fill=255)
    return np.asarray(image, dtype=np.float32) / np.float32(255)


def thicken(ink: NDArray[np.float32], rng: np.random.Generator) -> NDArray[np.float32]:
    """Make strokes bolder or thinner by a random number of pixels."""
    n = int(rng.integers(-2, 5))
    if n > 0:
        return np.asarray(ndimage.grey_dilation(np.pad(ink, n), size=(n + 1, n + 1)))
    if n < 0:
        thin = ndimage.grey_erosion(ink, size=(2, 2))
        return np.asarray(thin) if (thin > 0.5).sum() > 0.4 * (ink > 0.5).sum() else ink
    return ink


def squeeze(ink: NDArray[np.float32], rng: np.random.Generator) -> NDArray[np.float32]:
    """Make a print narrower or wider, like condensed and extended fonts."""
    height, width = ink.shape
    new = (max(4, round(width * rng.uniform(0.65, 1.25))), height)
    return np.asarray(Image.fromarray(ink).resize(new), dtype=np.float32).clip(0, 1)
