"""A small transformer in Keras that learns to continue a text.

`language_weights_file` keeps its weights; `dlcourse.transformer` runs the same network in NumPy.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import log_softmax

from dlcourse import argument_checks
from dlcourse.errors import InputError


def language_network(
    n_characters: int, *, context: int = 48, width: int = 88, n_heads: int = 4, n_blocks: int = 2
) -> Any:
    """Build a transformer that gives logits for the next character at each place of a text.

    `n_characters` is the size of the alphabet, `context` how many characters it can look back on,
    and `width`, a multiple of `n_heads`, the size of a character's vector. `n_heads` attentions
    stand side by side in each of `n_blocks` blocks. Input shape (n_samples, n), n at most
    `context`; output shape (n_samples, n, n_characters). Not compiled.
    """
    numbers = {"n_characters": n_characters, "context": context, "width": width}
    for name, value in (numbers | {"n_heads": n_heads, "n_blocks": n_blocks}).items():
        argument_checks.count(value, name, at_most=10_000)
    if width % n_heads:
        raise InputError(f"`width` must be a multiple of {n_heads}, `n_heads`: got {width}.")
    import keras  # noqa: PLC0415  (seconds to import)

    layers, ops = keras.layers, keras.ops
    characters = keras.Input((None,), dtype="int32", name="characters_before")
    places = ops.cumsum(ops.ones_like(characters), axis=1) - 1
    x = layers.Embedding(n_characters, width, name="characters")(characters)
    x = x + layers.Embedding(context, width, name="positions")(places)
    for k in range(1, n_blocks + 1):
        x = _block(layers, x, f"block_{k}", width=width, n_heads=n_heads)
    x = layers.LayerNormalization(epsilon=1e-5, name="norm")(x)
    return keras.Model(characters, layers.Dense(n_characters, name="logits")(x))


def _block(layers: Any, x: Any, name: str, *, width: int, n_heads: int) -> Any:
    """Add a block: attention with a shortcut past it, then two layers with another."""
    h = layers.LayerNormalization(epsilon=1e-5, name=f"{name}.norm_1")(x)
    heads = layers.MultiHeadAttention(n_heads, width // n_heads, name=f"{name}.heads")
    x = x + heads(h, h, use_causal_mask=True)
    h = layers.LayerNormalization(epsilon=1e-5, name=f"{name}.norm_2")(x)
    h = layers.Dense(4 * width, activation="relu", name=f"{name}.dense_1")(h)
    return x + layers.Dense(width, name=f"{name}.dense_2")(h)


def windows(
    codes: ArrayLike, *, context: int, n: int, seed: int
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Draw pieces of a text at random, each with the character that follows at each place.

    `codes` is the text as numbers, shape (n_characters,), longer than `context`, the length of a
    piece. `X` and `Y` have shape (n, context); ``Y[:, i]`` is the character after ``X[:, i]``.

    >>> X, Y = windows(range(9), context=3, n=2, seed=0)
    >>> bool((Y == X + 1).all())
    True
    """
    text = _text(codes, context)
    n = argument_checks.count(n, "n")
    starts = np.random.default_rng(argument_checks.seed(seed)).integers(0, len(text) - context, n)
    pieces = text[starts[:, np.newaxis] + np.arange(context + 1)]
    return pieces[:, :-1], pieces[:, 1:]


def _text(codes: ArrayLike, context: int) -> NDArray[np.int32]:
    """Check a text as numbers: it is longer than `context`."""
    text = argument_checks.labels(codes, "codes", "n_characters").astype(np.int32)
    if len(text) <= argument_checks.count(context, "context"):
        raise InputError(f"`codes` must hold more than {context} characters: got {len(text)}.")
    return text


def losses_in_bits(network: Any, codes: ArrayLike, *, context: int) -> NDArray[np.float64]:
    """Return the loss of each character of a text in bits, seen with what came before it.

    `network` is from `language_network`, `codes` the text as numbers, shape (n,), longer than
    `context`. What comes back has shape (n - 1,): −log₂ of the probability that the network gave to
    each character after the first. Each but the first few has between half of `context` and all of
    it before it.
    """
    text = _text(codes, context)
    half = max(1, context // 2)
    starts = [*range(0, len(text) - 1 - context, half), len(text) - 1 - context]
    pieces = np.array([text[start : start + context + 1] for start in starts])
    z = np.asarray(network.predict(pieces[:, :-1], batch_size=64, verbose=0), dtype=float)
    log_p = np.take_along_axis(log_softmax(z, axis=-1), pieces[:, 1:, np.newaxis], axis=-1)
    loss = -log_p[..., 0] / np.log(2)
    result = np.full(len(text) - 1, np.nan)
    for start, row in zip(starts, loss, strict=True):
        fresh = np.isnan(result[start : start + context])
        result[start : start + context][fresh] = row[fresh]
    return result
