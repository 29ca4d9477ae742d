"""Pictures that no network was trained on: other writers' digits, what is no digit, noise.

They have shape (n, 28, 28), with white ink on black.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from sklearn.datasets import load_digits

from dlcourse import argument_checks
from dlcourse.digits.mnist_form import to_mnist_form
from dlcourse.robust.not_digits import PLAIN_LETTERS
from dlcourse.robust.printed_text import font, printed

Pictures = NDArray[np.float32]


def other_hands() -> tuple[Pictures, NDArray[np.int64]]:
    """Return 1,797 digits by 13 other writers: `dlcourse.data.small_digits` in MNIST's form.

    No network is trained on them. Settings are chosen by some of them, and scored on others.
    """
    digits = load_digits()
    pictures = [
        to_mnist_form(
            np.asarray(Image.fromarray(small).resize((80, 80), Image.Resampling.BICUBIC)).clip(0, 1)
        )
        for small in (digits.images / 16).astype(np.float32)
    ]
    return np.stack(pictures), np.asarray(digits.target, dtype=np.int64)


def noisy(X: NDArray[np.float32], *, seed: int = 0, spread: float = 0.2) -> NDArray[np.float32]:
    """Add normal noise with standard deviation `spread` to each pixel.

    `X` has shape (n_samples, height, width), values from 0 to 1; so has what comes back.
    """
    pictures = argument_checks.brightness(X, "X", "n_samples height width")
    spread = argument_checks.number(spread, "spread", at_least=0)
    noise = np.random.default_rng(argument_checks.seed(seed)).normal(0, spread, pictures.shape)
    return np.clip(pictures + noise, 0, 1).astype(np.float32)


def unseen_no_digits(n: int = 400, *, seed: int = 1) -> dict[str, Pictures]:
    """Return pictures without a digit by kind, each of shape (n, 28, 28); none was trained on.

    Letters of fonts that the training did not use, mathematical signs, drawings made of arcs
    and rays, moiré patterns, and other kinds of noise. (The training set has letters, signs,
    shapes, textures and noise of its own, see `dlcourse.robust.not_digits`.)
    """
    n = argument_checks.count(n, "n", at_most=100_000)
    rng = np.random.default_rng(argument_checks.seed(seed))
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
    face = str(rng.choice(["cmmi10", "STIXGeneralBolIta", "DejaVuSansMono-BoldOblique", "cmb10"]))
    return to_mnist_form(printed(str(rng.choice(list(PLAIN_LETTERS))), font(face)))


def _sign(rng: np.random.Generator) -> Pictures:
    """Print a sign of STIX that the training does not have, and that does not look like a digit."""
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
