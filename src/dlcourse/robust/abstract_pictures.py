"""Pictures without a subject, for a network to refuse: shapes, patterns, leaves, blots, paper.

Each maker takes a random generator and returns one picture: ink 1 on paper 0, shape (28, 28).
`dlcourse.robust.not_digits` mixes them with other pictures without a digit.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw
from scipy import ndimage

from dlcourse.digits.mnist_form import SIZE, to_mnist_form

Picture = NDArray[np.float32]


def shape(rng: np.random.Generator) -> Picture:
    """Draw a polygon, a star or a disc, filled or as an outline."""
    image = Image.new("L", (96, 96))
    pen = ImageDraw.Draw(image)
    n, spiky = int(rng.integers(3, 9)), rng.random() < 0.4
    turn = rng.uniform(0, 2 * np.pi)
    angles = turn + 2 * np.pi * np.arange(n * (2 if spiky else 1)) / (n * (2 if spiky else 1))
    radius = np.where(np.arange(len(angles)) % 2, rng.uniform(0.3, 0.6), 1.0) if spiky else 1.0
    a, b = (44 * rng.uniform(0.5, 1, 2)).tolist()
    x, y = 48 + a * radius * np.cos(angles), 48 + b * radius * np.sin(angles)
    corners = list(zip(x.tolist(), y.tolist(), strict=True))
    what = rng.integers(4)
    if what == 0:
        pen.ellipse((48 - a, 48 - b, 48 + a, 48 + b), fill=255)
    elif what == 1 and (spiky or n < 6):  # an outline with six corners or more is a zero
        pen.line([*corners, corners[0]], fill=255, width=int(rng.integers(4, 14)), joint="curve")
    else:
        pen.polygon(corners, fill=255)
        if rng.random() < 0.3:
            hole = rng.uniform(30, 60, 2)
            pen.ellipse((hole[0] - 9, hole[1] - 9, hole[0] + 9, hole[1] + 9), fill=0)
    return to_mnist_form(np.asarray(image, dtype=np.float32) / 255)


def pattern(rng: np.random.Generator, size: int = SIZE) -> Picture:
    """Make a random pattern: stripes, checks, clouds, waves, rings or noise; values 0 to 1."""
    v, u = np.mgrid[:size, :size] / size
    angle, pace = rng.uniform(0, np.pi), rng.uniform(2, 9)
    along = np.cos(angle) * u + np.sin(angle) * v
    across = np.cos(angle) * v - np.sin(angle) * u
    phase = rng.uniform(0, 2 * np.pi)
    wave = 2 * np.pi * pace

    def clouds(smallest: float, largest: float) -> NDArray[np.float64]:
        noise = rng.normal(size=(size, size))
        return np.asarray(ndimage.gaussian_filter(noise, size * rng.uniform(smallest, largest)))

    motifs = (
        lambda: np.sin(wave * along + phase),
        lambda: np.sign(np.sin(wave * along + phase)),
        lambda: np.sign(np.sin(wave * along) * np.sin(wave * across + phase)),
        lambda: np.sin(wave * np.hypot(u - rng.random(), v - rng.random()) + phase),
        lambda: clouds(0.02, 0.12),
        lambda: np.sign(clouds(0.03, 0.1)),
        lambda: rng.normal(size=(size, size)),
    )
    z = motifs[rng.integers(7)]()
    z = z - z.min()
    return np.asarray(z / max(float(z.max()), 1e-9), dtype=np.float32)


def texture(rng: np.random.Generator) -> Picture:
    """Fill the whole picture, or a box in it, with a random pattern."""
    filling = pattern(rng)
    if rng.random() < 0.5:
        return filling
    box = np.zeros((SIZE, SIZE), np.float32)
    height, width = rng.integers(8, 21, 2)
    box[14 - height // 2 : 14 + height // 2, 14 - width // 2 : 14 + width // 2] = 1
    return box * filling


def leaves(rng: np.random.Generator) -> Picture:
    """Let leaves fall over each other: the statistics of a photograph, without one.

    After D. Ruderman, "Origins of scaling in natural images", 1997. Half of them are shown in
    shades of grey from edge to edge, half as the ink that a threshold finds in them.
    """
    image = Image.new("L", (84, 84), int(rng.integers(256)))
    pen = ImageDraw.Draw(image)
    for _ in range(rng.integers(25, 120)):
        x, y = rng.uniform(0, 84, 2)
        a, b = np.minimum(4 * (1 + rng.pareto(1.6, 2)), 45)
        box, shade = (x - a, y - b, x + a, y + b), int(rng.integers(256))
        (pen.ellipse if rng.random() < 0.6 else pen.rectangle)(box, fill=shade)
    grey = ndimage.gaussian_filter(np.asarray(image, dtype=np.float32) / 255, rng.uniform(0.5, 2))
    if rng.random() < 0.5:
        return np.asarray(Image.fromarray(grey).resize((SIZE, SIZE), Image.Resampling.BOX))
    labels, _ = ndimage.label(grey > np.quantile(grey, rng.uniform(0.5, 0.8)))
    sizes = np.bincount(labels.ravel())[1:]
    kept = np.argsort(sizes)[-int(rng.integers(1, 4)) :] + 1
    ink = ndimage.gaussian_filter(np.isin(labels, kept).astype(np.float32), 0.8)
    return to_mnist_form(ink) if ink.max() > 0.1 else grey[:SIZE, :SIZE]


def blot(rng: np.random.Generator) -> Picture:
    """Spill ink: a blob with a wild edge, sometimes several."""
    field = ndimage.gaussian_filter(rng.normal(size=(64, 64)), rng.uniform(3, 9))
    v, u = np.mgrid[-1:1:64j, -1:1:64j]
    field = field / field.std() - 3 * (u**2 + v**2) ** rng.uniform(0.7, 2)
    ink = field > np.quantile(field, rng.uniform(0.6, 0.85))
    return to_mnist_form(ndimage.gaussian_filter(ink.astype(np.float32), 1))


def paper(rng: np.random.Generator) -> Picture:
    """Leave the paper blank, or with up to eleven specks of grey."""
    blank = np.zeros((SIZE, SIZE), np.float32)
    if rng.random() < 0.6:
        for _ in range(rng.integers(1, 12)):
            i, j = rng.integers(0, SIZE - 2, 2)
            blank[i : i + rng.integers(1, 3), j : j + rng.integers(1, 3)] = rng.random()
    return blank
