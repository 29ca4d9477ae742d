"""What a camera makes of a scene: light, shadow, noise, a coarse lens, blur, JPEG."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter
from PIL.Image import Resampling

Floats = NDArray[np.float32]
Generator = np.random.Generator

BILINEAR, BICUBIC, BOX = Resampling.BILINEAR, Resampling.BICUBIC, Resampling.BOX


def smooth(rng: Generator, shape: tuple[int, int], cells: int = 3) -> Floats:
    """Make values from -1 to 1 that change slowly from place to place."""
    coarse = rng.uniform(-1, 1, (cells, cells)).astype(np.float32)
    return np.asarray(Image.fromarray(coarse).resize(shape[::-1], BICUBIC))


def photographed(grey: NDArray[Any], rng: Generator, size: float) -> Floats:
    """Photograph a scene: light, shadow, noise, a coarse lens, blur, JPEG.

    `size`: pixels of the shown thing's longer side, in proportion to which it is blurred and made
    coarse.
    """
    height, width = grey.shape
    how = rng.random()
    if how < 0.3:
        grey = grey * (1 + rng.uniform(0.05, 0.3) * smooth(rng, (height, width)))
    elif how < 0.42:  # the edge of a shadow
        v, u = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
        angle = rng.uniform(0, 2 * np.pi)
        along = np.cos(angle) * u + np.sin(angle) * v - rng.uniform(-0.6, 0.6)
        grey = grey * (1 - rng.uniform(0.1, 0.3) * (1 + np.tanh(along / rng.uniform(0.02, 0.4))))
    if rng.random() < 0.5:
        grey = grey + rng.uniform(0, 0.045) * rng.random() * rng.normal(size=grey.shape)
    grey = grey.clip(0, 1).astype(np.float32)
    if rng.random() < 0.2:
        scale = rng.uniform(7, 13) / size
        cells = max(4, round(width * scale)), max(4, round(height * scale))
        small = Image.fromarray(grey).resize(cells, BOX if rng.random() < 0.6 else BILINEAR)
        how_back = BICUBIC if rng.random() < 0.6 else BILINEAR
        grey = np.asarray(small.resize((width, height), how_back)).clip(0, 1)
    image = Image.fromarray((255 * grey).astype(np.uint8))
    if rng.random() < 0.25:
        image = image.filter(ImageFilter.GaussianBlur(rng.uniform(0.2, 0.045 * size)))
    if rng.random() < 0.08:
        file = io.BytesIO()
        image.save(file, "JPEG", quality=int(rng.integers(25, 90)))
        image = Image.open(file)
    return np.asarray(image, np.float32) / np.float32(255)
