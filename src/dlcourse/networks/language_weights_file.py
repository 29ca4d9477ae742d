"""The weights of a language network in a file, with its alphabet: safetensors, in float16."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dlcourse.errors import InputError


def weights_of(network: Any) -> dict[str, NDArray[np.float32]]:
    """Return the weights of a `language_network` by the names that `dlcourse.transformer` uses."""
    weights = {}
    for variable in network.weights:  # such as block_1.heads/attention_output/kernel
        name = variable.path.replace("/", ".").replace(".heads", "").replace("attention_", "")
        weights[name.removesuffix(".embeddings")] = np.asarray(variable)
    return weights


def to_bytes(network: Any, *, alphabet: str) -> bytes:
    """Return a safetensors file of the weights in float16, with the alphabet in its metadata.

    A chapter publishes it for the figure ``language-model``, whose `transformer.mjs` reads it. The
    alphabet must have a character for each of the network's outputs.
    """
    from safetensors.numpy import save as dump  # noqa: PLC0415

    weights = weights_of(network)
    # "characters" is the embedding: a row for each character, as many as there are outputs.
    if len(alphabet) != len(weights["characters"]):
        raise InputError(
            f"`alphabet` must hold {len(weights['characters'])} characters: got {len(alphabet)}."
        )
    tensors = {name: np.ascontiguousarray(t, np.float16) for name, t in sorted(weights.items())}
    # One entry: safetensors writes several in another order each time.
    description = json.dumps({"format": "dlcourse-language/1", "alphabet": alphabet})
    return bytes(dump(tensors, metadata={"language": description}))
