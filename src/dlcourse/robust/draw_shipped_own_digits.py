"""Draw the ten pictures of `dlcourse.data.own_digits` anew, nine digits and a dog.

``python -m dlcourse.robust.draw_shipped_own_digits [FOLDER]`` writes each large and as 28 by 28.
Everything is drawn with the pen of `dlcourse.robust.strokes` and with arithmetic, from a seed.
Licence of the pictures: CC BY 4.0.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage

from dlcourse.data.own_digits import PICTURES, path
from dlcourse.robust import strokes

Floats = NDArray[np.float64]
Generator = np.random.Generator

SIDE = 448
SEED = 2026
_V, _U = np.mgrid[-1 : 1 : SIDE * 1j, -1 : 1 : SIDE * 1j]


def _sign(
    digit: int, way: int, rng: Generator, *, width: float, margin: float, wobble: float
) -> Floats:
    """Draw a digit, 1 where there is ink, (448, 448)."""
    paths = strokes.write(strokes.DIGITS[digit][way], rng=rng, wobble=wobble, slant=0.05)
    return strokes.draw(paths, width=width, size=SIDE, margin=margin)


def _lay(ink: Floats, paper: Floats | tuple[float, ...], colour: tuple[float, ...]) -> Floats:
    """Lay ink of one colour on paper, (448, 448, 3)."""
    cover = ink[..., np.newaxis]
    return np.asarray(np.asarray(paper) * (1 - cover) + np.asarray(colour) * cover)


def _grain(rng: Generator, amount: float, scale: float = 0.7) -> Floats:
    """Make the grain of paper, chalk or a camera, (448, 448, 1)."""
    noise = ndimage.gaussian_filter(rng.normal(size=(SIDE, SIDE)), scale)
    return np.asarray(amount * noise / noise.std())[..., np.newaxis]


def pencil(rng: Generator) -> Floats:
    """Draw a faint pencil line on white paper, a little brighter on one side."""
    ink = _sign(2, 1, rng, width=0.022, margin=0.24, wobble=0.02)
    ink = ink * (0.55 + 0.35 * ndimage.gaussian_filter(rng.uniform(size=ink.shape), 1.5) * 2)
    paper = (0.93 - 0.05 * _U)[..., np.newaxis] * np.array([1.0, 0.995, 0.97])
    return _lay(0.36 * ink.clip(0, 1), paper, (0.3, 0.3, 0.32)) + _grain(rng, 0.008)


def bold_print(rng: Generator) -> Floats:
    """Print in bold black."""
    return _lay(_sign(4, 2, rng, width=0.2, margin=0.2, wobble=0), (1, 1, 1), (0.03, 0.03, 0.03))


def grey_on_grey(rng: Generator) -> Floats:
    """Print in grey on a slightly darker grey."""
    ink = _sign(6, 0, rng, width=0.13, margin=0.25, wobble=0)
    return _lay(ink, (0.47, 0.47, 0.47), (0.63, 0.63, 0.63)) + _grain(rng, 0.012)


def white_on_black(rng: Generator) -> Floats:
    """Write in white on black."""
    return _lay(_sign(3, 2, rng, width=0.09, margin=0.2, wobble=0.02), (0, 0, 0), (1, 1, 1))


def pen(rng: Generator) -> Floats:
    """Write with a blue pen, a little off the middle."""
    ink = np.roll(_sign(8, 0, rng, width=0.05, margin=0.27, wobble=0.025), (25, -45), (0, 1))
    return _lay(ink, (0.97, 0.97, 0.96), (0.1, 0.16, 0.5)) + _grain(rng, 0.006)


def marker(rng: Generator) -> Floats:
    """Write with a broad red marker on yellow paper, in streaks."""
    ink = _sign(5, 1, rng, width=0.15, margin=0.22, wobble=0.025)
    ink = ink * (0.82 + 0.1 * np.sin(70 * (_U + 0.4 * _V)))
    return _lay(ink, (0.98, 0.86, 0.32), (0.78, 0.1, 0.13)) + _grain(rng, 0.012, 1.5)


def plate(rng: Generator) -> Floats:
    """Screw an enamel plate with a frame and a 7 to a brick wall."""
    rows = np.floor((_V + 1) * 7)
    joint = (np.abs(((_V + 1) * 7) % 1) < 0.1) | (
        np.abs(((_U + 1) * 3 + 0.5 * (rows % 2)) % 1) < 0.045
    )
    brick = 0.9 + 0.1 * np.sin(rows * 12.9 + np.floor((_U + 1) * 3 + 0.5 * (rows % 2)) * 7.2)
    wall = brick[..., np.newaxis] * np.array([0.6, 0.31, 0.24])
    wall = np.where(joint[..., np.newaxis], np.array([0.7, 0.66, 0.6]), wall) + _grain(rng, 0.03)
    shade = np.maximum(np.abs(_U - 0.03) / 0.56, np.abs(_V - 0.04) / 0.66) < 1
    wall = wall * (1 - 0.4 * ndimage.gaussian_filter(shade.astype(float), 5))[..., np.newaxis]
    inside = np.maximum(np.abs(_U) / 0.55, np.abs(_V) / 0.65)
    picture = np.where((inside < 1)[..., np.newaxis], np.array([0.95, 0.95, 0.91]), wall)
    frame = (inside < 0.93) & (np.maximum(np.abs(_U) / 0.47, np.abs(_V) / 0.57) > 1)
    ink = _sign(7, 0, rng, width=0.14, margin=0.32, wobble=0.004)
    for x in (-0.42, 0.42):
        ink = np.maximum(ink, np.hypot(_U - x, _V) < 0.022)
    picture = _lay(np.maximum(ink, frame), picture, (0.07, 0.13, 0.4))
    gloss = 0.06 * np.exp(-(((_U + _V + 0.3) / 0.25) ** 2)) * (inside < 1)
    picture = picture + gloss[..., np.newaxis]
    return np.asarray(ndimage.gaussian_filter(picture, (0.8, 0.8, 0))) + _grain(rng, 0.01)


def photo(rng: Generator) -> Floats:
    """Photograph a page: a shadow falls over it, the light is yellow, the camera is poor."""
    ink = _sign(9, 0, rng, width=0.06, margin=0.26, wobble=0.02)
    ink = ndimage.rotate(ink, 9, reshape=False, order=1).clip(0, 1)
    light = 0.9 - 0.12 * _U + 0.05 * _V
    shadow = 1 / (1 + np.exp(-(0.9 * _U + 0.55 * _V - 0.12 - 0.1 * np.sin(3 * _V)) / 0.05))
    lit = (light * (1 - 0.45 * shadow))[..., np.newaxis] * np.array([1.0, 0.96, 0.86])
    picture = _lay(ink, (0.95, 0.95, 0.95), (0.12, 0.12, 0.16)) * lit
    blurred: Floats = ndimage.gaussian_filter(picture, (1.6, 1.6, 0))
    return blurred + _grain(rng, 0.035, 0.8)


def chalk(rng: Generator) -> Floats:
    """Write with chalk on a green board that has been wiped badly."""
    ink = _sign(0, 1, rng, width=0.075, margin=0.24, wobble=0.02)
    dust = ndimage.gaussian_filter(rng.normal(size=ink.shape), 1.2)
    ink = ink * (0.5 + 0.5 * (dust / dust.std() > -0.6))
    wiped = ndimage.gaussian_filter(rng.normal(size=ink.shape), (6, 40))
    board = np.array([0.13, 0.27, 0.21]) + 0.025 * (wiped / wiped.std())[..., np.newaxis]
    return _lay(0.88 * ink, board, (0.94, 0.94, 0.9)) + _grain(rng, 0.01)


def dog(rng: Generator) -> Floats:
    """Draw a dog that sits in a meadow."""

    def blob(x: float, y: float, a: float, b: float, turn: float = 0.0) -> NDArray[np.bool_]:
        along = np.cos(turn) * (_U - x) + np.sin(turn) * (_V - y)
        across = np.cos(turn) * (_V - y) - np.sin(turn) * (_U - x)
        inside: NDArray[np.bool_] = (along / a) ** 2 + (across / b) ** 2 < 1
        return inside

    picture = np.where((_V < 0.15)[..., np.newaxis], [0.72, 0.83, 0.92], [0.5, 0.66, 0.38])
    picture = picture + _grain(rng, 0.02, 2)
    brown, dark, light = (0.55, 0.36, 0.2), (0.3, 0.18, 0.1), (0.85, 0.74, 0.6)
    parts = [
        (blob(0.52, 0.34, 0.26, 0.06, -0.9), brown),  # tail
        (blob(0.12, 0.3, 0.3, 0.42, -0.35), brown),  # body
        (blob(0.33, 0.56, 0.22, 0.2), brown),  # haunch
        (blob(-0.1, 0.5, 0.08, 0.33), brown),
        (blob(0.08, 0.52, 0.08, 0.32), dark),
        (blob(-0.13, 0.8, 0.12, 0.06), light),
        (blob(0.06, 0.81, 0.12, 0.06), light),
        (blob(0.34, 0.77, 0.17, 0.06), light),
        (blob(-0.03, 0.25, 0.13, 0.22, 0.2), light),  # chest
        (blob(-0.2, -0.28, 0.29, 0.26), brown),  # head
        (blob(-0.42, -0.17, 0.2, 0.13, 0.15), light),  # muzzle
        (blob(-0.58, -0.21, 0.06, 0.05), (0.05, 0.04, 0.04)),  # nose
        (blob(-0.29, -0.36, 0.035, 0.04), (0.05, 0.04, 0.04)),  # eye
        (blob(0.05, -0.24, 0.1, 0.26, -0.15), dark),  # ear
        (blob(-0.46, -0.08, 0.12, 0.015, 0.2), dark),  # mouth
    ]
    for where, colour in parts:
        picture = np.where(where[..., np.newaxis], np.array(colour), picture)
    fur = ndimage.gaussian_filter(rng.normal(size=(SIDE, SIDE)), (4, 1))
    picture = picture * (1 + 0.05 * (fur / fur.std())[..., np.newaxis])
    return np.asarray(ndimage.gaussian_filter(picture, (1, 1, 0))) + _grain(rng, 0.01)


#: In the order of `PICTURES`.
DRAWERS = (pencil, bold_print, grey_on_grey, white_on_black, pen, marker, plate, photo, chalk, dog)


def draw(name: str) -> NDArray[np.uint8]:
    """Draw one picture, shape (448, 448, 3)."""
    number = [picture.name for picture in PICTURES].index(name)
    picture = DRAWERS[number](np.random.default_rng([SEED, number]))
    return np.round(picture.clip(0, 1) * 255).astype(np.uint8)


def main(folder: Path) -> None:
    """Write the twenty files."""
    for picture in PICTURES:
        image = Image.fromarray(draw(picture.name))
        image.save(folder / f"{picture.name}.jpg", quality=88, comment=b"CC BY 4.0, dlcourse")
        small = image.convert("L").resize((28, 28), Image.Resampling.BOX)
        small.save(folder / f"{picture.name}-28.png", optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else path("dog").parent)
