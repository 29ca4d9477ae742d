"""A small language model forward in plain NumPy: embeddings, blocks of attention, logits.

Its weights are a mapping of names to arrays, as `dlcourse.networks.language_weights_file` has them:
``characters`` (n_characters, width), ``positions`` (context, width); for each block ``block_1.…``
the two normalisations ``norm_1`` and ``norm_2`` (``.gamma``, ``.beta``), the heads' ``query``,
``key`` and ``value`` (``.kernel`` of shape (width, n_heads, d), ``.bias``), ``output``
(``.kernel`` of shape (n_heads, d, width)), and ``dense_1`` and ``dense_2``; at the end ``norm``
and ``logits``.

Source: A. Radford et al., *Language models are unsupervised multitask learners*, 2019, section 2.3:
a normalisation at the input of each half block, and one at the end. J. L. Ba, J. R. Kiros and G. E.
Hinton, *Layer normalization*, 2016, equation 3.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dlcourse import argument_checks
from dlcourse.activations import relu, softmax
from dlcourse.argument_checks import Floats
from dlcourse.attention import attention
from dlcourse.errors import InputError

Weights = Mapping[str, NDArray[np.float32]]


@dataclass(frozen=True, eq=False)
class Forward:
    """What the network says at each place of a text, and where it looks.

    The `logits`, shape (n, n_characters), are for the character that comes next; ``attention``,
    shape (n_blocks, n_heads, n, n), is how much each place (row) takes from each (column).
    """

    logits: Floats
    attention: Floats


def forward(weights: Weights, codes: ArrayLike) -> Forward:
    """Run a text, numbers of characters of shape (n,), through the network.

    At most as many characters as the network has positions. The `weights` are as the module's text
    says.
    """
    table, positions = weights["characters"], weights["positions"]
    labels = argument_checks.labels(codes, "codes", "n", n_classes=len(table))
    if len(labels) > len(positions):
        raise InputError(
            f"`codes` must hold at most {len(positions)} characters: got {len(labels)}. "
            "Take the last ones."
        )
    x = (table[labels] + positions[: len(labels)]).astype(np.float64)
    looks = []
    n_blocks = sum(name.endswith(".query.kernel") for name in weights)
    for k in range(1, n_blocks + 1):
        x, look = _block(weights, x, f"block_{k}")
        looks.append(look)
    x = _normalise(weights, "norm", x)
    return Forward(_dense(weights, "logits", x), np.array(looks))


def _block(weights: Weights, x: Floats, name: str) -> tuple[Floats, Floats]:
    """Run one block: attention with a shortcut past it, then two layers with another."""
    output, looks = _heads(weights, _normalise(weights, f"{name}.norm_1", x), name)
    x = x + output
    hidden = relu(_dense(weights, f"{name}.dense_1", _normalise(weights, f"{name}.norm_2", x)))
    return x + _dense(weights, f"{name}.dense_2", hidden), looks


def _heads(weights: Weights, x: Floats, name: str) -> tuple[Floats, Floats]:
    """Let several attentions look side by side, and add up what they bring."""
    Q, K, V = (
        np.einsum("nw,whd->hnd", x, weights[f"{name}.{part}.kernel"])
        + weights[f"{name}.{part}.bias"][:, np.newaxis]
        for part in ("query", "key", "value")
    )
    results = [attention(q, k, v, causal=True) for q, k, v in zip(Q, K, V, strict=True)]
    kernel = weights[f"{name}.output.kernel"]
    brought = [result.output @ W for result, W in zip(results, kernel, strict=True)]
    output = np.sum(brought, axis=0) + weights[f"{name}.output.bias"]
    return output, np.array([result.weights for result in results])


def _normalise(weights: Weights, name: str, x: Floats) -> Floats:
    """Bring each row, one character's, to mean 0 and deviation 1, then scale and shift it."""
    centred = x - x.mean(axis=1, keepdims=True)
    spread = np.sqrt(x.var(axis=1, keepdims=True) + 1e-5)  # keeps the division safe
    return np.asarray(weights[f"{name}.gamma"] * centred / spread + weights[f"{name}.beta"])


def _dense(weights: Weights, name: str, x: Floats) -> Floats:
    return np.asarray(x @ weights[f"{name}.kernel"] + weights[f"{name}.bias"])


def continue_text(
    weights: Weights, codes: ArrayLike, n: int, *, temperature: float, rng: np.random.Generator
) -> list[int]:
    """Continue a text by `n` characters, each drawn by its probability.

    `codes` are its beginning, numbers of shape (n_before,), not empty. The `temperature` divides
    the logits: below 1 the likely characters become likelier; 0, and what is next to it, always
    takes the likeliest.
    """
    text = list(
        argument_checks.labels(codes, "codes", "n_before", n_classes=len(weights["characters"]))
    )
    n = argument_checks.count(n, "n", at_least=0, at_most=100_000)
    temperature = argument_checks.number(temperature, "temperature", at_least=0)
    context, start = len(weights["positions"]), len(text)
    for _ in range(n):
        z = forward(weights, np.array(text[-context:])).logits[-1]
        if temperature < 1e-6:
            text.append(int(z.argmax()))
        else:
            p = softmax(z / temperature)
            text.append(int(rng.choice(len(p), p=p / p.sum())))
    return [int(code) for code in text[start:]]
