"""Attention, one head: each word takes from the words before it, from each as much as fits.

Source: A. Vaswani et al., *Attention is all you need*, NeurIPS 2017, equation 1 and section 3.2.3.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from dlcourse import argument_checks
from dlcourse.activations import softmax
from dlcourse.argument_checks import Floats


@dataclass(frozen=True, eq=False)
class Attention:
    """What each word takes away, and from where.

    Each row of `output`, shape (n_words, n_values), is a sum of the values. The `weights`, shape
    (n_words, n_words), say how much each word (row) takes from each (column); each row sums to 1.
    """

    output: Floats
    weights: Floats


def attention(
    queries: ArrayLike, keys: ArrayLike, values: ArrayLike, *, causal: bool = False
) -> Attention:
    """Let each word take from the others: softmax(Q Kᵀ / √d) V.

    The `queries` and `keys` are what each word asks for and what it offers, shape (n_words, d)
    each; `values`, shape (n_words, n_values), are what it hands over. With `causal`, a word may
    look at itself and the words before it only.

    The second word asks for what the first one offers:

    >>> result = attention([[0.0], [9.0]], [[1.0], [0.0]], [[5.0], [7.0]])
    >>> result.weights.round(2)
    array([[0.5, 0.5],
           [1. , 0. ]])
    >>> result.output.round(2)
    array([[6.],
           [5.]])
    """
    Q = argument_checks.array(queries, "queries", "n_words d")
    K = argument_checks.array(keys, "keys", "n_words d")
    V = argument_checks.array(values, "values", "n_words n_values")
    argument_checks.same_shape(Q, "queries", K, "keys")
    argument_checks.same_length(K, "keys", V, "values")
    fit = Q @ K.T / np.sqrt(K.shape[1])
    if causal:
        fit = np.where(np.tri(len(Q), dtype=bool), fit, fit.min() - abs(fit.min()) - 1e3)
    weights = softmax(fit)
    return Attention(weights @ V, weights)
