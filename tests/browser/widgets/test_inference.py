"""Any trained network runs in JavaScript as it does in the package."""

import numpy as np
import pytest
from cores import each, javascript, random_network

from dlcourse.activations import softmax
from dlcourse.networks import inference
from dlcourse.networks.weights_file import to_bytes

PREDICT = """
import { readNetwork } from "~/inference/weights-file.mjs";
import { predict } from "~/inference/network.mjs";
export const run = (file, X) => X.map((x) => predict(readNetwork(file), x.flat()));
"""


@pytest.mark.parametrize("dtype", ["float16", "float32"])
def test_any_network_of_the_format_runs_as_in_the_package(dtype):
    rng = np.random.default_rng(5)
    network = random_network(rng)
    X = rng.random((4, 28, 28), dtype=np.float32)
    answers = javascript(PREDICT, to_bytes(network, dtype=dtype), X)
    np.testing.assert_allclose(answers, inference.probabilities(network, X), atol=1e-5)


def test_half_precision_numbers_are_read_exactly():
    bits = np.arange(0, 2**16, 37, dtype=np.uint16)
    values = bits.view(np.float16).astype(float)
    bits, values = bits[np.isfinite(values)], values[np.isfinite(values)]
    assert each("inference/weights-file.mjs", "fromHalf", *bits[:, None]) == values.tolist()


def test_softmax_of_large_logits_is_stable():
    z = np.array([1000.0, 999.0, -1000.0])
    np.testing.assert_allclose(each("shared/activations.mjs", "softmax", [z])[0], softmax(z))
