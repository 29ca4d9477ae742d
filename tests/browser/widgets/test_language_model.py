"""The language model: its mathematics against the package's, and itself in a real browser."""

import re

import numpy as np
import pytest
from cores import evaluate, javascript
from figures import press, result
from playwright.sync_api import expect

from dlcourse import transformer
from dlcourse.networks import language_network, language_weights_file
from dlcourse.networks.seeding import seed_everything

CORE = "language-model/transformer.mjs"
ALPHABET = "abcdefghi \n"
CODES = np.random.default_rng(0).integers(0, 11, 30)


@pytest.fixture(scope="module")
def network():
    seed_everything(0)
    network = language_network.language_network(11, context=16, width=12, n_heads=3, n_blocks=2)
    rng = np.random.default_rng(1)
    # The file has 16 bits, so Keras gets what they hold.
    halves = [rng.normal(scale=0.4, size=w.shape).astype(np.float16) for w in network.get_weights()]
    network.set_weights([w.astype(np.float32) for w in halves])
    return network


RUN = """
import { encode, forward, readLanguage } from "~/language-model/transformer.mjs";
export function run(data, codes, text) {
  const network = readLanguage(data);
  return { ...forward(network, codes), codes: encode(network, text) };
}
"""


@pytest.fixture(scope="module")
def run(network):
    """The core, with a network that it has read from the file."""
    data = language_weights_file.to_bytes(network, alphabet=ALPHABET)
    return lambda codes, text="": javascript(RUN, data, codes, text)


@pytest.mark.parametrize("n", [1, 7, 16])
def test_it_computes_what_numpy_computes_which_is_what_keras_does(network, run, n):
    expected = transformer.forward(language_weights_file.weights_of(network), CODES[:n])
    ours = run(CODES[:n])
    assert np.allclose(ours["logits"], expected.logits[-1], atol=1e-4)
    assert np.allclose(ours["attention"], expected.attention[:, :, -1], atol=1e-5)


def test_of_a_long_text_it_takes_the_end_and_of_characters_those_that_it_knows(run):
    long, end = (run(codes, "aßb\n") for codes in (CODES, CODES[-16:]))
    assert long == end
    assert long["codes"] == [0, 1, 10]


def test_temperature_and_draw():
    z = [2.0, 1.0, 0.0]
    calls = [(CORE, "withTemperature", [z, t]) for t in (0, 0.5, 1)]
    calls += [(CORE, "draw", [[0.2, 0.5, 0.3], u]) for u in (0, 0.19, 0.21, 0.69, 0.71, 1)]
    cold, sharp, plain, *drawn = evaluate(calls)
    assert cold == [1, 0, 0]
    for values, t in ((sharp, 0.5), (plain, 1)):
        powers = np.exp(np.array(z) / t)
        assert np.allclose(values, powers / powers.sum())
    assert drawn == [0, 0, 1, 1, 2, 2]


def test_the_language_model_continues_what_is_typed(open_figure):
    figure = open_figure("language-model")
    text = figure.locator("textarea")
    text.fill("")
    result(figure, "Type a letter")
    assert figure.get_by_role("button", name="One letter").is_disabled()
    text.fill("A neuron")
    result(figure, r"Likeliest: .+, \d+ %. It looks most at")
    assert figure.locator(".looks mark").count() == len("A neuron")
    text.fill("Aж neuron")
    result(figure, "left out: ж. Likeliest")
    text.fill("A neuron")
    press(figure, "One letter")
    expect(text).to_have_value(re.compile(r"^A neuron[\s\S]$"))
    figure.get_by_role("slider").fill("0")
    press(figure, "40 letters")
    expect(text).to_have_value(re.compile(r"^A neuron[\s\S]{41}$"), timeout=15_000)
    assert figure.locator(".looks mark").count() == 48
