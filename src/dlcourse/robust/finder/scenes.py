"""Scenes in which the finder learns to find: a digit on everyday ground, or none.

A scene is small, because a digit in it is about as large as in one of the windows of 32 by 32
pixels that the finder looks through (`windows`): 13 to 34 pixels. It has a ground (plain, ruled, a
plate on a wall, a photograph, stains), ink of one tone on it, then light, shadow, noise, a coarse
lens, blur. Everything is drawn from a random generator.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from dlcourse.digits.finder import OTHER_SIGN
from dlcourse.robust.finder.backgrounds import INKED, ground, photo
from dlcourse.robust.finder.camera import BICUBIC, BILINEAR, BOX, photographed
from dlcourse.robust.finder.source_pictures import Ink

Floats = NDArray[np.float32]
Generator = np.random.Generator


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
    things: tuple[Thing, ...] = ()


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
        return _side_by_side(ink, rng)
    return _empty(ink, rng)


def _one(ink: Ink, rng: Generator, *, digit: bool) -> Scene:
    size = rng.uniform(13, 34)
    picture, label = (_digit if digit else _other_sign)(ink, rng)
    height, width = _frame(rng, size)
    room = np.maximum(0, np.array([height, width]) - 1.04 * size) / 2
    row, column = np.array([height, width]) / 2 + rng.uniform(-1, 1, 2) * room * rng.choice(
        [0.15, 0.5, 1]
    )
    mask = lay(picture, (height, width), (row, column), size, rng)
    thing = _box(mask, label)
    if thing is None:
        return _one(ink, rng, digit=digit)
    paper, tone = ground(ink.photos, rng, mask, size, on_plate=True)
    return Scene(photographed(paper * (1 - mask) + tone * mask, rng, size), (thing,))


def _scan(ink: Ink, rng: Generator) -> Scene:
    """Show a digit as MNIST does: 28 by 28 pixels, or as coarse as 8 by 8 and enlarged."""
    picture, label = _digit(ink, rng)
    side = 28 if rng.random() < 0.7 else int(rng.integers(26, 60))
    size = side * (rng.uniform(0.66, 0.76) if rng.random() < 0.7 else rng.uniform(0.76, 1.0))
    middle = side / 2 + rng.uniform(-1, 1, 2) * (side - size) / 2 * rng.choice([0.3, 1])
    mask = lay(picture, (side, side), (middle[0], middle[1]), size, rng, askew=0.5)
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
    low, high = 0.0, 1.0
    if rng.random() < 0.4:
        low, high = np.sort(rng.uniform(0, 1, 2))
        high += 0.1
    grey = (low + (high - low) * mask) if rng.random() < 0.5 else (high - (high - low) * mask)
    return Scene(np.asarray(grey, np.float32).clip(0, 1), (thing,))


def _side_by_side(ink: Ink, rng: Generator) -> Scene:
    """Show two or three digits, or letters, side by side."""
    n = 2 if rng.random() < 0.7 else 3
    size = rng.uniform(14, 26)
    height, width = int(size * rng.uniform(1.1, 2.2)), int(size * (n + 0.4) * rng.uniform(1, 1.4))
    mask = np.zeros((height, width), np.float32)
    things = []
    left = size * rng.uniform(0, 0.2)
    for _ in range(n):
        picture, label = (_digit if rng.random() < 0.8 else _other_sign)(ink, rng)
        middle = height / 2 + rng.normal(0, 0.03 * size)
        one = lay(picture, (height, width), (middle, width / 2), size * rng.uniform(0.9, 1.05), rng)
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
    paper, tone = ground(ink.photos, rng, mask, size, on_plate=False)
    return Scene(photographed(paper * (1 - mask) + tone * mask, rng, size), tuple(things))


def _empty(ink: Ink, rng: Generator) -> Scene:
    height, width = (int(n) for n in rng.integers(24, 120, 2))
    shape = max(height, width // 2), max(width, height // 2)
    if rng.random() < 0.7:
        grey = photo(ink.photos, rng, shape)
    else:
        blank = np.zeros(shape, np.float32)
        grey = ground(ink.photos, rng, blank, 24.0, on_plate=False)[0]
    if rng.random() < 0.3:
        low, high = np.sort(rng.random(2))
        grey = low + (high - low) * grey
    return Scene(photographed(grey, rng, 24.0))


def _other_sign(ink: Ink, rng: Generator) -> tuple[NDArray[np.uint8], int]:
    return ink.other_signs[rng.integers(len(ink.other_signs))], OTHER_SIGN


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
    shorter = (
        longer if rng.random() < 0.6 else max(int(size) + 2, int(longer * rng.uniform(0.6, 1)))
    )
    return (shorter, longer) if rng.random() < 0.6 else (longer, shorter)


def lay(
    picture: NDArray[np.uint8],
    shape: tuple[int, int],
    middle: tuple[float, float],
    size: float,
    rng: Generator,
    *,
    askew: float = 1.0,
) -> Floats:
    """Lay ink of 28 by 28 pixels into a mask: turned, leaning, stretched, bolder or finer."""
    scale = size / 20  # MNIST's form has ink of 20 pixels on its longer side
    angle = np.radians(np.clip(rng.normal(0, 6), -15, 15)) * askew
    lean, stretch = rng.normal(0, 0.1) * askew, np.exp(rng.normal(0, 0.1) * askew)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    back = np.linalg.inv(scale * turn @ np.array([[1, lean], [0, 1]]) @ np.diag([stretch, 1]))
    offset = 14 - back @ np.array(middle[::-1])
    matrix = (*back[0], offset[0], *back[1], offset[1])
    placed = Image.fromarray(picture).transform(
        shape[::-1], Image.Transform.AFFINE, tuple(map(float, matrix)), BICUBIC
    )
    mask = np.asarray(placed, np.float32) / 255
    if rng.random() < 0.75:  # the crisp edge of a pen, wide or fine
        k = rng.uniform(6, 16)
        edge = rng.uniform(0.28, 0.58) if rng.random() < 0.8 else rng.uniform(0.58, 0.76)
        low, high = 1 / (1 + np.exp(k * edge)), 1 / (1 + np.exp(-k * (1 - edge)))
        mask = ((1 / (1 + np.exp(-k * (mask - edge))) - low) / (high - low)).clip(0, 1)
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
