"""Grounds of the finder's scenes: plain, ruled, stained, photo-like, or a plate on a wall."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from dlcourse.robust import abstract_pictures
from dlcourse.robust.finder.camera import BILINEAR, BOX, smooth

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]
Generator = np.random.Generator

INKED = 0.35  #: ink of a mask that counts for its box
PHOTO_SIDE = 128


def make_photo(rng: Generator) -> Bytes:
    """Make a ground: fallen leaves, noise as strong at every scale, a pattern, cloth or a room."""
    n = PHOTO_SIDE
    how = rng.random()
    if how < 0.3:  # noise of all scales, as in clouds, stone and skin
        frequency = np.hypot(*np.meshgrid(np.fft.fftfreq(n), np.fft.rfftfreq(n), indexing="ij"))
        frequency[0, 0] = 1
        spectrum = np.fft.rfft2(rng.normal(size=(n, n))) / frequency ** rng.uniform(0.8, 2)
        return _stretched(np.fft.irfft2(spectrum, (n, n)))
    if how < 0.45:
        return _stretched(abstract_pictures.pattern(rng, n))
    image = Image.new("L", (n, n), int(rng.integers(256)))
    pen = ImageDraw.Draw(image)
    if how < 0.8:  # leaves, stones, a crowd
        scale = rng.uniform(2, 8)
        for _ in range(rng.integers(15, 250)):
            x, y = rng.uniform(0, n, 2)
            a, b = np.minimum(scale * (1 + rng.pareto(1.6, 2)), 70)
            box, shade = (x - a, y - b, x + a, y + b), int(rng.integers(256))
            (pen.ellipse if rng.random() < 0.6 else pen.rectangle)(box, fill=shade)
    elif how < 0.9:  # cloth, tiles
        step = rng.uniform(6, 40)
        for v in np.arange(0, n, step):
            wide = int(step * rng.uniform(0.1, 0.5)) + 1
            slope = rng.normal(0, 0.2 * step)
            pen.line((v, 0, v + slope, n), fill=int(rng.integers(256)), width=wide)
            pen.line((0, v, n, v + slope), fill=int(rng.integers(256)), width=wide)
    else:  # branches, cables, hair, creases
        for _ in range(rng.integers(5, 60)):
            points = np.cumsum(rng.normal(0, rng.uniform(4, 30), (5, 2)), axis=0)
            points += rng.uniform(0, n, 2)
            shade, wide = int(rng.integers(256)), int(rng.integers(1, 8))
            pen.line(points.ravel().tolist(), fill=shade, width=wide)
    blurred = image.filter(ImageFilter.GaussianBlur(rng.uniform(0.3, 2)))
    grey = np.asarray(blurred, dtype=np.float64)
    return _stretched(grey + rng.uniform(0, 10) * rng.normal(size=(n, n)))


def _stretched(values: NDArray[Any]) -> Bytes:
    low, high = values.min(), values.max()
    return np.asarray(255 * (values - low) / max(high - low, 1e-9), dtype=np.uint8)


def photo(photos: Bytes, rng: Generator, shape: tuple[int, int]) -> Floats:
    """Cut a part out of one of the generated photographs (`make_photo`)."""
    whole = photos[rng.integers(len(photos))]
    side = int(rng.uniform(0.15, 1) * len(whole))
    top, left = rng.integers(0, len(whole) - side + 1, 2)
    part = Image.fromarray(whole[top : top + side, left : left + side]).resize(
        shape[::-1], BILINEAR
    )
    grey = np.asarray(part, np.float32) / 255
    return np.asarray(grey[:, ::-1] if rng.random() < 0.5 else grey, dtype=np.float32)


def _tones(rng: Generator) -> tuple[float, float]:
    """Choose the tones of paper and ink: mostly far apart, sometimes hardly."""
    contrast = rng.uniform(0.35, 1) if rng.random() < 0.6 else rng.uniform(0.08, 0.4)
    low = rng.uniform(0, 1 - contrast)
    return (low + contrast, low) if rng.random() < 0.5 else (low, low + contrast)


def ground(
    photos: Bytes, rng: Generator, mask: Floats, size: float, *, on_plate: bool
) -> tuple[Floats, float]:
    """Make the ground under a mask of ink, and choose the tone of the ink.

    `size`: pixels of the inked thing's longer side. `on_plate`: whether the ground may be a plate,
    which is drawn around the ink: so under a single sign, not under several or none.
    """
    shape = mask.shape[0], mask.shape[1]
    paper, tone = _tones(rng)
    plain = np.full(shape, paper, np.float32)
    how = rng.random()
    if how < 0.36:
        return plain, tone
    if how < 0.47:
        return _ruled(rng, plain, size, tone - paper), tone
    if how < 0.65 and on_plate:
        return _plate(photos, rng, mask, size)
    if how < 0.83:
        spread = rng.uniform(0.08, 0.6)
        low = rng.uniform(0, 1 - spread)
        above, below = 1 - low - spread, low
        apart = max(0.12, 0.3 * spread)
        if rng.random() < above / (above + below + 1e-6):
            tone = low + spread + rng.uniform(min(apart, above), above + 1e-6)
        else:
            tone = low - rng.uniform(min(apart, below), below + 1e-6)
        return low + spread * photo(photos, rng, shape), tone
    return _stained(rng, plain, size, tone - paper, mask), tone


def _ruled(rng: Generator, ground: Floats, size: float, contrast: float) -> Floats:
    """Rule lines, or squares."""
    pace, wide = size * rng.uniform(0.12, 0.6), rng.uniform(0.5, 1.6)
    line = rng.uniform(0.05, 0.4) * contrast
    paper = ground[0, 0]
    rows = (np.arange(ground.shape[0]) + rng.uniform(0, pace)) % pace < wide
    ground[rows] = paper + line
    if rng.random() < 0.6:
        columns = (np.arange(ground.shape[1]) + rng.uniform(0, pace)) % pace < wide
        ground[:, columns] = paper + line
    return ground


def _plate(photos: Bytes, rng: Generator, mask: Floats, size: float) -> tuple[Floats, float]:
    """Hang a plate behind the ink on a wall: with a rim, with screws."""
    shape = mask.shape[0], mask.shape[1]
    rows = np.nonzero(mask.max(axis=1) > INKED)[0]
    columns = np.nonzero(mask.max(axis=0) > INKED)[0]
    gap = size * rng.uniform(0.08, 0.45)
    aside = gap * rng.uniform(0.6, 1.6)
    fine = 3
    box = fine * np.array(
        [columns[0] - aside, rows[0] - gap, columns[-1] + 1 + aside, rows[-1] + 1 + gap]
    )
    form, radius = rng.random(), gap * fine * rng.uniform(0.1, 1.2)
    plate, rim = (Image.new("L", (shape[1] * fine, shape[0] * fine)) for _ in range(2))

    def shape_of(image: Image.Image, box: NDArray[np.float64], **how: Any) -> None:
        pen = ImageDraw.Draw(image)
        if form < 0.25:
            a, b = 0.2 * (box[2] - box[0]), 0.2 * (box[3] - box[1])
            pen.ellipse((box[0] - a, box[1] - b, box[2] + a, box[3] + b), **how)
        elif form < 0.6:
            pen.rounded_rectangle(tuple(box), radius=radius, **how)
        else:
            pen.rectangle(tuple(box), **how)

    shape_of(plate, box, fill=255)
    inset = gap * fine * rng.uniform(0, 0.4)
    inner = box + inset * np.array([1, 1, -1, -1])
    if rng.random() < 0.6 and min(inner[2] - inner[0], inner[3] - inner[1]) > 8:
        wide = max(1, int(fine * size * rng.uniform(0.02, 0.09)))
        shape_of(rim, inner, outline=255, width=wide)
    if rng.random() < 0.3:
        r, d = fine * size * rng.uniform(0.02, 0.05), 0.4 * gap * fine
        pen = ImageDraw.Draw(rim)
        for x in (box[0] + d, box[2] - d):
            for y in (box[1] + d, box[3] - d):
                pen.ellipse((x - r, y - r, x + r, y + r), fill=255)
    on, line = (
        np.asarray(image.resize(shape[::-1], BOX), np.float32) / 255 for image in (plate, rim)
    )
    if rng.random() < 0.6:
        low, high = np.sort(rng.random(2))
        wall = low + (high - low) * photo(photos, rng, shape)
    else:
        wall = rng.random() + rng.uniform(0, 0.1) * rng.normal(size=shape)
    paper, tone = _tones(rng)
    ground = wall * (1 - on) + paper * on
    edge = tone if rng.random() < 0.7 else rng.random()
    return np.asarray(ground * (1 - line) + edge * line, np.float32), tone


def _stained(rng: Generator, ground: Floats, size: float, contrast: float, mask: Floats) -> Floats:
    """Spill light and specks on paper; none too near the ink."""
    height, width = ground.shape
    ground = ground + np.float32(0.3 * abs(contrast)) * smooth(
        rng, (height, width), int(rng.integers(3, 9))
    )
    image = Image.new("L", (width, height))
    pen = ImageDraw.Draw(image)
    for _ in range(rng.integers(1, 6)):
        x, y = rng.uniform(0, width), rng.uniform(0, height)
        r = size * rng.uniform(0.01, 0.08)
        if rng.random() < 0.6:
            pen.ellipse((x - r, y - r, x + r, y + r), fill=255)
        else:
            dx, dy = rng.normal(0, size * 0.5, 2)
            pen.line((x, y, x + dx, y + dy), fill=255)
    drawn = Image.fromarray((255 * mask).astype(np.uint8))
    near = np.asarray(drawn.filter(ImageFilter.MaxFilter(5))) > 25
    specks = np.where(near, 0, np.asarray(image, np.float32) / 255)
    return np.asarray(ground + specks * contrast * rng.uniform(0.2, 1), np.float32)
