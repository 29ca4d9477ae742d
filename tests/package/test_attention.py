"""Attention: by hand, and against Keras."""

import numpy as np
import pytest

from dlcourse.attention import attention
from dlcourse.errors import InputError

rng = np.random.default_rng(0)
Q, K, V = rng.normal(size=(3, 6, 4))


def test_two_words_by_hand():
    """Fits of 0 and ln 3, after the division by the root of d = 4."""
    result = attention([[2.0] * 4] * 2, [[0.0] * 4, [np.log(3) / 4] * 4], [[8.0], [4.0]])
    assert np.allclose(result.weights, [[0.25, 0.75]] * 2)
    assert np.allclose(result.output, 5)


@pytest.mark.parametrize("causal", [False, True])
def test_it_agrees_with_keras(causal):
    import keras

    Q_K_V = (array[np.newaxis, :, np.newaxis] for array in (Q, K, V))
    expected = keras.ops.dot_product_attention(*Q_K_V, is_causal=causal)
    assert np.allclose(attention(Q, K, V, causal=causal).output, expected[0, :, 0], atol=1e-5)


def test_nobody_looks_ahead_however_badly_the_earlier_words_fit():
    weights = attention([[3e5], [1]], [[-1e5], [1]], [[5], [7]], causal=True).weights
    assert np.allclose(weights, [[1, 0], [0, 1]])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((Q, K[:, :3], V), "keys"),
        ((Q, K, V[:5]), "values"),
        ((Q[0], K, V), "queries"),
    ],
)
def test_what_does_not_belong_together_is_refused(arguments, words):
    with pytest.raises(InputError, match=words):
        attention(*arguments)
