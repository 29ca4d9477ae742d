"""Digits made for training: printed, drawn with a pen, and as displays and signs show them.

Everything is made here from a seed: with the fonts that come with matplotlib, the pen of
`dlcourse.robust.strokes`, and arithmetic. Nothing is downloaded, and no one's picture is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dlcourse.digits.mnist_form import as_bytes, to_mnist_form
from dlcourse.robust import displays_and_signs, strokes
from dlcourse.robust.printed_text import font, printed, squeeze, thicken

if TYPE_CHECKING:
    from numpy.typing import NDArray

DIGIT_FONTS = (
    "DejaVuSans",
    "DejaVuSans-Bold",
    "DejaVuSans-Oblique",
    "DejaVuSansMono",
    "DejaVuSansMono-Bold",
    "DejaVuSerif",
    "DejaVuSerif-Bold",
    "DejaVuSerif-Italic",
    "STIXGeneral",
    "STIXGeneralBol",
    "STIXGeneralItalic",
    "STIXGeneralBolIta",
    "cmr10",
    "cmb10",
    "cmss10",
    "cmtt10",
)


def printed_digits(
    n: int, *, rng: np.random.Generator
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Print `n` digits in matplotlib's fonts, in MNIST's form.

    Returns
    -------
    X : ndarray of shape (n, 28, 28)
    y : ndarray of shape (n,)
    """
    fonts = [font(name) for name in DIGIT_FONTS]
    y = rng.integers(0, 10, n)
    X = [
        to_mnist_form(thicken(squeeze(printed(str(d), fonts[rng.integers(len(fonts))]), rng), rng))
        for d in y
    ]
    return as_bytes(X), y.astype(np.uint8)


def drawn_digits(
    n: int, *, rng: np.random.Generator
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Draw `n` digits with a pen, in MNIST's form (as `printed_digits`)."""
    y = rng.integers(0, 10, n)
    X = []
    for digit in y:
        ways = strokes.DIGITS[int(digit)]
        X.append(strokes.by_hand(ways[rng.integers(len(ways))], rng))
    return as_bytes(X), y.astype(np.uint8)


def digits_of_displays_and_signs(
    n: int, *, rng: np.random.Generator
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Draw `n` digits as displays and signs show them, in MNIST's form (as `printed_digits`).

    40 % consist of segments; 20 % each of dots, stencilled, and outlined.
    """
    fonts = [font(name) for name in DIGIT_FONTS]
    y = rng.integers(0, 10, n)
    X = []
    for digit in map(int, y):
        way = rng.random()
        if way < 0.4:
            ink = displays_and_signs.segments(digit, rng=rng)
        elif way < 0.6:
            ink = displays_and_signs.dots(digit, rng=rng)
        else:
            face = fonts[rng.integers(len(fonts))]
            ink = thicken(squeeze(printed(str(digit), face), rng), rng)
            ink = (displays_and_signs.stencil if way < 0.8 else displays_and_signs.outline)(
                ink, rng=rng
            )
        X.append(to_mnist_form(ink))
    return as_bytes(X), y.astype(np.uint8)
