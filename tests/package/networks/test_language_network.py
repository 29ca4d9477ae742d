"""The language model: NumPy against Keras, the file, the pieces of text."""

import numpy as np
import pytest

from dlcourse import transformer
from dlcourse.data import course_text
from dlcourse.errors import InputError
from dlcourse.networks import language_network, language_weights_file
from dlcourse.networks.seeding import seed_everything

CODES = np.random.default_rng(0).integers(0, 11, 60).astype(np.int32)


@pytest.fixture(scope="module")
def network():
    seed_everything(0)
    network = language_network.language_network(11, context=16, width=12, n_heads=3, n_blocks=2)
    rng = np.random.default_rng(1)
    network.set_weights([rng.normal(scale=0.4, size=w.shape) for w in network.get_weights()])
    return network


@pytest.fixture(scope="module")
def weights(network):
    return language_weights_file.weights_of(network)


@pytest.mark.parametrize("n", [1, 5, 16])
def test_numpy_and_keras_agree(network, weights, n):
    expected = np.asarray(network(CODES[np.newaxis, :n]))[0]
    assert np.allclose(transformer.forward(weights, CODES[:n]).logits, expected, atol=1e-4)


def test_attention_agrees_with_keras(network, weights):
    heads = network.get_layer("block_1.heads")
    x = weights["characters"][CODES[:9]] + weights["positions"][:9]
    h = np.asarray(network.get_layer("block_1.norm_1")(x[np.newaxis]))
    _, looks = heads(h, h, use_causal_mask=True, return_attention_scores=True)
    attention = transformer.forward(weights, CODES[:9]).attention
    assert attention.shape == (2, 3, 9, 9)
    assert np.allclose(attention[0], looks[0], atol=1e-5)


def test_the_file_keeps_three_digits(weights, network):
    from safetensors.numpy import load

    data = language_weights_file.to_bytes(network, alphabet="abcdefghij ")
    assert b"abcdefghij " in data
    back = load(data)
    assert set(back) == set(weights)
    assert all(np.allclose(back[name], weights[name], rtol=1e-3, atol=1e-4) for name in weights)
    assert data == language_weights_file.to_bytes(network, alphabet="abcdefghij ")


def test_another_alphabet_is_refused(network):
    with pytest.raises(InputError, match="11 characters"):
        language_weights_file.to_bytes(network, alphabet="abc")


def test_bits_look_back_at_least_half_the_context(network, weights):
    losses = language_network.losses_in_bits(network, CODES, context=16)
    assert losses.shape == (59,)
    for i in (0, 5, 30, 58):
        given = [
            transformer.forward(weights, CODES[start : i + 1]).logits[-1]
            for start in range(max(0, i - 15), max(0, i - 7) + 1)
        ]
        by_hand = [np.log2(np.exp(z - z[CODES[i + 1]]).sum()) for z in given]
        assert np.isclose(losses[i], by_hand, atol=1e-4).any()


def test_bits_of_too_short_a_text_are_refused_and_one_character_is_context_enough(network):
    with pytest.raises(InputError, match="more than 8 characters: got 5"):
        language_network.losses_in_bits(network, CODES[:5], context=8)
    assert language_network.losses_in_bits(network, CODES[:9], context=1).shape == (8,)


def test_windows_are_pieces_of_the_text():
    X, Y = language_network.windows(CODES, context=7, n=50, seed=0)
    text = CODES.tolist()
    pieces = {tuple(text[i : i + 8]) for i in range(53)}
    assert {(*x, y[-1]) for x, y in zip(X.tolist(), Y.tolist(), strict=True)} <= pieces
    with pytest.raises(InputError, match="more than 60"):
        language_network.windows(CODES, context=60, n=1, seed=0)


def test_temperature_zero_takes_the_likeliest_and_high_ones_wander(weights):
    rng = np.random.default_rng(0)
    greedy = transformer.continue_text(weights, CODES[:3], 20, temperature=0, rng=rng)
    first = transformer.forward(weights, CODES[:3]).logits[-1].argmax()
    assert greedy[0] == first
    assert greedy == transformer.continue_text(weights, CODES[:3], 20, temperature=0, rng=rng)
    wild = transformer.continue_text(weights, CODES[:3], 200, temperature=50, rng=rng)
    assert len(set(wild)) == 11


def test_too_long_a_text_is_refused(weights):
    with pytest.raises(InputError, match="at most 16"):
        transformer.forward(weights, CODES[:17])
    with pytest.raises(InputError, match="multiple"):
        language_network.language_network(11, width=10, n_heads=3)


def test_the_book_is_cut_into_three_parts_in_order():
    book = course_text.load()
    whole = np.concatenate([book.training, book.validation, book.test])
    text = book.decode(whole)
    assert len(text) > 100_000
    assert np.array_equal(book.encode(text[:500]), whole[:500])
    assert 8.9 < len(text) / len(book.test) < 11.1
    with pytest.raises(InputError, match="alphabet"):
        book.encode("ß")
