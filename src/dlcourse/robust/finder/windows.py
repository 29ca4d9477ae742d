"""Windows cut out of scenes, and what the finder shall answer for each.

A window has 32 by 32 pixels; the thing it is for is 18 of them long (`finder.NOMINAL`). It is cut
out with 16 more on each side (`finder.REACH`), from which its light is flattened: less the mean
around each pixel, over the spread there. A thing is a digit or another sign, such as a letter;
classes are 0 to 9, `finder.NOTHING` and `finder.OTHER_SIGN`.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from dlcourse.digits import finder
from dlcourse.robust.finder import scenes
from dlcourse.robust.finder.scenes import Scene
from dlcourse.robust.finder.source_pictures import Ink

Floats = NDArray[np.float32]
Generator = np.random.Generator

#: A window is a thing's if their middles are at most CENTRED pixels apart, down and across, and it
#: shows nothing if they are at least APART; between the two it is left out.
CENTRED, APART = 5.3, 8.0
#: Likewise for a thing's size over the nominal one, in powers of two. A window that is a thing's is
#: near in place and in size; one that shows nothing is far in either.
LIKE, UNLIKE = 0.33, 0.6
LEVELS = 31  #: a window's pixels are kept as bytes, so many to one spread of its light


def answer(scene: Scene, row: float, column: float, size: float) -> tuple[float, ...] | None:
    """Say what a window shows: class, rows and columns to its middle, size in powers of two.

    `row`, `column` are the window's middle and `size` the length of the thing it is for, in the
    scene's pixels. None if it is too far off to be the thing's and too near to be nothing.
    """
    pixel = size / finder.NOMINAL
    near = False
    for thing in scene.things:
        down, across = (thing.row - row) / pixel, (thing.column - column) / pixel
        larger = float(np.log2(thing.size / size))
        if max(abs(down), abs(across)) <= CENTRED and abs(larger) <= LIKE:
            return float(thing.label), down, across, larger
        near = near or (max(abs(down), abs(across)) < APART and abs(larger) < UNLIKE)
    return None if near else (float(finder.NOTHING), 0.0, 0.0, 0.0)


def places(scene: Scene, rng: Generator) -> list[tuple[float, float, float]]:
    """Choose where to look: at each thing, beside it, at its parts, from afar, and anywhere."""
    chosen = []
    several = len(scene.things) > 1
    for thing in scene.things:
        digit = thing.label < finder.NOTHING
        for _ in range(2 if digit and not several else 1):
            size = thing.size * 2 ** rng.normal(0, 0.06)
            off = rng.normal(0, 0.8, 2) * thing.size / finder.NOMINAL
            chosen.append((thing.row + off[0], thing.column + off[1], size))
        size = thing.size * 2 ** rng.uniform(-LIKE, LIKE)
        off = rng.uniform(-CENTRED, CENTRED, 2) * size / finder.NOMINAL
        chosen.append((thing.row + off[0], thing.column + off[1], size))
        for _ in range(2 if several else 5 if not digit else 3):
            how = rng.random()
            if how < 0.25:
                size = thing.size * 2 ** rng.uniform(-0.35, 0.35)
                angle, far = rng.uniform(0, 2 * np.pi), rng.uniform(8, 17) * size / finder.NOMINAL
                off = far * np.array([np.sin(angle), np.cos(angle)])
            elif how < 0.8:
                size = thing.size * 2 ** rng.uniform(-1.6, -0.6)
                off = rng.uniform(-0.5, 0.5, 2) * thing.size
            else:
                size = thing.size * 2 ** rng.uniform(0.6, 1.8)
                off = rng.uniform(-8, 8, 2) * size / finder.NOMINAL
            chosen.append((thing.row + off[0], thing.column + off[1], size))
    height, width = scene.grey.shape
    for _ in range(4 if not scene.things else int(rng.random() < 0.4)):
        size = np.exp(rng.uniform(np.log(9), np.log(max(height, width))))
        chosen.append((rng.uniform(0, height), rng.uniform(0, width), size))
    return chosen


def make_windows(ink: Ink, n: int, rng: Generator) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Make at least `n` windows: light flattened, in units of 1 / 31, and what `answer` says.

    Their shapes are (n_windows, 32, 32) and (n_windows, 4).
    """
    X: list[NDArray[np.int8]] = []
    y: list[tuple[float, ...]] = []
    while len(y) < n:
        scene = scenes.make_scene(ink, rng)
        paper = finder.paper_of(scene.grey)
        for place in places(scene, rng):
            wanted = answer(scene, *place)
            if wanted is not None:
                light = finder.flatten_light(finder.window(scene.grey, *place, paper))
                X.append(np.clip(np.rint(LEVELS * light), -127, 127).astype(np.int8))
                y.append(wanted)
    return np.stack(X), np.array(y, np.float32)
