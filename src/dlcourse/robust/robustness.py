"""Measure how robust digit networks are: their scores on clean, inverted, shifted, noisy pictures.

Pictures have shape (n, 28, 28), with white ink on black unless the test says otherwise. They are
not corrected first, so that a test measures the network itself. Pictures that no network was
trained on: `dlcourse.robust.unseen_pictures`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dlcourse import argument_checks
from dlcourse.errors import InputError
from dlcourse.networks import inference
from dlcourse.networks.trained_network import TrainedNetwork

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
    starts = np.random.default_rng(argument_checks.seed(seed)).integers(0, 7, (len(X), 2))
    height, width = X.shape[1:]
    return np.stack(
        [p[i : i + height, j : j + width] for p, (i, j) in zip(padded, starts, strict=True)]
    )


def noisy(X: Pictures, *, seed: int = 0, spread: float = 0.2) -> Pictures:
    """Add normal noise with standard deviation `spread` to each pixel."""
    X = _pictures(X)
    spread = argument_checks.number(spread, "spread", at_least=0)
    noise = np.random.default_rng(argument_checks.seed(seed)).normal(0, spread, X.shape)
    return np.clip(X + noise, 0, 1).astype(np.float32)


def _pictures(X: Pictures) -> Pictures:
    return np.asarray(argument_checks.brightness(X, "X", "n_samples height width"))


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
    refuse_at = argument_checks.number(refuse_at, "refuse_at", at_least=0)
    probabilities = inference.probabilities(network, X)
    digits = probabilities[:, :10].argmax(axis=1)
    none = probabilities[:, 10:].sum(axis=1)
    return np.asarray(np.where(none >= refuse_at, -1, digits), dtype=np.int64)


def score(network: TrainedNetwork, X: Pictures, y: Sequence[int] | NDArray[np.int64]) -> Score:
    """Return a network's score; the label -1 is for a picture without a digit."""
    argument_checks.brightness(X, "X")
    labels = argument_checks.array(y, "y", "n_samples")
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
    for network in argument_checks.mapping(networks, "networks", of="networks").values():
        argument_checks.instance(network, "networks", TrainedNetwork)
    shown = {name: change(X) for name, change in CONDITIONS.items()}
    return {
        name: {condition: score(network, V, y) for condition, V in shown.items()}
        for name, network in networks.items()
    }
