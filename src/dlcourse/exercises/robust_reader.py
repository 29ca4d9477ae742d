"""Checks of the answers to the exercises in ``book/chapters/robust-reader.md``.

``check("robust-reader-1", answer)`` there calls the function with that name, after `array` and
`shape` have made the answer such an array. The `digits` of `close` are decimals.
"""

from collections.abc import Callable
from itertools import permutations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dlcourse.exercises.checking import Verdict, array, call, close, exercise, right, wrong


@exercise("robust-reader-1", array, shape=(2,))
def worth_of_one_picture(given: np.ndarray) -> Verdict:
    """Compare with one picture in nine and in ten thousand, in percentage points."""
    points = np.array([100 / 9, 100 / 10_000])
    if close(given, points, digits=1) and close(given[1], points[1], digits=3):
        return right("Nine pictures show kinds of mistakes; they cannot rank networks.")
    if close(given, points[::-1], digits=1):
        return wrong("The other way round: nine pictures come first.")
    if close(given, points / 100):
        return wrong("These are fractions. In percentage points they are a hundred times as large.")
    if close(given[0], round(points[0]), digits=3) and close(given[1], points[1]):
        return wrong("Nearly: give both to two decimal places.")
    return wrong("One picture is one part in nine of the whole, or one in 10,000.")


#: Turns after which a picture shows another digit, or none.
TURNS: dict[str, Callable[[NDArray[Any]], NDArray[Any]]] = {
    "": lambda image: image,
    "mirrored": np.fliplr,
    "mirrored from top to bottom": np.flipud,
    "upside down": lambda image: np.rot90(image, 2),
    "turned to the left": np.rot90,
    "turned to the right": lambda image: np.rot90(image, -1),
    "with rows and columns exchanged": np.transpose,
}


def _likest_turn(images: NDArray[np.float32], changed: NDArray[np.float64]) -> str:
    """Return how the pictures have been turned: which turn of the originals they match best.

    Unless they were mirrored, they match their originals better than mirrored ones, even if the
    digits were moved or ink and paper exchanged.
    """

    def match(image: NDArray[Any], other: NDArray[Any]) -> float:
        spectra = [np.fft.fft2(picture - picture.mean()) for picture in (image, other)]
        return float(np.abs(np.fft.ifft2(spectra[0] * spectra[1].conj())).max())

    matches = {
        name: sum(match(turn(i), c) for i, c in zip(images, changed, strict=True))
        for name, turn in TURNS.items()
    }
    best = max(matches, key=matches.__getitem__)
    return best if matches[best] > 1.05 * matches[""] else ""


@exercise("robust-reader-2")
def an_augmentation(answer: object) -> Verdict:
    """Try the function on a batch: same shape, values from 0 to 1, changed but not destroyed."""
    images = np.zeros((3, 28, 28), dtype=np.float32)
    images[0, 5:23, 12:15] = 1.0
    images[1, 5:8, 8:20] = images[1, 8:23, 17:20] = 1.0
    images[2, 4:24, 8:11] = images[2, 21:24, 8:20] = 0.8
    given = images.copy()
    changed = call(answer, given)
    changed = array(changed)
    if changed.shape != images.shape:
        return wrong(f"It makes {changed.shape} of {images.shape}. Keep the shape.")
    if changed.max() > 20:
        return wrong("These are bytes: divide by 255.")
    if changed.min() < 0 or changed.max() > 1:
        return wrong("Some values lie outside 0 to 1. End with np.clip(…, 0, 1).")
    if not np.array_equal(given, images):
        return wrong("It changes the images that it was given. Begin with images.copy().")
    if np.allclose(changed, images):
        return wrong("Nothing has changed.")
    if any(np.allclose(changed[list(order)], images) for order in permutations(range(3))):
        return wrong("It changes the order of the pictures: their first axis is the batch.")
    if (changed.std(axis=(1, 2)) < 0.02).any():
        return wrong("A picture has become all one shade: nobody can read it any more.")
    if turned := _likest_turn(images, changed):
        return wrong(f"The pictures come out {turned}. A 2 in that manner is not a 2 any more.")
    return right("Same shape, another look. Now see which network suffers most.")
