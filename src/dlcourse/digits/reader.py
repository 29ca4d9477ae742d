"""Read pictures with the networks that come with the package; no TensorFlow needed.

>>> from dlcourse.data import own_digits
>>> read(own_digits.path("white_on_black")).digit
3
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from dlcourse import validation
from dlcourse.digits import closer, load_picture, preparation
from dlcourse.errors import InputError
from dlcourse.networks import inference, pretrained, weights_file

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator

    from numpy.typing import ArrayLike, NDArray

    from dlcourse.networks.weights_file import TrainedNetwork

#: A picture is refused if the network gives "none" at least this probability, or finds it
#: likelier than any digit.
REFUSE_AT = 0.5
#: … or if no digit has at least this share of the ten digits' probability.
LEAST_SURE = 0.45
#: … or if ink and paper are not of one shade each, as in a photo of something else. Of the digits
#: of ``benchmarks._held_out``'s tuning half, 99 in 100 lie below; our own pictures had no say.
UNTIDY = 0.35
#: The second-best way to see ink in a picture must convince the network more than the best.
SURE = 0.97
#: A digit that the network gives no more than this probability is looked at once more.
DOUBTFUL = 0.7
#: What gaps look like: between the legs of a dog, in the eye of a zero.
GAPS = (0, 1)


@dataclass(frozen=True)
class Reading:
    """What a network says about a picture.

    Attributes
    ----------
    digit
        0 to 9, or None if the picture is refused.
    confidence
        The probability that the network gives its verdict, digit or none.
    probabilities
        Of the ten digits, given that it is a digit; they sum to one.
    none
        The probability of "none of these"; 0 for a network that has no such answer.
    reason
        Why the picture was refused; empty if it was read.
    picture
        What the network was shown, (28, 28).
    """

    digit: int | None
    confidence: float
    probabilities: tuple[float, ...]
    none: float
    reason: str
    picture: NDArray[np.float32]


@cache
def _network(name: str) -> TrainedNetwork:
    return pretrained.load(name)


def read(picture: str | os.PathLike[str] | bytes, *, network: str = "robust") -> Reading:
    """Read the digit in a picture file.

    Parameters
    ----------
    picture
        Path of a picture, or the bytes of one (see `dlcourse.digits.load_picture`).
    network
        "plain", "inverted" or "robust". The first two cannot refuse; the robust one can.

    Raises
    ------
    DataError
        If the file cannot be read; it is named.
    InputError
        If there is no such network, or `picture` is neither a path nor bytes.
    """
    trained = _network(validation.choice(network, "network", pretrained.NAMES))
    return read_grey(load_picture.load_grey(picture), network=trained)


def read_grey(grey: ArrayLike, *, network: TrainedNetwork) -> Reading:
    """Read the digit in shades of grey, shape (height, width), 0 black to 1 white."""
    network = validation.instance(network, "network", weights_file.TrainedNetwork)
    grey = validation.brightness(grey, "grey", "height width")
    found = preparation.candidates(grey)
    reading = _read(found, network) if found else _blank(network)
    is_sure = reading.digit is not None and reading.confidence >= DOUBTFUL
    doubtful = network.n_classes > 10 and not is_sure
    if doubtful or not found:
        for look in _second_looks(grey, found):
            second = judge(network, look.picture)
            if _is_tidy_sign(look) and second.digit is not None and second.confidence >= SURE:
                return second
    return reading


def _second_looks(
    grey: ArrayLike, found: tuple[preparation.Prepared, ...]
) -> Iterator[preparation.Prepared]:
    """Look again at what was refused; two signs remain two, unless they are hardly apart."""
    for prepared in found:
        for look in (closer.as_one, closer.without_things_beside):
            again = look(prepared)
            if again is not None:
                yield again
    if not found or found[0].n_signs == 1:
        for closer_look in closer.closer_looks(grey):
            if not any(preparation.is_gap(closer_look, other) for other in found):
                yield closer_look


def _read(found: tuple[preparation.Prepared, ...], network: TrainedNetwork) -> Reading:
    """Read the best way to see ink in a picture; if it is refused, the next ones."""
    best, *others = _without_plates(found, network)
    reading = judge(network, best.picture)
    if best.n_signs > 1:
        reading = _refused(reading, f"{best.n_signs} signs side by side, expected one digit")
    elif network.n_classes > 10 and best.untidiness > UNTIDY:
        reading = _refused(reading, "no digit: not ink of one shade on paper of another")
    elif network.n_classes > 10:
        reading = _seen_better(best, found, network) or reading
    if reading.digit is None:
        for other in others:
            second = judge(network, other.picture)
            is_sign = _is_tidy_sign(other) and not preparation.is_hole(other, best)
            if best.n_signs > 1 and preparation.is_part(other, best):
                continue  # two signs remain two signs, though one of them be seen alone
            if second.digit in GAPS and preparation.is_gap(other, best):
                continue
            if _seen_better(other, found, network):
                continue
            if is_sign and second.digit is not None and second.confidence >= SURE:
                return second
    return reading


def _seen_better(
    prepared: preparation.Prepared, found: tuple[preparation.Prepared, ...], network: TrainedNetwork
) -> Reading | None:
    """Read the same ink where it is seen far better, and give what was said if it is no digit."""
    tidier = next((other for other in found if _is_tidier(other, prepared)), None)
    reading = None if tidier is None else judge(network, tidier.picture)
    return reading if reading is not None and reading.digit is None else None


def _is_tidier(one: preparation.Prepared, other: preparation.Prepared) -> bool:
    """Whether `one` is the same ink, seen far better: a disc of which the other has the rim."""
    same = one.dark_ink == other.dark_ink and preparation.is_part(other, one)
    return same and other.untidiness > preparation.TIDY and one.untidiness < other.untidiness / 2


def _is_tidy_sign(prepared: preparation.Prepared) -> bool:
    return prepared.n_signs == 1 and prepared.untidiness <= UNTIDY


def _without_plates(
    found: tuple[preparation.Prepared, ...], network: TrainedNetwork
) -> list[preparation.Prepared]:
    """Leave out what is only the plate around a sign of which the network is sure.

    The sign itself comes first then. The eye of a digit looks like a zero or a one, so these
    two prove no plate if they fill it; and the eyes of several digits none at all.
    """

    def is_sign(inner: preparation.Prepared, outer: preparation.Prepared) -> bool:
        if not (_is_tidy_sign(inner) and preparation.lies_within(inner, outer)):
            return False
        if outer.n_signs > 1 and preparation.is_part(inner, outer):
            return False
        said = judge(network, inner.picture)
        if said.digit is None or said.confidence < SURE:
            return False
        return said.digit not in GAPS or not preparation.fills(inner, outer)

    if network.n_classes == 10:
        return list(found)
    proofs = [[is_sign(inner, outer) for outer in found] for inner in found]
    plates = [any(column) for column in zip(*proofs, strict=True)]
    # Were each within another, none of them would be the plate.
    kept = [i for i, is_plate in enumerate(plates) if not is_plate] or range(len(found))
    return [found[i] for i in sorted(kept, key=lambda i: not any(proofs[i]))]


def judge(network: TrainedNetwork, picture: ArrayLike) -> Reading:
    """Run a picture that is in MNIST's form, (28, 28), through a network, and give a verdict."""
    picture = validation.brightness(picture, "picture", "28 28").astype(np.float32)
    if picture.shape != (28, 28):
        raise InputError(f"`picture` must have shape (28, 28): got {picture.shape}.")
    answers = inference.probabilities(network, picture[np.newaxis])[0].astype(float)
    none = float(answers[10:].sum())
    ten = answers[:10] / max(float(answers[:10].sum()), 1e-12)
    digit: int | None = int(ten.argmax())
    reason = ""
    confidence = float(answers[:10].max())
    if none >= REFUSE_AT or none > confidence:
        digit, confidence, reason = None, none, "no digit: the network answers none of these"
    elif network.n_classes > 10 and ten.max() < LEAST_SURE:
        digit, confidence = None, 1 - confidence
        reason = "no digit: the network cannot decide between several"
    return Reading(digit, confidence, tuple(float(p) for p in ten), none, reason, picture)


def _refused(reading: Reading, reason: str) -> Reading:
    """Refuse what the network may have read."""
    return Reading(None, 1.0, reading.probabilities, reading.none, reason, reading.picture)


def _blank(network: TrainedNetwork) -> Reading:
    """Give the verdict on a picture without ink."""
    reading = judge(network, np.zeros((28, 28), np.float32))
    return _refused(reading, "blank: no ink stands out from the paper")
