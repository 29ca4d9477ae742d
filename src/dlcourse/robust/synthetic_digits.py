"""Digits made for training: printed, drawn with a pen, and as displays and signs show them.

Everything is made here from a seed: with the fonts that come with matplotlib, the pen of
`dlcourse.robust.strokes`, and arithmetic. Nothing is downloaded, and no one's picture is used.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw
from scipy import ndimage

from dlcourse.digits.mnist_form import as_bytes, to_mnist_form
from dlcourse.robust import strokes
from dlcourse.robust.printed_text import font, printed, squeeze, thicken

Picture = NDArray[np.float32]
Digits = tuple[NDArray[np.uint8], NDArray[np.uint8]]

DIGIT_FONTS = (
    "DejaVuSans", "DejaVuSans-Bold", "DejaVuSans-Oblique", "DejaVuSansMono", "DejaVuSansMono-Bold",
    "DejaVuSerif", "DejaVuSerif-Bold", "DejaVuSerif-Italic", "STIXGeneral", "STIXGeneralBol",
    "STIXGeneralItalic", "STIXGeneralBolIta", "cmr10", "cmb10", "cmss10", "cmtt10",
)  # fmt: skip
#: The lit segments of each digit, in the variants of displays: a to f clockwise from the top, and
#: g in the middle.
SEGMENTS: Mapping[int, tuple[str, ...]] = {
    0: ("abcdef",), 1: ("bc",), 2: ("abdeg",), 3: ("abcdg",), 4: ("bcfg",), 5: ("acdfg",),
    6: ("acdefg", "cdefg"), 7: ("abc", "abcf"), 8: ("abcdefg",), 9: ("abcdfg", "abcfg"),
}  # fmt: skip
#: Where each segment runs: from one corner of the display to another, in its width and height.
_ENDS = {
    "a": ((0, 0), (1, 0)), "b": ((1, 0), (1, 1)), "c": ((1, 1), (1, 2)), "d": ((0, 2), (1, 2)),
    "e": ((0, 1), (0, 2)), "f": ((0, 0), (0, 1)), "g": ((0, 1), (1, 1)),
}  # fmt: skip
#: Five by seven dots, row by row, as the first matrix printers had them; 1 is a dot.
DOTS: Mapping[int, str] = {
    0: "01110 10001 10011 10101 11001 10001 01110",
    1: "00100 01100 00100 00100 00100 00100 01110",
    2: "01110 10001 00001 00010 00100 01000 11111",
    3: "11111 00010 00100 00010 00001 10001 01110",
    4: "00010 00110 01010 10010 11111 00010 00010",
    5: "11111 10000 11110 00001 00001 10001 01110",
    6: "00110 01000 10000 11110 10001 10001 01110",
    7: "11111 00001 00010 00100 01000 01000 01000",
    8: "01110 10001 10001 01110 10001 10001 01110",
    9: "01110 10001 10001 01111 00001 00010 01100",
}


def printed_digits(n: int, *, rng: np.random.Generator) -> Digits:
    """Print digits in matplotlib's fonts: in MNIST's form (n, 28, 28), and what they are (n,)."""
    y = rng.integers(0, 10, n)
    return as_bytes([to_mnist_form(_printed(digit, rng)) for digit in y]), y.astype(np.uint8)


def _printed(digit: int, rng: np.random.Generator) -> Picture:
    face = font(DIGIT_FONTS[rng.integers(len(DIGIT_FONTS))])
    return thicken(squeeze(printed(str(digit), face), rng), rng)


def drawn_digits(n: int, *, rng: np.random.Generator) -> Digits:
    """Draw `n` digits with a pen, in MNIST's form (as `printed_digits`)."""
    y = rng.integers(0, 10, n)
    variants = [strokes.DIGITS[digit] for digit in y]
    X = [strokes.by_hand(ways[rng.integers(len(ways))], rng) for ways in variants]
    return as_bytes(X), y.astype(np.uint8)


def digits_of_displays_and_signs(n: int, *, rng: np.random.Generator) -> Digits:
    """Draw `n` digits as displays and signs show them, in MNIST's form (as `printed_digits`).

    40 % consist of segments; 20 % each of dots, stencilled, and outlined.
    """
    y = rng.integers(0, 10, n)
    X = []
    for digit in y:
        way = rng.random()
        if way < 0.6:
            ink = (segments if way < 0.4 else dots)(digit, rng=rng)
        else:
            ink = (stencil if way < 0.8 else outline)(_printed(digit, rng), rng=rng)
        X.append(to_mnist_form(ink))
    return as_bytes(X), y.astype(np.uint8)


def segments(digit: int, *, rng: np.random.Generator) -> Picture:
    """Draw a digit in the segments of a display: pointed or blunt, touching or not, slanted."""
    width, height = rng.uniform(44, 70), rng.uniform(44, 64)
    thick, gap, lean = rng.uniform(7, 17), rng.uniform(0, 5), rng.uniform(0, 0.25)
    image = Image.new("L", (240, 260))
    pen = ImageDraw.Draw(image)
    ways = SEGMENTS[digit]
    tip = rng.choice([0.0, 0.5, 0.5])  # of the thickness: blunt, or pointed
    for name in ways[rng.integers(len(ways))]:
        start, end = (np.array(at) * (width, height) for at in _ENDS[name])
        along = (end - start) / np.hypot(*(end - start))
        aside = np.array([-along[1], along[0]]) * thick / 2
        inset = along * (gap + (0 if tip else thick / 2))
        first, last = start + inset, end - inset
        into = along * thick * tip
        corners = [
            first, first + into + aside, last - into + aside,
            last, last - into - aside, first + into - aside,
        ]  # fmt: skip
        pen.polygon([(130 + x - lean * y, 40 + y) for x, y in corners], fill=255)
    return np.asarray(image, dtype=np.float32) / np.float32(255)


def dots(digit: int, *, rng: np.random.Generator) -> Picture:
    """Draw a digit in five by seven dots, square or round."""
    step, radius = 24, rng.uniform(9, 14)
    image = Image.new("L", (6 * step, 8 * step))
    pen = ImageDraw.Draw(image)
    draw = pen.ellipse if rng.random() < 0.6 else pen.rectangle
    for i, row in enumerate(DOTS[digit].split()):
        for j, dot in enumerate(row):
            if dot == "1":
                x, y = (j + 1) * step, (i + 1) * step
                draw((x - radius, y - radius, x + radius, y + radius), fill=255)
    return np.asarray(image, dtype=np.float32) / np.float32(255)


def stencil(ink: Picture, *, rng: np.random.Generator) -> Picture:
    """Cut one or two bridges into a digit, like those of a stencil."""
    v, u = np.mgrid[-1 : 1 : ink.shape[0] * 1j, -1 : 1 : ink.shape[1] * 1j]
    angle = rng.choice([0.0, 0.0, np.pi / 2, rng.uniform(0, np.pi)])
    across = u * np.cos(angle) + v * np.sin(angle)
    places = [rng.uniform(-0.25, 0.25)] if rng.random() < 0.7 else [-0.35, 0.35]
    cut = np.zeros(ink.shape, bool)
    for place in places:
        cut |= np.abs(across - place) < rng.uniform(0.05, 0.11)
    return np.where(cut, np.float32(0), ink)


def outline(ink: Picture, *, rng: np.random.Generator) -> Picture:
    """Return only the outline of a digit, a few pixels wide."""
    ink, line = np.pad(ink, 6), int(rng.integers(2, 5))
    wide = ndimage.grey_dilation(ink, size=(2 * line + 1, 2 * line + 1))
    return np.asarray(wide - ink, dtype=np.float32)
