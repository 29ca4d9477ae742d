"""The pictures that the finder's scenes are made of: digits, other signs, generated backgrounds.

Digits are MNIST's training digits and those of `dlcourse.robust.synthetic_digits`; other signs
are some of `dlcourse.robust.not_digits`. Both are 28 by 28 pixels, as bytes, ink 255 on paper 0.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dlcourse.data import mnist
from dlcourse.robust import not_digits, synthetic_digits
from dlcourse.robust.finder.backgrounds import make_photo

#: How many of each kind of digit are made.
DIGITS = {
    synthetic_digits.printed_digits: 6_000,
    synthetic_digits.drawn_digits: 6_000,
    synthetic_digits.digits_of_displays_and_signs: 3_000,
}
#: How many of each kind of other sign are made (see `dlcourse.robust.not_digits.NOT_DIGITS`).
OTHER_SIGNS = {
    "printed letters": 4_000, "drawn letters": 3_500, "doodles": 3_000, "signs": 2_500,
    "mirrored signs": 1_000, "scribbles": 1_500, "words": 800, "shapes": 1_000, "animals": 1_000,
    "silhouettes": 1_000, "bodies": 600, "blots": 600,
}  # fmt: skip
N_PHOTOS = 400


@dataclass(frozen=True)
class Ink:
    """Pictures to lay into scenes, as bytes, shape (n, 28, 28), and what the digits are."""

    mnist: NDArray[np.uint8]
    mnist_labels: NDArray[np.uint8]
    made: NDArray[np.uint8]  #: printed digits, drawn ones, and those of displays and signs
    made_labels: NDArray[np.uint8]
    other_signs: NDArray[np.uint8]  #: letters, doodles, shapes, animals
    photos: NDArray[np.uint8]  #: grounds as busy as a photograph, shape (n, 128, 128)


def make_ink(*, seed: int) -> Ink:
    """Draw all ink from a seed."""
    rng = np.random.default_rng([seed, 1])
    images, labels = mnist.as_arrays("train")
    digits = [make(n, rng=rng) for make, n in DIGITS.items()]
    other_signs = [
        not_digits.not_digits(n, rng=rng, category=category) for category, n in OTHER_SIGNS.items()
    ]
    photos = [make_photo(rng) for _ in range(N_PHOTOS)]
    return Ink(
        images,
        labels.astype(np.uint8),
        np.concatenate([X for X, _ in digits]),
        np.concatenate([y for _, y in digits]),
        np.concatenate(other_signs),
        np.stack(photos),
    )
