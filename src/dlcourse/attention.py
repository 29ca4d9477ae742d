"""Attention: each word takes from the words before it, from each as much as fits.

References
----------
A. Vaswani et al., *Attention is all you need*, NeurIPS 2017, equation 1 and section 3.2.3.
J. L. Ba, J. R. Kiros and G. E. Hinton, *Layer normalization*, 2016, equation 3.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dlcourse import validation
from dlcourse.activations import softmax
from dlcourse.errors import InputError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from dlcourse.validation import Floats


@dataclass(frozen=True, eq=False)
class Attention:
    """What each word takes away, and from where.

    Attributes
    ----------
    output
        Shape (n_words, n_values): sums of the values.
    weights
        Shape (n_words, n_words): how much each word (row) takes from each (column). Each row
        sums to 1.
    """

    output: Floats
    weights: Floats


def attention(
    queries: ArrayLike, keys: ArrayLike, values: ArrayLike, *, causal: bool = False
) -> Attention:
    """Let each word take from the others: softmax(Q Kᵀ / √d) V.

    Parameters
    ----------
    queries, keys
        What each word asks for and what it offers, shape (n_words, d) each.
    values
        What it hands over, shape (n_words, n_values).
    causal
        Whether a word may look at itself and the words before it only.

    Raises
    ------
    InputError
        If the shapes do not belong together.

    Examples
    --------
    The second word asks for what the first one offers:

    >>> result = attention([[0.0], [9.0]], [[1.0], [0.0]], [[5.0], [7.0]])
    >>> result.weights.round(2)
    array([[0.5, 0.5],
           [1. , 0. ]])
    >>> result.output.round(2)
    array([[6.],
           [5.]])
    """
    Q = validation.array(queries, "queries", "n_words d")
    K = validation.array(keys, "keys", "n_words d")
    V = validation.array(values, "values", "n_words n_values")
    validation.same_shape(Q, "queries", K, "keys")
    validation.same_length(K, "keys", V, "values")
    fit = Q @ K.T / np.sqrt(K.shape[1])
    if causal:
        fit = np.where(causal_mask(len(Q)), fit, -1e9)
    weights = softmax(fit)
    return Attention(weights @ V, weights)


def causal_mask(n_words: int) -> np.ndarray:
    """Return where each word (row) may look (column): at itself and at what came before.

    Examples
    --------
    >>> causal_mask(3).astype(int)
    array([[1, 0, 0],
           [1, 1, 0],
           [1, 1, 1]])
    """
    n_words = validation.count(n_words, "n_words", at_most=100_000)
    return np.tril(np.ones((n_words, n_words), dtype=bool))


def layer_normalise(x: ArrayLike, *, gamma: ArrayLike = 1.0, beta: ArrayLike = 0.0) -> Floats:
    """Bring each row to mean 0 and standard deviation 1, then scale and shift it.

    Unlike a batch normalisation it looks at one word at a time.

    Parameters
    ----------
    x
        Shape (n_words, n_features).
    gamma, beta
        The learned scale and shift, shape (n_features,) each.

    Raises
    ------
    InputError
        If gamma or beta does not fit `x`.

    Examples
    --------
    >>> layer_normalise([[1.0, 3.0]]).round(3)
    array([[-1.,  1.]])
    """
    rows = validation.array(x, "x", "n_words n_features")
    scale, shift = np.asarray(gamma, dtype=float), np.asarray(beta, dtype=float)
    for name, values in (("gamma", scale), ("beta", shift)):
        if values.shape not in {(), rows.shape[1:]}:
            raise InputError(
                f"`{name}` must hold {rows.shape[1]} numbers, one for each feature: "
                f"got shape {values.shape}."
            )
    centred = rows - rows.mean(axis=1, keepdims=True)
    spread = np.sqrt(rows.var(axis=1, keepdims=True) + 1e-5)  # keeps the division safe
    return np.asarray(scale * centred / spread + shift)
