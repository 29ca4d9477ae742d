"""Digits and other signs drawn with a simulated pen, so that no font or handwriting is copied.

A sign is a few strokes. A stroke is a few points, joined by a smooth curve (Catmull and Rom,
1974) or by straight lines. Each writer moves the points a little, slants the sign, and has a pen
of another width.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageDraw

from dlcourse.digits.mnist_form import to_mnist_form

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import ArrayLike, NDArray

#: A stroke: how it runs ("curve" or "line") and its points, x to the right and y down, 0 to 1.
Stroke = tuple[str, tuple[tuple[float, float], ...]]
Sign = tuple[Stroke, ...]


def _curve(*points: tuple[float, float]) -> Stroke:
    return ("curve", points)


def _line(*points: tuple[float, float]) -> Stroke:
    return ("line", points)


_RING = ((0.5, 0.0), (0.12, 0.22), (0.05, 0.55), (0.25, 0.93), (0.55, 1.0), (0.88, 0.75))
_BELLY = ((0.2, 0.42), (0.55, 0.36), (0.88, 0.55), (0.82, 0.85), (0.45, 1.0), (0.08, 0.9))

#: The ways in which each digit is written, school by school and country by country.
DIGITS: Mapping[int, tuple[Sign, ...]] = {
    0: (
        (_curve(*_RING, (0.93, 0.4), (0.75, 0.08), (0.5, 0.0)),),
        (_curve(*_RING, (0.93, 0.4), (0.78, 0.06), (0.42, 0.02)),),
        (_curve((0.6, 0.02), (0.15, 0.2), (0.08, 0.7), (0.4, 1.0), (0.85, 0.8), (0.9, 0.3), (0.5, 0.0)),),
        (_curve(*_RING, (0.93, 0.4), (0.75, 0.08), (0.5, 0.0)), _line((0.78, 0.12), (0.2, 0.88))),
    ),
    1: (
        (_line((0.5, 0.0), (0.5, 1.0)),),
        (_line((0.25, 0.25), (0.55, 0.0), (0.55, 1.0)),),
        (_line((0.1, 0.4), (0.58, 0.0), (0.55, 1.0)),),
        (_line((0.3, 0.22), (0.52, 0.0), (0.52, 1.0)), _line((0.25, 1.0), (0.8, 1.0))),
        (_curve((0.62, 0.0), (0.5, 0.5), (0.42, 1.0)),),
        (_line((0.12, 0.38), (0.55, 0.0), (0.55, 1.0)), _line((0.18, 1.0), (0.92, 1.0))),
        (_line((0.02, 0.62), (0.6, 0.0), (0.58, 1.0)),),
    ),
    2: (
        (_curve((0.1, 0.25), (0.3, 0.02), (0.7, 0.03), (0.85, 0.3), (0.55, 0.65), (0.08, 0.98)),
         _line((0.08, 0.98), (0.92, 0.98))),
        (_curve((0.12, 0.22), (0.45, 0.0), (0.85, 0.2), (0.6, 0.6), (0.2, 0.92), (0.1, 0.8), (0.3, 0.8), (0.6, 0.97), (0.95, 0.88)),),
        (_curve((0.12, 0.12), (0.5, 0.0), (0.85, 0.25), (0.45, 0.7), (0.1, 0.97)),
         _curve((0.1, 0.97), (0.5, 0.93), (0.95, 0.98))),
        (_curve((0.1, 0.3), (0.25, 0.05), (0.6, 0.0), (0.88, 0.2), (0.7, 0.5), (0.35, 0.75)),
         _line((0.35, 0.75), (0.08, 0.98), (0.92, 0.98))),
    ),
    3: (
        (_curve((0.12, 0.12), (0.5, 0.0), (0.85, 0.2), (0.65, 0.43), (0.4, 0.47)),
         _curve((0.4, 0.47), (0.75, 0.5), (0.92, 0.75), (0.6, 0.98), (0.1, 0.9))),
        (_line((0.1, 0.02), (0.85, 0.02), (0.42, 0.42)),
         _curve((0.42, 0.42), (0.85, 0.5), (0.9, 0.8), (0.5, 1.0), (0.1, 0.9))),
        (_curve((0.2, 0.05), (0.6, 0.0), (0.8, 0.2), (0.55, 0.42), (0.35, 0.45), (0.65, 0.47), (0.88, 0.72), (0.55, 1.0), (0.15, 0.93)),),
    ),
    4: (
        (_line((0.62, 0.0), (0.05, 0.68), (0.95, 0.68)), _line((0.68, 0.3), (0.68, 1.0))),
        (_line((0.2, 0.0), (0.12, 0.52), (0.88, 0.52)), _line((0.78, 0.05), (0.72, 1.0))),
        (_line((0.7, 1.0), (0.7, 0.0), (0.05, 0.68), (0.95, 0.68)),),
        (_curve((0.18, 0.02), (0.12, 0.35), (0.3, 0.52), (0.78, 0.46)), _line((0.85, 0.0), (0.72, 1.0))),
        (_line((0.6, 0.0), (0.08, 0.62), (0.92, 0.62)), _line((0.6, 0.0), (0.6, 1.0))),
    ),
    5: (
        (_line((0.85, 0.02), (0.25, 0.02), (0.2, 0.42)), _curve(*_BELLY)),
        (_line((0.25, 0.05), (0.2, 0.42)), _curve(*_BELLY), _line((0.25, 0.04), (0.9, 0.0))),
        (_curve((0.85, 0.03), (0.3, 0.05), (0.22, 0.4), (0.6, 0.4), (0.85, 0.65), (0.6, 0.95), (0.1, 0.95)),),
    ),
    6: (
        (_curve((0.75, 0.0), (0.35, 0.25), (0.1, 0.65), (0.3, 0.97), (0.7, 0.95), (0.85, 0.7), (0.6, 0.52), (0.25, 0.6), (0.13, 0.75)),),
        (_curve((0.55, 0.0), (0.2, 0.35), (0.12, 0.75), (0.45, 1.0), (0.85, 0.8), (0.65, 0.52), (0.3, 0.58), (0.14, 0.72)),),
        (_curve((0.85, 0.1), (0.55, 0.0), (0.2, 0.3), (0.1, 0.7), (0.45, 1.0), (0.88, 0.78), (0.65, 0.5), (0.3, 0.55), (0.12, 0.7)),),
        (_line((0.72, 0.0), (0.18, 0.6)), _curve((0.18, 0.6), (0.15, 0.85), (0.5, 1.0), (0.85, 0.75), (0.5, 0.5), (0.18, 0.68))),
    ),
    7: (
        (_line((0.08, 0.03), (0.9, 0.03), (0.4, 1.0)),),
        (_line((0.08, 0.03), (0.9, 0.03), (0.4, 1.0)), _line((0.35, 0.5), (0.85, 0.48))),
        (_line((0.1, 0.2), (0.1, 0.03), (0.9, 0.03), (0.45, 1.0)),),
        (_curve((0.08, 0.08), (0.5, 0.05), (0.9, 0.03), (0.62, 0.45), (0.45, 1.0)),),
        (_curve((0.05, 0.14), (0.2, 0.0), (0.5, 0.1), (0.9, 0.0), (0.6, 0.5), (0.5, 1.0)), _line((0.35, 0.52), (0.8, 0.48))),
    ),
    8: (
        (_curve((0.75, 0.1), (0.4, 0.0), (0.2, 0.22), (0.5, 0.45), (0.85, 0.75), (0.5, 1.0), (0.12, 0.78), (0.45, 0.48), (0.8, 0.22), (0.7, 0.06)),),
        (_curve((0.5, 0.0), (0.2, 0.22), (0.5, 0.46), (0.8, 0.22), (0.5, 0.0)),
         _curve((0.5, 0.46), (0.1, 0.75), (0.5, 1.0), (0.9, 0.75), (0.5, 0.46))),
        (_curve((0.82, 0.06), (0.35, 0.02), (0.25, 0.28), (0.75, 0.65), (0.65, 0.97), (0.25, 0.95), (0.2, 0.7), (0.6, 0.4), (0.88, 0.1)),),
        (_curve((0.5, 0.0), (0.25, 0.22), (0.5, 0.44), (0.75, 0.22), (0.5, 0.0)),
         _curve((0.5, 0.46), (0.15, 0.72), (0.5, 1.0), (0.85, 0.72), (0.5, 0.46))),
    ),
    9: (
        (_curve((0.8, 0.15), (0.45, 0.0), (0.12, 0.28), (0.4, 0.52), (0.78, 0.35), (0.82, 0.12)), _line((0.82, 0.1), (0.75, 1.0))),
        (_curve((0.82, 0.2), (0.45, 0.0), (0.12, 0.28), (0.45, 0.52), (0.82, 0.22), (0.85, 0.6), (0.65, 0.95), (0.2, 0.95)),),
        (_curve((0.78, 0.2), (0.45, 0.02), (0.15, 0.3), (0.5, 0.5), (0.8, 0.18), (0.72, 0.6), (0.5, 1.0)),),
    ),
}  # fmt: skip

#: Letters and signs that look like no digit, as a hand prints them.
LETTERS: Mapping[str, Sign] = {
    "A": (_line((0.05, 1.0), (0.5, 0.0), (0.95, 1.0)), _line((0.25, 0.62), (0.75, 0.62))),
    "E": (_line((0.85, 0.0), (0.15, 0.0), (0.15, 1.0), (0.85, 1.0)), _line((0.15, 0.5), (0.7, 0.5))),
    "F": (_line((0.85, 0.0), (0.15, 0.0), (0.15, 1.0)), _line((0.15, 0.48), (0.7, 0.48))),
    "H": (_line((0.1, 0.0), (0.1, 1.0)), _line((0.9, 0.0), (0.9, 1.0)), _line((0.1, 0.5), (0.9, 0.5))),
    "K": (_line((0.15, 0.0), (0.15, 1.0)), _line((0.85, 0.0), (0.15, 0.55), (0.9, 1.0))),
    "M": (_line((0.05, 1.0), (0.12, 0.0), (0.5, 0.6), (0.88, 0.0), (0.95, 1.0)),),
    "N": (_line((0.1, 1.0), (0.1, 0.0), (0.9, 1.0), (0.9, 0.0)),),
    "P": (_line((0.15, 0.0), (0.15, 1.0)), _curve((0.15, 0.0), (0.75, 0.05), (0.8, 0.4), (0.15, 0.52))),
    "R": (_line((0.15, 0.0), (0.15, 1.0)), _curve((0.15, 0.0), (0.75, 0.05), (0.8, 0.4), (0.15, 0.5)), _line((0.3, 0.5), (0.9, 1.0))),
    "V": (_line((0.05, 0.0), (0.5, 1.0), (0.95, 0.0)),),
    "W": (_line((0.0, 0.0), (0.25, 1.0), (0.5, 0.3), (0.75, 1.0), (1.0, 0.0)),),
    "X": (_line((0.05, 0.0), (0.95, 1.0)), _line((0.95, 0.0), (0.05, 1.0))),
    "a": (_curve((0.8, 0.3), (0.4, 0.2), (0.1, 0.6), (0.4, 0.95), (0.78, 0.6)), _curve((0.82, 0.2), (0.78, 0.7), (0.98, 1.0))),
    "d": (_curve((0.75, 0.55), (0.4, 0.42), (0.1, 0.7), (0.4, 1.0), (0.75, 0.8)), _line((0.78, 0.0), (0.8, 1.0))),
    "e": (_curve((0.1, 0.55), (0.85, 0.5), (0.6, 0.12), (0.15, 0.35), (0.2, 0.85), (0.6, 1.0), (0.9, 0.85)),),
    "h": (_line((0.15, 0.0), (0.15, 1.0)), _curve((0.15, 0.6), (0.55, 0.42), (0.82, 0.65), (0.82, 1.0))),
    "k": (_line((0.15, 0.0), (0.15, 1.0)), _line((0.8, 0.4), (0.15, 0.7), (0.85, 1.0))),
    "m": (_curve((0.05, 1.0), (0.08, 0.35), (0.3, 0.3), (0.48, 1.0)), _curve((0.48, 0.9), (0.58, 0.35), (0.85, 0.35), (0.95, 1.0))),
    "n": (_line((0.12, 0.25), (0.12, 1.0)), _curve((0.12, 0.55), (0.5, 0.25), (0.85, 0.5), (0.88, 1.0))),
    "w": (_curve((0.02, 0.3), (0.2, 0.95), (0.45, 0.6), (0.75, 0.95), (0.98, 0.3)),),
    "+": (_line((0.5, 0.1), (0.5, 0.9)), _line((0.1, 0.5), (0.9, 0.5))),
    "#": (_line((0.35, 0.0), (0.25, 1.0)), _line((0.75, 0.0), (0.65, 1.0)), _line((0.05, 0.33), (0.95, 0.33)), _line((0.05, 0.68), (0.95, 0.68))),
    "star": (_line((0.5, 0.0), (0.8, 1.0), (0.0, 0.38), (1.0, 0.38), (0.2, 1.0), (0.5, 0.0)),),
    "heart": (_curve((0.5, 0.3), (0.2, 0.0), (0.0, 0.35), (0.5, 1.0)), _curve((0.5, 1.0), (1.0, 0.35), (0.8, 0.0), (0.5, 0.3))),
    "house": (_line((0.1, 1.0), (0.1, 0.45), (0.5, 0.0), (0.9, 0.45), (0.9, 1.0), (0.1, 1.0)), _line((0.4, 1.0), (0.4, 0.65), (0.6, 0.65), (0.6, 1.0))),
    "tick": (_line((0.05, 0.6), (0.35, 1.0), (0.95, 0.05)),),
    "arrow": (_line((0.0, 0.5), (1.0, 0.5)), _line((0.65, 0.2), (1.0, 0.5), (0.65, 0.8))),
    "face": (_curve((0.5, 0.0), (0.05, 0.3), (0.1, 0.8), (0.5, 1.0), (0.9, 0.8), (0.95, 0.3), (0.5, 0.0)), _line((0.33, 0.35), (0.33, 0.42)), _line((0.67, 0.35), (0.67, 0.42)), _curve((0.28, 0.65), (0.5, 0.8), (0.72, 0.65))),
}  # fmt: skip


def smooth(points: ArrayLike, *, n_between: int = 12) -> NDArray[np.float64]:
    """Run a smooth curve through points.

    Parameters
    ----------
    points
        Shape (n_points, 2), at least two.
    n_between
        How many steps from one point to the next.

    Returns
    -------
    ndarray of shape ((n_points - 1) * n_between + 1, 2)

    References
    ----------
    E. Catmull and R. Rom, "A class of local interpolating splines", 1974.

    Examples
    --------
    >>> smooth([(0, 0), (1, 1)], n_between=2).tolist()
    [[0.0, 0.0], [0.5, 0.5], [1.0, 1.0]]
    """
    p = np.asarray(points, dtype=float)
    before, after = 2 * p[0] - p[1], 2 * p[-1] - p[-2]
    p = np.vstack([before, p, after])
    t = np.arange(n_between)[:, np.newaxis] / n_between
    pieces = [
        0.5
        * (
            2 * b
            + (c - a) * t
            + (2 * a - 5 * b + 4 * c - d) * t**2
            + (3 * b - 3 * c + d - a) * t**3
        )
        for a, b, c, d in zip(p[:-3], p[1:-2], p[2:-1], p[3:], strict=True)
    ]
    return np.vstack([*pieces, p[-2:-1]])


def write(
    sign: Sequence[Stroke],
    *,
    rng: np.random.Generator,
    wobble: float = 0.03,
    slant: float = 0.15,
) -> list[NDArray[np.float64]]:
    """Return the paths of a sign as one writer draws it: points moved a little, all slanted.

    Returns
    -------
    list of ndarray of shape (n, 2)
        One path for each stroke, roughly within 0 to 1.
    """
    lean = rng.normal(0, slant)
    stretch = rng.uniform(0.55, 1.0)
    paths = []
    for how, points in sign:
        moved = points + rng.normal(0, wobble, np.shape(points))
        path = smooth(moved) if how == "curve" else moved
        x = (path[:, 0] - 0.5) * stretch + lean * (0.5 - path[:, 1]) + 0.5
        paths.append(np.column_stack([x, path[:, 1]]))
    return paths


def draw(
    paths: Sequence[NDArray[np.float64]],
    *,
    width: float,
    size: int = 112,
    margin: float = 0.15,
) -> NDArray[np.float64]:
    """Return a drawing of paths with a round pen.

    Parameters
    ----------
    paths
        From `write`, coordinates 0 to 1.
    width
        Of the pen, as a part of the drawing's height.
    size
        Of the square picture in pixels.
    margin
        Left free on every side, as a part of `size`.

    Returns
    -------
    ndarray of shape (size, size)
        1 where there is ink, 0 elsewhere, grey at the edges.
    """
    fine = 2 * size
    image = Image.new("L", (fine, fine))
    pen = ImageDraw.Draw(image)
    inner = fine * (1 - 2 * margin)
    radius = max(width * inner / 2, 0.5)
    for path in paths:
        points = path * inner + margin * fine
        pen.line([tuple(p) for p in points], fill=255, width=max(round(2 * radius), 1))
        for x, y in points:
            pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
    small = image.resize((size, size), Image.Resampling.BOX)
    return np.asarray(small, dtype=np.float64) / 255


def by_hand(sign: Sign, rng: np.random.Generator) -> NDArray[np.float32]:
    """Return a sign in MNIST's form, as one writer with a pen of some width draws it."""
    paths = write(sign, rng=rng, wobble=rng.uniform(0.01, 0.04))
    return to_mnist_form(draw(paths, width=rng.uniform(0.05, 0.2), size=64))
