"""Test how robust digit networks are: inverted, shifted, noisy, other writers, no digits.

No network was trained on the pictures of a test. They have shape (n, 28, 28), with white ink on
black unless the test says otherwise. They are not corrected first, so that a test measures the
network itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dlcourse import validation
from dlcourse.digits.mnist_form import to_mnist_form
from dlcourse.errors import InputError
from dlcourse.networks import inference
from dlcourse.networks.trained_network import TrainedNetwork

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    Pictures = NDArray[np.float32]


@dataclass(frozen=True)
class Score:
    """The result of a network in one test.

    Attributes
    ----------
    n_samples
        How many pictures the test has.
    right
        The share read correctly; a refused digit does not count.
    refused
        The share refused; 0 for a network that cannot refuse.
    """

    n_samples: int
    right: float
    refused: float


def clean(X: Pictures) -> Pictures:
    """Return the pictures unchanged."""
    return _pictures(X)


def inverted(X: Pictures) -> Pictures:
    """Exchange black and white."""
    return 1 - _pictures(X)


def shifted(X: Pictures, *, seed: int = 0) -> Pictures:
    """Shift each picture by up to 3 pixels in each direction; cut off what leaves it."""
    X = _pictures(X)
    padded = np.pad(X, ((0, 0), (3, 3), (3, 3)))
    starts = np.random.default_rng(validation.seed(seed)).integers(0, 7, (len(X), 2))
    height, width = X.shape[1:]
    return np.stack(
        [p[i : i + height, j : j + width] for p, (i, j) in zip(padded, starts, strict=True)]
    )


def noisy(X: Pictures, *, seed: int = 0, spread: float = 0.2) -> Pictures:
    """Add normal noise with standard deviation `spread` to each pixel."""
    X = _pictures(X)
    spread = validation.number(spread, "spread", at_least=0)
    noise = np.random.default_rng(validation.seed(seed)).normal(0, spread, X.shape)
    return np.clip(X + noise, 0, 1).astype(np.float32)


def _pictures(X: Pictures) -> Pictures:
    return np.asarray(validation.brightness(X, "X", "n_samples height width"))


#: What is done to a test set before a network sees it.
CONDITIONS: Mapping[str, Callable[[Pictures], Pictures]] = {
    "clean": clean,
    "inverted": inverted,
    "shifted": shifted,
    "noisy": noisy,
}


def answers(network: TrainedNetwork, X: Pictures, *, refuse_at: float = 0.5) -> NDArray[np.int64]:
    """Return a network's answers: 0 to 9, or -1 for a picture that it refuses.

    Parameters
    ----------
    X
        Shape (n_samples, 28, 28), values from 0 to 1.
    refuse_at
        A picture is refused if "none of these" has at least this probability.
    """
    refuse_at = validation.number(refuse_at, "refuse_at", at_least=0)
    probabilities = inference.probabilities(network, X)
    digits = probabilities[:, :10].argmax(axis=1)
    none = probabilities[:, 10:].sum(axis=1)
    return np.asarray(np.where(none >= refuse_at, -1, digits), dtype=np.int64)


def score(network: TrainedNetwork, X: Pictures, y: Sequence[int] | NDArray[np.int64]) -> Score:
    """Return a network's score; the label -1 is for a picture without a digit."""
    validation.brightness(X, "X")
    labels = validation.array(y, "y", "n_samples")
    wrong = labels[~np.isin(labels, range(-1, 10))]
    if wrong.size:
        raise InputError(f"`y` must hold digits, or -1 for none: got {wrong[0]:g}.")
    predictions = answers(network, X)
    if len(predictions) != len(labels):
        raise InputError(
            f"`y` must hold a label for each of {len(predictions)} pictures: got {len(labels)}."
        )
    return Score(
        len(predictions), float((predictions == labels).mean()), float((predictions == -1).mean())
    )


def compare(
    networks: Mapping[str, TrainedNetwork],
    X: Pictures,
    y: Sequence[int] | NDArray[np.int64],
) -> dict[str, dict[str, Score]]:
    """Return the scores of several networks under each of `CONDITIONS`.

    Returns
    -------
    dict
        By network, then by condition.
    """
    for network in validation.mapping(networks, "networks", of="networks").values():
        validation.instance(network, "networks", TrainedNetwork)
    shown = {name: change(X) for name, change in CONDITIONS.items()}
    return {
        name: {condition: score(network, V, y) for condition, V in shown.items()}
        for name, network in networks.items()
    }


def other_hands(*, in_mnist_form: bool = True) -> tuple[Pictures, NDArray[np.int64]]:
    """Return 1,797 digits by 13 other writers: scikit-learn's ``load_digits``, enlarged.

    No network is trained on them. Settings are chosen by some of them, and scored on others.

    Parameters
    ----------
    in_mnist_form
        Whether each is enlarged and then brought to MNIST's form, or only enlarged to 28 by 28,
        so that it reaches from edge to edge.

    References
    ----------
    E. Alpaydin and C. Kaynak, *Optical recognition of handwritten digits*, UCI Machine
    Learning Repository, 1998.
    """
    from PIL import Image  # noqa: PLC0415
    from sklearn.datasets import load_digits  # noqa: PLC0415

    digits = load_digits()
    side = 80 if in_mnist_form else 28
    large = [
        np.asarray(
            Image.fromarray((small / 16).astype(np.float32)).resize(
                (side, side), Image.Resampling.BICUBIC
            )
        ).clip(0, 1)
        for small in digits.images
    ]
    pictures = [to_mnist_form(ink) for ink in large] if in_mnist_form else large
    return np.stack(pictures).astype(np.float32), np.asarray(digits.target, dtype=np.int64)


def unseen_no_digits(n: int = 400, *, seed: int = 1) -> dict[str, Pictures]:
    """Return pictures without a digit, of kinds that no network was trained on, by kind.

    Letters of fonts that the training did not use, mathematical signs, drawings made of arcs
    and rays, moiré patterns, and other kinds of noise. (The training set has letters, signs,
    shapes, textures and noise of its own, see `dlcourse.robust.not_digits`.)

    Returns
    -------
    dict of ndarray of shape (n, 28, 28)
    """
    n = validation.count(n, "n", at_most=100_000)
    rng = np.random.default_rng(validation.seed(seed))
    makers = {
        "letters": _letter,
        "signs": _sign,
        "drawings": _drawing,
        "patterns": _pattern,
        "noise": _noise,
    }
    return {
        name: np.stack([make(rng) for _ in range(n)]).astype(np.float32)
        for name, make in makers.items()
    }


def _letter(rng: np.random.Generator) -> Pictures:
    """Print a letter in a font that no letter of the training was printed in."""
    from dlcourse.robust.fonts import font, printed  # noqa: PLC0415
    from dlcourse.robust.not_digits import PLAIN_LETTERS  # noqa: PLC0415

    face = str(rng.choice(["cmmi10", "STIXGeneralBolIta", "DejaVuSansMono-BoldOblique", "cmb10"]))
    return to_mnist_form(printed(str(rng.choice(list(PLAIN_LETTERS))), font(face)))


def _sign(rng: np.random.Generator) -> Pictures:
    """Print a sign of STIX that the training does not have, and that does not look like a digit."""
    from dlcourse.robust.fonts import font, printed  # noqa: PLC0415

    signs = "∀∐∓∗∝∠∧∨∬∮∴∵∼≃≅≡≢≪≫≮≺≻⊆⊇⊎⊓⊔⊞⊟⊠⊥⊨⋈⋆⋉⋊⌈⌋⟨⟶♮♯⚥"  # noqa: RUF001
    return to_mnist_form(printed(str(rng.choice(list(signs))), font("STIXGeneral")))


def _drawing(rng: np.random.Generator) -> Pictures:
    """Draw a sun, a flower, a wheel or a fish from rays and petals, in polar coordinates."""
    v, u = np.mgrid[-1:1:64j, -1:1:64j]
    radius, angle = np.hypot(u, v), np.arctan2(v, u)
    n, turn = int(rng.integers(3, 9)), rng.uniform(0, 6)
    motif = rng.integers(4)
    petals = 0.55 + 0.4 * np.cos(n * angle + turn)
    if motif == 0:
        ink = radius < petals
    elif motif == 1:
        rays = (np.cos(n * angle + turn) > 0.6) & (radius > 0.45) & (radius < 0.95)
        ink = (radius < 0.35) | rays
    elif motif == 2:
        spokes = (np.abs(np.sin(n * angle / 2 + turn)) < 0.2) & (radius < 0.85)
        ink = spokes | (np.abs(radius - 0.85) < 0.1)
    else:
        belly = (u / 0.65) ** 2 + (v / rng.uniform(0.3, 0.5)) ** 2 < 1
        ink = belly | ((u > 0.5) & (np.abs(v) < (u - 0.4)) & (u < 0.98))
        ink = ink & ~(np.hypot(u + 0.35, v + 0.1) < 0.08)
    return to_mnist_form(ink.astype(np.float32))


def _pattern(rng: np.random.Generator) -> Pictures:
    """Lay two wave patterns over each other."""
    v, u = np.mgrid[:28, :28] / 28
    waves = [
        np.sin(2 * np.pi * (rng.uniform(-7, 7) * u + rng.uniform(-7, 7) * v) + rng.uniform(0, 6))
        for _ in range(2)
    ]
    return np.asarray((waves[0] * waves[1] + 1) / 2, dtype=np.float32)


def _noise(rng: np.random.Generator) -> Pictures:
    """Scatter salt and pepper, or walk at random along the rows."""
    if rng.random() < 0.5:
        return (rng.random((28, 28)) < rng.uniform(0.1, 0.9)).astype(np.float32)
    walk = rng.normal(size=(28, 28)).cumsum(axis=int(rng.integers(2)))
    return np.asarray((walk - walk.min()) / np.ptp(walk), dtype=np.float32)
