"""Points in a plane, in two classes that no straight line separates.

They need nothing but uniform random numbers, so the interactive figure that trains a
network on the page draws the very same points from the same seed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from dlcourse import argument_checks
from dlcourse.argument_checks import Floats, Integers


def _crescents(i: Integers, u: Floats, _v: Floats) -> tuple[Floats, Floats]:
    """Draw two half circles, each reaching into the other."""
    side = 1 - 2 * (i % 2)
    x1, x2 = np.cos(np.pi * u) - 0.5, np.sin(np.pi * u) - 0.25
    return side * x1, side * x2


def _ring(i: Integers, u: Floats, v: Floats) -> tuple[Floats, Floats]:
    """Draw a disc, and a ring around it."""
    radius = np.where(i % 2, 1.1 + 0.4 * v, 0.6 * np.sqrt(v))
    return radius * np.cos(2 * np.pi * u), radius * np.sin(2 * np.pi * u)


def _xor(i: Integers, u: Floats, v: Floats) -> tuple[Floats, Floats]:
    """Draw four squares: opposite ones belong together."""
    right, upper = i % 4 < 2, np.isin(i % 4, (0, 3))
    return np.where(right, 1, -1) * (0.2 + 1.2 * u), np.where(upper, 1, -1) * (0.2 + 1.2 * v)


def _spiral(i: Integers, u: Floats, _v: Floats) -> tuple[Floats, Floats]:
    """Draw two arms that wind once around each other."""
    radius, angle = 0.2 + 1.4 * u, 2 * np.pi * u + np.pi * (i % 2)
    return radius * np.cos(angle), radius * np.sin(angle)


#: The shapes by name: from the points' numbers and two random numbers each to coordinates.
SHAPES: Mapping[str, Callable[[Integers, Floats, Floats], tuple[Floats, Floats]]] = {
    "crescents": _crescents, "ring": _ring, "xor": _xor, "spiral": _spiral
}  # fmt: skip


def point_set(
    name: str, n: int, *, noise: float = 0.3, rng: np.random.Generator
) -> tuple[Floats, Integers]:
    """Draw `n` points of two classes in the shape "crescents", "ring", "xor" or "spiral".

    Return their coordinates, shape (n, 2), within about ±2, and class indices, shape (n,); half of
    them, or one more, are of class 0. Along each axis a point is moved at random by at most
    `noise`.

    >>> X, y = point_set("ring", 4, noise=0.0, rng=np.random.default_rng(0))
    >>> y.tolist(), (np.hypot(*X.T) > 1).tolist()
    ([0, 1, 0, 1], [False, True, False, True])
    """
    shape = SHAPES[argument_checks.choice(name, "name", SHAPES)]
    n = argument_checks.count(n, "n")
    noise = argument_checks.number(noise, "noise", at_least=0)
    argument_checks.instance(rng, "rng", np.random.Generator)
    i = np.arange(n)
    u, v = rng.random((2, n))
    X = np.column_stack(shape(i, u, v)) + rng.uniform(-noise, noise, size=(n, 2))
    return X, i % 2
