"""Disturb digits, to measure how robust networks are.

Pictures that no network was trained on: `dlcourse.robust.unseen_pictures`.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from dlcourse import argument_checks


def noisy(X: NDArray[np.float32], *, seed: int = 0, spread: float = 0.2) -> NDArray[np.float32]:
    """Add normal noise with standard deviation `spread` to each pixel.

    `X` has shape (n_samples, height, width), values from 0 to 1; so has what comes back.
    """
    pictures = argument_checks.brightness(X, "X", "n_samples height width")
    spread = argument_checks.number(spread, "spread", at_least=0)
    noise = np.random.default_rng(argument_checks.seed(seed)).normal(0, spread, pictures.shape)
    return np.clip(pictures + noise, 0, 1).astype(np.float32)
