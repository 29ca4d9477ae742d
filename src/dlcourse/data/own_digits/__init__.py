"""Ten pictures of our own: nine digits as people write, print and screw them to a wall, and a dog.

Each comes as 28 by 28 pixels (what the workshop that this course follows fed to its network) and as
a larger original (what a phone would send). We drew them, with the pen of `dlcourse.robust.strokes`
and with arithmetic; licence CC BY 4.0.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dlcourse import argument_checks


@dataclass(frozen=True)
class OwnPicture:
    """One of the ten: the name of its files, its digit (None for the dog), and what is seen."""

    name: str
    digit: int | None
    description: str


PICTURES = (
    OwnPicture("pencil", 2, "a 2 in thin, faint pencil on white paper"),
    OwnPicture("bold_print", 4, "a 4 in bold black print on white"),
    OwnPicture("grey_on_grey", 6, "a 6 in grey print on grey"),
    OwnPicture("white_on_black", 3, "a white 3 on black"),
    OwnPicture("pen", 8, "an 8 in blue pen on white paper"),
    OwnPicture("marker", 5, "a 5 in red marker on yellow paper"),
    OwnPicture("plate", 7, "a 7 on a framed house-number plate on a brick wall"),
    OwnPicture("photo", 9, "a photo of a 9, half in shadow, noisy and a little blurred"),
    OwnPicture("chalk", 0, "a 0 in chalk on a green board"),
    OwnPicture("dog", None, "a dog, which is not a digit"),
)


def path(name: str, *, small: bool = False) -> Path:
    """Return the file of one of the ten pictures.

    With `small`, it is that of 28 by 28 pixels, not the original.

    >>> path("plate").name, path("plate", small=True).name
    ('plate.jpg', 'plate-28.png')
    """
    name = argument_checks.choice(name, "name", [picture.name for picture in PICTURES])
    file = resources.files("dlcourse.data.own_digits") / (
        f"{name}-28.png" if small else f"{name}.jpg"
    )
    return Path(str(file))


def load_colour(name: str) -> NDArray[np.uint8]:
    """Load an original in colour, shape (height, width, 3)."""
    from PIL import Image  # noqa: PLC0415

    with Image.open(path(name)) as image:
        return np.array(image.convert("RGB"))


def load_small() -> tuple[NDArray[np.float32], list[int | None]]:
    """Load the ten pictures, shape (10, 28, 28), and their digits, None for the dog.

    0 is black, 1 is white; neither polarity nor position is put right.
    """
    from PIL import Image  # noqa: PLC0415

    pictures = []
    for picture in PICTURES:
        with Image.open(path(picture.name, small=True)) as image:
            pictures.append(np.asarray(image.convert("L"), dtype=np.float32) / 255)
    return np.stack(pictures), [picture.digit for picture in PICTURES]
