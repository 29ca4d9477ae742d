"""Creatures for the robust network to refuse: animals, silhouettes, bodies, alone or outdoors.

Each maker takes a random generator and returns one picture, shape (28, 28): ink 1 on paper 0, but
`outdoors` in shades of grey.
Each is a body with limbs, not a particular animal; `outdoors` may show a thing instead.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter
from scipy import ndimage

from dlcourse.digits.mnist_form import SIZE, to_mnist_form
from dlcourse.robust import strokes
from dlcourse.robust.abstract_pictures import Picture, blot, pattern, shape

Region = NDArray[np.bool_]


def animal(rng: np.random.Generator) -> Picture:
    """Draw an animal of ellipses: a body, a head, ears, legs and a tail, filled or in outline."""
    image = Image.new("L", (128, 128))
    pen = ImageDraw.Draw(image)

    def blob(x: float, y: float, a: float, b: float) -> None:
        pen.ellipse((x - a, y - b, x + a, y + b), fill=255)

    length, depth = rng.uniform(22, 40), rng.uniform(10, 24)
    x, y = 64 + rng.uniform(-6, 6), 62 + rng.uniform(-8, 8)
    blob(x, y, length, depth)
    head = rng.uniform(9, 18)
    hx, hy = x - length - rng.uniform(-8, 6), y - rng.uniform(0, 26)
    blob(hx, hy, head, head * rng.uniform(0.7, 1.1))
    pen.line([(hx, hy), (x - length * 0.5, y)], fill=255, width=int(head))
    blob(hx - head, hy + head * 0.3, head * rng.uniform(0.2, 0.8), head * 0.35)  # muzzle or beak
    for side in (-0.6, 0.5) if rng.random() < 0.8 else ():
        ear = rng.uniform(5, 16)
        pen.polygon(
            [(hx + side * head - 4, hy - head * 0.5), (hx + side * head + 4, hy - head * 0.5),
             (hx + side * head + rng.uniform(-4, 4), hy - head * 0.5 - ear)], fill=255)  # fmt: skip
    legs = rng.uniform(10, 34)
    for at in np.linspace(-0.75, 0.75, int(rng.choice([0, 2, 4, 4, 4]))):
        foot = x + at * length + rng.uniform(-6, 6), y + depth * 0.6 + legs
        pen.line([(x + at * length, y), foot], fill=255, width=int(rng.integers(3, 9)))
    tail = x + length + rng.uniform(6, 22), y + rng.uniform(-30, 16)
    pen.line([(x + length * 0.8, y), tail], fill=255, width=int(rng.integers(3, 9)))
    if rng.random() < 0.3:
        image = image.filter(ImageFilter.FIND_EDGES).filter(ImageFilter.MaxFilter(5))
    turned = image.rotate(rng.normal(0, 12), resample=Image.Resampling.BILINEAR)
    ink = np.asarray(turned, dtype=np.float32) / 255
    if rng.random() < 0.5:
        ink = ink[:, ::-1]
    if rng.random() < 0.4:  # fur, spots, shading
        ink = ink * (0.35 + 0.65 * pattern(rng, 128))
    return to_mnist_form(ink)


def silhouette(rng: np.random.Generator) -> Picture:
    """Cut a creature out of paper: a closed wavy outline with limbs, some with eyes and folds."""
    image = Image.new("L", (112, 112))
    pen = ImageDraw.Draw(image)
    n = int(rng.integers(7, 13))
    angles = 2 * np.pi * (np.arange(n) + rng.uniform(-0.4, 0.4, n)) / n
    radius = rng.uniform(14, 30, n) * np.where(rng.random(n) < 0.35, 1.7, 1.0)
    squash = rng.uniform(0.6, 1.4)
    x, y = 56 + radius * np.cos(angles) * squash, 56 + radius * np.sin(angles) / squash
    outline = strokes.smooth([*zip(x, y, strict=True), (x[0], y[0])], n_between=8)
    pen.polygon([tuple(p) for p in outline], fill=255)
    for _ in range(rng.integers(2, 7)):  # legs, ears, wings, a tail
        i = rng.integers(len(outline))
        out = outline[i] - 56
        out = out / max(float(np.hypot(*out)), 1.0) + rng.normal(0, 0.3, 2)
        root, tip = outline[i] - 6 * out, outline[i] + rng.uniform(8, 30) * out
        if rng.random() < 0.6:
            pen.line([tuple(root), tuple(tip)], fill=255, width=int(rng.integers(3, 9)))
        else:
            aside = rng.uniform(4, 10) * np.array([-out[1], out[0]])
            pen.polygon([tuple(root - aside), tuple(root + aside), tuple(tip)], fill=255)
    for _ in range(rng.integers(0, 4)):
        i, j = rng.normal(56, 14, 2)
        r = rng.uniform(2, 6)
        pen.ellipse((i - r, j - r, i + r, j + r), fill=int(rng.integers(0, 120)))
    if rng.random() < 0.3:
        fold = strokes.smooth(rng.normal(56, 18, (4, 2)))
        pen.line([tuple(p) for p in fold], fill=0, width=int(rng.integers(2, 5)))
    ink = np.asarray(image, dtype=np.float32) / 255
    if rng.random() < 0.25:  # its outline only
        ink = np.asarray(ndimage.morphological_gradient(ink, size=(5, 5)))
    return to_mnist_form(ink)


def body(rng: np.random.Generator) -> Picture:
    """Heap up a few ellipses into a body with limbs, patches and holes."""
    v, u = np.mgrid[-1.3:1.3:64j, -1.3:1.3:64j]

    def blob(x: float, y: float, smallest: float, largest: float) -> Region:
        a, b = rng.uniform(smallest, largest, 2)
        turn = rng.uniform(0, 3)
        along = np.cos(turn) * (u - x) + np.sin(turn) * (v - y)
        across = np.cos(turn) * (v - y) - np.sin(turn) * (u - x)
        inside: Region = (along / a) ** 2 + (across / b) ** 2 < 1
        return inside

    ink = np.zeros_like(u)
    x, y = 0.0, 0.0
    for _ in range(rng.integers(3, 8)):  # each part hangs on the one before
        ink[blob(x, y, 0.15, 0.55)] = rng.uniform(0.5, 1) if rng.random() < 0.3 else 1.0
        x, y = np.clip((x + rng.normal(0, 0.4), y + rng.normal(0, 0.4)), -0.9, 0.9)
    for _ in range(rng.integers(0, 6)):  # legs, tails, ears
        i, j = np.argwhere(ink > 0)[rng.integers(int((ink > 0).sum()))]
        ink[blob(u[i, j], v[i, j], 0.05, 0.35)] = 1.0
    for _ in range(rng.integers(0, 4)):  # light patches
        i, j = np.argwhere(ink > 0)[rng.integers(int((ink > 0).sum()))]
        ink[blob(u[i, j], v[i, j], 0.05, 0.25)] = 0.0
    ink[32, 32] = 1.0
    return to_mnist_form(ink)


def outdoors(rng: np.random.Generator) -> Picture:
    """Set a creature or a thing before a sky and a ground, in shades, as a small photo has it."""
    makers = (animal, silhouette, body, blot, shape)
    ink = makers[rng.integers(len(makers))](rng)
    ink = ndimage.shift(ink, rng.uniform(-4, 4, 2), order=1)
    horizon = np.clip(np.arange(SIZE) - rng.uniform(8, 26), 0, 1)[:, np.newaxis]
    sky, ground, creature = rng.random(3)
    if abs(creature - sky) < 0.2:
        creature = sky + (0.35 if sky < 0.5 else -0.35)
    back = sky + horizon * (ground - sky) + rng.uniform(0, 0.12) * rng.normal(size=(SIZE, SIZE))
    shaded = creature + rng.uniform(0, 0.2) * (pattern(rng) - 0.5)
    return np.asarray((back + ink * (shaded - back)).clip(0, 1), dtype=np.float32)
