"""Read pictures with the networks that come with the package; no TensorFlow needed.

The robust network reads with a second one, the finder: that says *where* something stands (see
`dlcourse.digits.finder`), the robust network says *which* digit it is, if any. The plain and the
inverted network, which cannot refuse, are shown what `preprocessing_by_threshold` makes.

>>> from dlcourse.data import own_digits
>>> read(own_digits.path("white_on_black")).digit
3
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dlcourse import argument_checks
from dlcourse.digits import finder, load_picture, preprocessing_by_threshold
from dlcourse.digits.mnist_form import BOX
from dlcourse.networks import inference, pretrained
from dlcourse.networks.network_dataclasses import TrainedNetwork

Floats = NDArray[np.float32]

LARGEST = 400  #: pixels of a picture's longer side while it is read
WHICH = 0.7  #: what the robust network's answer counts for; the rest is the finder's
SURE = 0.45  #: the probability that a digit needs to be read
SECOND = 0.5  #: … and that makes another digit one of several
BESIDE = 0.4  #: how far apart two digits are, in parts of the larger, at least


@dataclass(frozen=True)
class Box:
    """A digit in a picture: which, how sure, and the middle and longer side of its box.

    `row`, `column` and `size` are in pixels of the picture, which `read` has shrunk to 1,024
    a side.
    """

    digit: int
    probability: float
    row: float
    column: float
    size: float


@dataclass(frozen=True)
class Reading:
    """What is read in a picture.

    The `digit` is None if the picture is refused, and then there is a `reason`. The `confidence` is
    that of the verdict: the likeliest digit's probability, or 1 minus that for "not a digit". The
    `probabilities` of the ten digits, given that it is one, sum to 1; `none` is the probability
    that it is not a digit, 0 for a network that has no such answer. `picture` is what the network
    was shown, (28, 28), and `boxes`, only the robust network's, say where the digit stands, and
    those beside it.
    """

    digit: int | None
    confidence: float
    probabilities: tuple[float, ...]
    none: float
    reason: str
    picture: Floats
    boxes: tuple[Box, ...] = ()


@cache
def _network(name: str) -> TrainedNetwork:
    return pretrained.load_finder() if name == "finder" else pretrained.load(name)


def read(picture: str | os.PathLike[str] | bytes, *, network: str = "robust") -> Reading:
    """Read the digit in a picture file, or in the bytes of one.

    See `dlcourse.digits.load_picture` for what can be read. The network is "plain", "inverted" or
    "robust". The first two cannot refuse; the robust one can. `DataError` is raised if the file
    cannot be read; it is named.
    """
    return read_grey(load_picture.load_grey(picture), network=network)


def read_grey(grey: ArrayLike, *, network: str = "robust") -> Reading:
    """Read the digit in shades of grey, shape (height, width), 0 black to 1 white."""
    network = argument_checks.choice(network, "network", pretrained.NAMES)
    pixels = argument_checks.brightness(grey, "grey", "height width").astype(np.float32)
    if network != "robust":
        prepared = preprocessing_by_threshold.prepare(pixels).picture
        answer = inference.probabilities(_network(network), prepared[np.newaxis])[0]
        return _verdict(answer, prepared, ())
    scale = max(1.0, max(pixels.shape) / LARGEST)
    if scale > 1:
        shape = int(np.ceil(pixels.shape[0] / scale)), int(np.ceil(pixels.shape[1] / scale))
        pixels = finder.cut(pixels, (0, 0), scale, shape, finder.paper_of(pixels))
    places = finder.find(_network("finder"), pixels)
    if not len(places):
        blank = np.zeros((28, 28), np.float32)
        return Reading(None, 1.0, (0.1,) * 10, 1.0, "nothing that looks like a sign", blank)
    places = places[np.argsort(-places[:, : finder.NOTHING].max(axis=1), kind="stable")]
    view, answer = _which(pixels, places[0])
    return _verdict(answer, view, tuple(_box(place, scale) for place in _beside(places)))


# A place: the probabilities of ten digits, `NOTHING` and another sign; then `ROW` and `COLUMN` of
# its middle and `SIZE`, its longer side, in pixels of the picture as it is read.
def _which(grey: Floats, place: Floats) -> tuple[Floats, Floats]:
    """Cut out a place of `finder.find`; return it, and both networks' answers, weighted by `WHICH`.

    The robust network is shown it as it is and inverted, so nobody need guess what is ink.
    """
    # One pixel of the view is `step` pixels of the picture; the ink's longer side takes BOX.
    step = place[finder.SIZE] / BOX
    top, left = place[finder.ROW : finder.SIZE] - 14 * step
    seen = finder.cut(grey, (top, left), step, (28, 28), finder.paper_of(grey))
    darkest, brightest = np.quantile(seen, (0.01, 0.99))
    view = ((seen - darkest) / max(brightest - darkest, 1e-6)).clip(0, 1).astype(np.float32)
    answers = inference.probabilities(_network("robust"), np.stack([view, 1 - view]))
    digits = place[: finder.NOTHING]
    where = np.append(digits, 1 - digits.sum())
    return view, WHICH * answers.mean(axis=0) + (1 - WHICH) * where


def _beside(places: Floats) -> list[Floats]:
    """Return the first place, and those of digits beside it that are about as large."""
    first, *others = places
    beside = [first]
    for place in others:
        smaller, larger = sorted((place[finder.SIZE], first[finder.SIZE]))
        is_digit = place[: finder.NOTHING].max() > SECOND
        if is_digit and finder.distance(place, first) > BESIDE * larger and larger < 2 * smaller:
            beside.append(place)
    return beside


def _box(place: Floats, scale: float) -> Box:
    digits = place[: finder.NOTHING]
    return Box(int(digits.argmax()), float(digits.max()), *(scale * place[finder.ROW :]).tolist())


def _verdict(answer: Floats, picture: Floats, boxes: tuple[Box, ...]) -> Reading:
    """Decide: one digit, several, or none; without boxes always a digit."""
    digits, none = answer[:10], float(answer[10:].sum())
    probabilities = tuple((digits / max(float(digits.sum()), 1e-12)).tolist())
    best, sure = int(digits.argmax()), float(digits.max())
    if boxes and sure < SURE:
        return Reading(None, 1 - sure, probabilities, none, "not a digit", picture, boxes)
    if len(boxes) > 1:
        several = ", ".join(str(box.digit) for box in sorted(boxes, key=lambda box: box.column))
        reason = f"{len(boxes)} digits ({several}), expected one"
        return Reading(None, sure, probabilities, none, reason, picture, boxes)
    return Reading(best, sure, probabilities, none, "", picture, boxes)
