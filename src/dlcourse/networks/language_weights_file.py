"""The weights of a language network in a file, with its alphabet: safetensors, in float16."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dlcourse.errors import InputError


def weights_of(network: Any) -> dict[str, NDArray[np.float32]]:
    """Return the weights of a network by the names that `dlcourse.transformer` uses."""
    weights = {}
    for layer in network.layers:
        name, arrays = layer.name, [np.asarray(array) for array in layer.get_weights()]
        if len(arrays) == 1:
            weights[name] = arrays[0]
        elif name.endswith(".heads"):  # Keras's attention: kernel and bias of four parts
            parts = ("query", "key", "value", "output")
            names = [f"{part}.{what}" for part in parts for what in ("kernel", "bias")]
            block = name.removesuffix(".heads")
            weights |= {f"{block}.{n}": array for n, array in zip(names, arrays, strict=True)}
        elif len(arrays) == 2:
            pair = ("gamma", "beta") if arrays[0].ndim == 1 else ("kernel", "bias")
            weights |= {f"{name}.{n}": array for n, array in zip(pair, arrays, strict=True)}
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
