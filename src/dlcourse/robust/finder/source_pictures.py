"""The pictures that the finder's scenes are made of: digits, other signs, generated backgrounds.

Digits are MNIST's training digits and those of `dlcourse.robust.synthetic_digits`; other signs
are some of `dlcourse.robust.not_digits`. All are 28 by 28 pixels, ink 1 on paper 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from dlcourse.robust import abstract_pictures, not_digits, synthetic_digits

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

#: How many of each kind of digit are made.
DIGITS = {
    synthetic_digits.printed_digits: 6_000,
    synthetic_digits.drawn_digits: 6_000,
    synthetic_digits.shown_digits: 3_000,
}
#: How many of each kind of other sign are made (see `dlcourse.robust.not_digits.NOT_DIGITS`).
OTHER_SIGNS = {
    "printed letters": 4_000,
    "drawn letters": 3_500,
    "doodles": 3_000,
    "signs": 2_500,
    "mirrored signs": 1_000,
    "scribbles": 1_500,
    "words": 800,
    "shapes": 1_000,
    "animals": 1_000,
    "silhouettes": 1_000,
    "bodies": 600,
    "blots": 600,
}
N_PHOTOS = 400
PHOTO_SIDE = 128


@dataclass(frozen=True)
class Ink:
    """Pictures to lay into scenes, as bytes.

    Attributes
    ----------
    mnist, mnist_labels
        MNIST's training digits, (n, 28, 28), and what they are.
    made, made_labels
        Printed, drawn and shown digits.
    other_signs
        Letters, doodles, shapes, animals.
    photos
        Grounds as busy as a photograph, (n, 128, 128).
    """

    mnist: NDArray[np.uint8]
    mnist_labels: NDArray[np.uint8]
    made: NDArray[np.uint8]
    made_labels: NDArray[np.uint8]
    other_signs: NDArray[np.uint8]
    photos: NDArray[np.uint8]


def make_ink(*, seed: int = 0) -> Ink:
    """Draw all ink from a seed."""
    from dlcourse.data import mnist  # noqa: PLC0415

    rng = np.random.default_rng([seed, 1])
    images, labels = mnist.as_arrays("train")
    digits = [make(n, rng=rng) for make, n in DIGITS.items()]
    other_signs = [
        not_digits.not_digits(n, rng=rng, category=category) for category, n in OTHER_SIGNS.items()
    ]
    photos = [_photo(rng) for _ in range(N_PHOTOS)]
    return Ink(
        images,
        labels.astype(np.uint8),
        np.concatenate([X for X, _ in digits]),
        np.concatenate([y for _, y in digits]),
        np.concatenate(other_signs),
        np.stack(photos),
    )


def load_ink(path: Path, *, seed: int = 0) -> Ink:
    """Load the ink from a file; make and keep it there first if need be."""
    if not path.exists():
        np.savez(path, **vars(make_ink(seed=seed)))
    with np.load(path) as file:
        return Ink(**{name: file[name] for name in file.files})


def _photo(rng: np.random.Generator) -> NDArray[np.uint8]:
    """Make a ground: fallen leaves, noise as strong at every scale, a pattern, cloth or a room."""
    from PIL import Image, ImageDraw, ImageFilter  # noqa: PLC0415

    n = PHOTO_SIDE
    how = rng.random()
    if how < 0.3:  # noise of all scales, as in clouds, stone and skin
        frequency = np.hypot(*np.meshgrid(np.fft.fftfreq(n), np.fft.rfftfreq(n), indexing="ij"))
        frequency[0, 0] = 1
        spectrum = np.fft.rfft2(rng.normal(size=(n, n))) / frequency ** rng.uniform(0.8, 2)
        return _stretched(np.fft.irfft2(spectrum, (n, n)))
    if how < 0.45:
        return _stretched(abstract_pictures.pattern(rng, n))
    image = Image.new("L", (n, n), int(rng.integers(256)))
    pen = ImageDraw.Draw(image)
    if how < 0.8:  # leaves, stones, a crowd
        scale = rng.uniform(2, 8)
        for _ in range(rng.integers(15, 250)):
            x, y = rng.uniform(0, n, 2)
            a, b = np.minimum(scale * (1 + rng.pareto(1.6, 2)), 70)
            box, shade = (x - a, y - b, x + a, y + b), int(rng.integers(256))
            (pen.ellipse if rng.random() < 0.6 else pen.rectangle)(box, fill=shade)
    elif how < 0.9:  # cloth, tiles
        step = rng.uniform(6, 40)
        for v in np.arange(0, n, step):
            wide = int(step * rng.uniform(0.1, 0.5)) + 1
            slope = rng.normal(0, 0.2 * step)
            pen.line((v, 0, v + slope, n), fill=int(rng.integers(256)), width=wide)
            pen.line((0, v, n, v + slope), fill=int(rng.integers(256)), width=wide)
    else:  # branches, cables, hair, creases
        for _ in range(rng.integers(5, 60)):
            points = np.cumsum(rng.normal(0, rng.uniform(4, 30), (5, 2)), axis=0)
            points += rng.uniform(0, n, 2)
            shade, wide = int(rng.integers(256)), int(rng.integers(1, 8))
            pen.line(points.ravel().tolist(), fill=shade, width=wide)
    blurred = image.filter(ImageFilter.GaussianBlur(rng.uniform(0.3, 2)))
    grey = np.asarray(blurred, dtype=np.float64)
    return _stretched(grey + rng.uniform(0, 10) * rng.normal(size=(n, n)))


def _stretched(values: NDArray[Any]) -> NDArray[np.uint8]:
    low, high = values.min(), values.max()
    return np.asarray(255 * (values - low) / max(high - low, 1e-9), dtype=np.uint8)
