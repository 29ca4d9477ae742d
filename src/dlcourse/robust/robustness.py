"""Measure how robust digit networks are: their scores on inverted, shifted, noisy pictures.

Pictures have shape (n, 28, 28), with white ink on black unless the test says otherwise. They are
not corrected first, so that a test measures the network itself. Pictures that no network was
trained on: `dlcourse.robust.unseen_pictures`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dlcourse import argument_checks
from dlcourse.networks import inference
from dlcourse.networks.trained_network import TrainedNetwork

Pictures = NDArray[np.float32]


@dataclass(frozen=True)
class Score:
    """The result of a network in one test.

    Attributes
    ----------
    right
        The share read correctly; a refused digit does not count.
    refused
        The share refused; 0 for a network that cannot refuse.
    """

    right: float
    refused: float


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


def score(network: TrainedNetwork, X: Pictures, y: Sequence[int] | NDArray[np.int64]) -> Score:
    """Return a network's score; the label -1 is for a picture without a digit.

    A picture is refused if "none of these" has at least a probability of a half.

    Parameters
    ----------
    X
        Shape (n_samples, 28, 28), values from 0 to 1.
    y
        Shape (n_samples,).
    """
    probabilities = inference.probabilities(network, argument_checks.brightness(X, "X"))
    labels = argument_checks.array(y, "y", "n_samples")
    argument_checks.same_length(probabilities, "X", labels, "y")
    refused = probabilities[:, 10:].sum(axis=1) >= 0.5
    answers = np.where(refused, -1, probabilities[:, :10].argmax(axis=1))
    return Score(float((answers == labels).mean()), float(refused.mean()))
