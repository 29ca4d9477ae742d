"""Scenes in which the finder learns to find: a digit on everyday ground, or none.

A scene is small, because a digit in it is as large as in a window: 13 to 34 pixels. It has a
ground (plain, ruled, a plate on a wall, a photograph, stains), ink of one tone on it, then
light, shadow, noise, a coarse lens, blur. Everything is drawn from a random generator.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dlcourse.robust.finder_ink import Ink

    Floats = NDArray[np.float32]
    Generator = np.random.Generator

SIGN = 11
INKED = 0.35  #: ink of a mask that counts for its box
BILINEAR, BICUBIC, BOX = (
    Image.Resampling.BILINEAR,
    Image.Resampling.BICUBIC,
    Image.Resampling.BOX,
)


@dataclass(frozen=True)
class Thing:
    """A digit or a sign in a scene: the middle of its box, its longer side, its class."""

    row: float
    column: float
    size: float
    label: int


@dataclass(frozen=True)
class Scene:
    """A picture in grey and what is in it."""

    grey: Floats
    things: tuple[Thing, ...] = field(default=())


def make_scene(ink: Ink, rng: Generator) -> Scene:
    """Make one scene: half show a digit, a quarter another sign, the rest several or none."""
    how = rng.random()
    if how < 0.41:
        return _one(ink, rng, digit=True)
    if how < 0.56:
        return _scan(ink, rng)
    if how < 0.80:
        return _one(ink, rng, digit=False)
    if how < 0.88:
        return _row(ink, rng)
    return _empty(ink, rng)


def _one(ink: Ink, rng: Generator, *, digit: bool) -> Scene:
    size = rng.uniform(13, 34)
    picture, label = _digit(ink, rng) if digit else (_pick(ink.signs, rng), SIGN)
    height, width = _frame(rng, size)
    room = np.maximum(0, np.array([height, width]) - 1.04 * size) / 2
    row, column = np.array([height, width]) / 2 + rng.uniform(-1, 1, 2) * room * rng.choice(
        [0.15, 0.5, 1]
    )
    mask = lay(picture, (height, width), row, column, size, rng)
    thing = _box(mask, label)
    if thing is None:
        return _one(ink, rng, digit=digit)
    ground, tone = _ground(ink, rng, (height, width), thing, size, mask)
    return Scene(_seen(ground * (1 - mask) + tone * mask, rng, size), (thing,))


def _scan(ink: Ink, rng: Generator) -> Scene:
    """Show a digit as MNIST does: 28 by 28 pixels, or as coarse as 8 by 8 and enlarged."""
    picture, label = _digit(ink, rng)
    side = 28 if rng.random() < 0.7 else int(rng.integers(26, 60))
    size = side * (rng.uniform(0.66, 0.76) if rng.random() < 0.7 else rng.uniform(0.76, 1.0))
    middle = side / 2 + rng.uniform(-1, 1, 2) * (side - size) / 2 * rng.choice([0.3, 1])
    mask = lay(picture, (side, side), middle[0], middle[1], size, rng, askew=0.5)
    if rng.random() < 0.35:  # as coarse as a hand in eight by eight pixels
        cells = int(side * rng.uniform(7, 11) / size)
        small = Image.fromarray(mask).resize((cells, cells), BOX)
        if rng.random() < 0.5:
            small = Image.fromarray(np.round(np.asarray(small) * 16) / 16)
        mask = np.asarray(small.resize((side, side), BICUBIC if rng.random() < 0.5 else BILINEAR))
        mask = mask.clip(0, 1)
        if rng.random() < 0.5:
            mask = mask / max(float(mask.max()), 0.2)
    thing = _box(mask, label)
    if thing is None:
        return _scan(ink, rng)
    low, high = (0.0, 1.0) if rng.random() < 0.6 else np.sort(rng.uniform(0, 1, 2)) + (0, 0.1)
    grey = (low + (high - low) * mask) if rng.random() < 0.5 else (high - (high - low) * mask)
    return Scene(np.asarray(grey, np.float32).clip(0, 1), (thing,))


def _row(ink: Ink, rng: Generator) -> Scene:
    """Show two or three digits, or letters, side by side."""
    n = 2 if rng.random() < 0.7 else 3
    size = rng.uniform(14, 26)
    height, width = int(size * rng.uniform(1.1, 2.2)), int(size * (n + 0.4) * rng.uniform(1, 1.4))
    mask = np.zeros((height, width), np.float32)
    things = []
    left = size * rng.uniform(0, 0.2)
    for _ in range(n):
        picture, label = _digit(ink, rng) if rng.random() < 0.8 else (_pick(ink.signs, rng), SIGN)
        middle = height / 2 + rng.normal(0, 0.03 * size)
        one = lay(picture, (height, width), middle, width / 2, size * rng.uniform(0.9, 1.05), rng)
        thing = _box(one, label)
        if thing is None:
            break
        columns = np.nonzero(one.max(axis=0) > INKED)[0]
        shift = round(left - columns[0])
        left += np.ptp(columns) + 1 + size * rng.uniform(0.06, 0.45)
        if left > width + size * 0.1:
            break
        mask = np.maximum(mask, np.roll(one, shift, axis=1))
        things.append(Thing(thing.row, thing.column + shift, thing.size, label))
    ground, tone = _ground(ink, rng, (height, width), None, size, mask)
    return Scene(_seen(ground * (1 - mask) + tone * mask, rng, size), tuple(things))


def _empty(ink: Ink, rng: Generator) -> Scene:
    height, width = (int(n) for n in rng.integers(24, 120, 2))
    shape = max(height, width // 2), max(width, height // 2)
    if rng.random() < 0.7:
        grey = _photo(ink, rng, shape)
    else:
        grey = _ground(ink, rng, shape, None, 24.0, np.zeros(shape, np.float32))[0]
    if rng.random() < 0.3:
        low, high = np.sort(rng.random(2))
        grey = low + (high - low) * grey
    return Scene(_seen(grey, rng, 24.0))


def _pick(pictures: NDArray[np.uint8], rng: Generator) -> NDArray[np.uint8]:
    return pictures[rng.integers(len(pictures))]


def _digit(ink: Ink, rng: Generator) -> tuple[NDArray[np.uint8], int]:
    pictures, labels = (
        (ink.mnist, ink.mnist_labels) if rng.random() < 0.5 else (ink.made, ink.made_labels)
    )
    i = rng.integers(len(pictures))
    return pictures[i], int(labels[i])


def _frame(rng: Generator, size: float) -> tuple[int, int]:
    """Choose height and width of a scene that a thing fills between a fifth and all of."""
    share = rng.uniform(0.2, 1.0) if rng.random() < 0.8 else rng.uniform(0.55, 0.85)
    longer = int(np.clip(size * 1.04 / share, size + 2, 130))
    shorter = longer if rng.random() < 0.6 else max(int(size) + 2, int(longer * rng.uniform(0.6, 1)))
    return (shorter, longer) if rng.random() < 0.6 else (longer, shorter)


def lay(
    picture: NDArray[np.uint8],
    shape: tuple[int, int],
    row: float,
    column: float,
    size: float,
    rng: Generator,
    *,
    askew: float = 1.0,
) -> Floats:
    """Lay ink of 28 by 28 pixels into a mask: turned, leaning, stretched, bolder or finer."""
    scale = size / 20
    angle = np.radians(np.clip(rng.normal(0, 6), -15, 15)) * askew
    lean, stretch = rng.normal(0, 0.1) * askew, np.exp(rng.normal(0, 0.1) * askew)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    back = np.linalg.inv(scale * turn @ np.array([[1, lean], [0, 1]]) @ np.diag([stretch, 1]))
    offset = 14 - back @ np.array([column, row])
    matrix = (*back[0], offset[0], *back[1], offset[1])
    placed = Image.fromarray(picture).transform(
        shape[::-1], Image.Transform.AFFINE, tuple(map(float, matrix)), BICUBIC
    )
    mask = np.asarray(placed, np.float32) / 255
    if rng.random() < 0.75:  # the crisp edge of a pen, wide or fine
        k = rng.uniform(6, 16)
        middle = rng.uniform(0.28, 0.58) if rng.random() < 0.8 else rng.uniform(0.58, 0.76)
        low, high = 1 / (1 + np.exp(k * middle)), 1 / (1 + np.exp(-k * (1 - middle)))
        mask = ((1 / (1 + np.exp(-k * (mask - middle))) - low) / (high - low)).clip(0, 1)
    if rng.random() < 0.15:  # a dry pen, chalk, a rough wall
        coarse = rng.random((max(2, shape[0] // 2), max(2, shape[1] // 2))).astype(np.float32)
        grain = np.asarray(Image.fromarray(coarse).resize(shape[::-1], BICUBIC))
        mask = mask * (1 - rng.uniform(0.2, 0.9) * (grain < rng.uniform(0.1, 0.5)))
    return np.asarray(mask, np.float32)


def _box(mask: Floats, label: int) -> Thing | None:
    rows = np.nonzero(mask.max(axis=1) > INKED)[0]
    columns = np.nonzero(mask.max(axis=0) > INKED)[0]
    if not rows.size:
        return None
    height, width = np.ptp(rows) + 1, np.ptp(columns) + 1
    row, column = rows[0] + height / 2, columns[0] + width / 2
    return Thing(float(row), float(column), float(max(height, width)), label)


def smooth(rng: Generator, shape: tuple[int, int], cells: int = 3) -> Floats:
    """Make values from -1 to 1 that change slowly from place to place."""
    coarse = rng.uniform(-1, 1, (cells, cells)).astype(np.float32)
    return np.asarray(Image.fromarray(coarse).resize(shape[::-1], BICUBIC))


def _photo(ink: Ink, rng: Generator, shape: tuple[int, int]) -> Floats:
    """Cut a part out of a photograph."""
    whole = _pick(ink.photos, rng)
    side = int(rng.uniform(0.15, 1) * len(whole))
    top, left = rng.integers(0, len(whole) - side + 1, 2)
    part = Image.fromarray(whole[top : top + side, left : left + side]).resize(shape[::-1], BILINEAR)
    grey = np.asarray(part, np.float32) / 255
    return grey[:, ::-1] if rng.random() < 0.5 else grey


def _tones(rng: Generator) -> tuple[float, float]:
    """Choose the tones of paper and ink: mostly far apart, sometimes hardly."""
    contrast = rng.uniform(0.35, 1) if rng.random() < 0.6 else rng.uniform(0.08, 0.4)
    low = rng.uniform(0, 1 - contrast)
    return (low + contrast, low) if rng.random() < 0.5 else (low, low + contrast)


def _ground(
    ink: Ink,
    rng: Generator,
    shape: tuple[int, int],
    thing: Thing | None,
    size: float,
    mask: Floats,
) -> tuple[Floats, float]:
    """Make the ground of a scene, and choose the tone of its ink."""
    paper, tone = _tones(rng)
    ground = np.full(shape, paper, np.float32)
    how = rng.random()
    if how < 0.36:
        return ground, tone
    if how < 0.47:
        return _ruled(rng, ground, size, tone - paper), tone
    if how < 0.65 and thing is not None:
        return _plate(ink, rng, thing, mask, tone)
    if how < 0.83:
        spread = rng.uniform(0.08, 0.6)
        low = rng.uniform(0, 1 - spread)
        above, below = 1 - low - spread, low
        apart = max(0.12, 0.3 * spread)
        if rng.random() < above / (above + below + 1e-6):
            tone = low + spread + rng.uniform(min(apart, above), above + 1e-6)
        else:
            tone = low - rng.uniform(min(apart, below), below + 1e-6)
        return low + spread * _photo(ink, rng, shape), tone
    return _stained(rng, ground, size, tone - paper, mask), tone


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


def _plate(
    ink: Ink, rng: Generator, thing: Thing, mask: Floats, tone: float
) -> tuple[Floats, float]:
    """Hang a plate behind the thing on a wall: with a rim, with screws."""
    shape = mask.shape
    rows = np.nonzero(mask.max(axis=1) > INKED)[0]
    columns = np.nonzero(mask.max(axis=0) > INKED)[0]
    gap = thing.size * rng.uniform(0.08, 0.45)
    aside = gap * rng.uniform(0.6, 1.6)
    fine = 3
    box = fine * np.array(
        [columns[0] - aside, rows[0] - gap, columns[-1] + 1 + aside, rows[-1] + 1 + gap]
    )
    form, radius = rng.random(), gap * fine * rng.uniform(0.1, 1.2)
    plate, rim = (Image.new("L", (shape[1] * fine, shape[0] * fine)) for _ in range(2))

    def shape_of(image: Image.Image, box: NDArray[np.float64], **how: int) -> None:
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
        wide = max(1, int(fine * thing.size * rng.uniform(0.02, 0.09)))
        shape_of(rim, inner, outline=255, width=wide)
    if rng.random() < 0.3:
        r, d = fine * thing.size * rng.uniform(0.02, 0.05), 0.4 * gap * fine
        pen = ImageDraw.Draw(rim)
        for x in (box[0] + d, box[2] - d):
            for y in (box[1] + d, box[3] - d):
                pen.ellipse((x - r, y - r, x + r, y + r), fill=255)
    on, line = (
        np.asarray(image.resize(shape[::-1], BOX), np.float32) / 255 for image in (plate, rim)
    )
    if rng.random() < 0.6:
        low, high = np.sort(rng.random(2))
        wall = low + (high - low) * _photo(ink, rng, (shape[0], shape[1]))
    else:
        wall = rng.random() + rng.uniform(0, 0.1) * rng.normal(size=shape)
    paper, tone = _tones(rng)
    ground = wall * (1 - on) + paper * on
    edge = tone if rng.random() < 0.7 else rng.random()
    return np.asarray(ground * (1 - line) + edge * line, np.float32), tone


def _stained(
    rng: Generator, ground: Floats, size: float, contrast: float, mask: Floats
) -> Floats:
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


def _seen(grey: Floats, rng: Generator, size: float) -> Floats:
    """See a scene through a camera: light, shadow, noise, a coarse lens, blur, JPEG."""
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
    return np.asarray(image, np.float32) / 255
