"""A trained network in one small file: what NumPy, Keras and JavaScript need to run it.

The file is a `safetensors <https://huggingface.co/docs/safetensors>`_ file, by default with
float16 numbers. Its metadata (text by name) hold

``format``
    ``dlcourse-network/1``.
``network``
    JSON: ``{"input": [28, 28, 1], "classes": ["0", …], "layers": [LAYER, …]}``. The input is
    a picture (height, width, channel), values from 0 (black) to 1 (white).
anything else
    About the training: seed, versions, accuracy, SHA-256 of the data.

A LAYER is one of

==============================================================================  =================
``{"kind": "conv", "name": N, "padding": "same" or "valid", "activation": A}``  stride 1
``{"kind": "max_pool", "size": [2, 2]}``                                        stride = size
``{"kind": "flatten"}``                                                         row, column, channel
``{"kind": "dense", "name": N, "activation": A}``                               ``x @ W + b``
==============================================================================  =================

with A ``"linear"``, ``"relu"`` or ``"softmax"``. Layer N has the tensors ``N.kernel`` and
``N.bias``. A convolution's kernel has shape (rows, columns, channels in, channels out) and is
*not* flipped (cross-correlation); "same" pads with zeros, ``(size - 1) // 2`` before and the
rest after. A dense kernel has shape (in, out). Max pooling drops rows and columns that do not
fill a window. Batch normalisation is folded into the convolution before it; dropout, which is
off when predicting, leaves no trace.
"""

import json
import os
from collections.abc import Mapping
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from dlcourse import argument_checks, safe_files
from dlcourse.errors import DataError, InputError
from dlcourse.networks import inference
from dlcourse.networks.network_dataclasses import ACTIVATIONS, Layer, TrainedNetwork

FORMAT = "dlcourse-network/1"
#: A longer file is refused: 64 million weights in single precision.
MAX_BYTES = 2**28
PADDINGS = ("same", "valid")
#: What describes a layer of each kind.
FIELDS = {
    "conv": ("kind", "name", "padding", "activation"),
    "max_pool": ("kind", "size"),
    "flatten": ("kind",),
    "dense": ("kind", "name", "activation"),
}


def to_bytes(network: TrainedNetwork, *, dtype: Literal["float16", "float32"] = "float16") -> bytes:
    """Return the file's bytes.

    float16 halves the file; it keeps about three decimal digits of each weight, which moves a
    probability by less than 0.001 or so. A weight that is too large for it raises `InputError`.
    """
    network = argument_checks.instance(network, "network", TrainedNetwork)
    argument_checks.choice(dtype, "dtype", ("float16", "float32"))
    from safetensors.numpy import save as dump  # noqa: PLC0415

    description = {
        "input": network.input_shape,
        "classes": network.classes,
        "layers": [
            {field: getattr(layer, field) for field in FIELDS[layer.kind]}
            for layer in network.layers
        ],
    }
    metadata = dict(network.about) | {
        "format": FORMAT,
        "network": json.dumps(description, ensure_ascii=False),
    }
    with np.errstate(over="ignore"):
        tensors = {
            name: np.ascontiguousarray(t, dtype) for name, t in sorted(network.tensors.items())
        }
    for name, tensor in tensors.items():
        if not np.isfinite(tensor).all():
            raise InputError(
                f"`network` has a weight in {name} that is not finite, or too large for {dtype}. "
                "Train it with a smaller learning rate."
            )
    return _in_order(bytes(dump(tensors, metadata=metadata)))


def _in_order(file: bytes) -> bytes:
    """Sort what the header says of the file: safetensors writes it in another order each time."""
    size = int.from_bytes(file[:8], "little")
    header = json.loads(file[8 : 8 + size])
    header["__metadata__"] = dict(sorted(header["__metadata__"].items()))
    text = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)  # the numbers begin at a multiple of eight
    return len(text).to_bytes(8, "little") + text + file[8 + size :]


def from_bytes(data: bytes, *, source: str = "the data") -> TrainedNetwork:
    """Rebuild a network from the file's bytes.

    What is not such a file, or has tensors that do not fit its description, raises `DataError`.
    """
    data = argument_checks.instance(data, "data", bytes)
    from safetensors.numpy import load as undump  # noqa: PLC0415

    try:
        size = int.from_bytes(data[:8], "little")
        metadata = json.loads(data[8 : 8 + size])["__metadata__"]
        if metadata.pop("format") != FORMAT:
            raise ValueError(FORMAT)  # noqa: TRY301
        description = json.loads(metadata.pop("network"))
        tensors = {name: t.astype(np.float32) for name, t in undump(data).items()}
        layers = tuple(_layer(entry, tensors) for entry in description["layers"])
        height, width, channels = (int(n) for n in description["input"])
        classes = tuple(map(str, description["classes"]))
        network = TrainedNetwork(layers, tensors, (height, width, channels), classes, metadata)
        _require_fit(network)
    except Exception as error:  # what safetensors raises is not documented
        raise DataError(
            f"{source} is not a network file of the format {FORMAT}, or it is damaged "
            f"({type(error).__name__}: {error}). Make it again, or install the package again."
        ) from error
    return network


def _layer(entry: Mapping[str, Any], tensors: Mapping[str, NDArray[np.float32]]) -> Layer:
    """Read one layer of the description; its tensors must be there."""
    layer = Layer(**{**entry, "size": tuple(entry.get("size", (2, 2)))})
    if (
        set(entry) != set(FIELDS[layer.kind])
        or layer.activation not in ACTIVATIONS
        or layer.padding not in PADDINGS
        or len(layer.size) != 2
    ):
        raise ValueError(f"no layer is {entry}")
    if layer.name:
        kernel, bias = tensors[f"{layer.name}.kernel"], tensors[f"{layer.name}.bias"]
        if kernel.ndim != (4 if layer.kind == "conv" else 2) or bias.shape != kernel.shape[-1:]:
            raise ValueError(f"layer {layer.name} has tensors of the wrong shape")
        if not (np.isfinite(kernel).all() and np.isfinite(bias).all()):
            raise ValueError(f"layer {layer.name} has weights that are not finite")
    return layer


def _require_fit(network: TrainedNetwork) -> None:
    """Let the network look at a blank picture, which fails unless each layer fits the next."""
    height, width, channels = network.input_shape
    if height * width * channels > 2**20:
        raise ValueError(f"pictures of {height} by {width} by {channels} are too large")
    try:
        outputs = inference.forward(network, np.zeros((1, height, width, channels), np.float32))
    except ValueError as error:
        raise ValueError(f"a layer does not fit the one before it ({error})") from error
    n = len(network.classes)
    if outputs.shape not in {(1, n), (1, 1, 1, n)}:  # a row of numbers, or a map of one pixel
        raise ValueError(f"{n} classes for outputs of shape {outputs.shape[1:]}")


def save(
    network: TrainedNetwork,
    path: str | os.PathLike[str],
    *,
    dtype: Literal["float16", "float32"] = "float16",
) -> None:
    """Write `network` to `path`, whole or not at all: a run killed half-way leaves the old file.

    Where nothing can be written, that raises `DataError`.
    """
    path = argument_checks.path(path, "path")
    data = to_bytes(network, dtype=dtype)
    try:
        safe_files.write_whole(path, data)
    except OSError as error:
        reason = error.strerror or error
        raise DataError(f"Cannot write the network file {path}: {reason}.") from error


def load(path: str | os.PathLike[str]) -> TrainedNetwork:
    """Read a network file; one that is missing or no network file raises `DataError`."""
    path = argument_checks.path(path, "path")
    data = safe_files.read(path, f"the network file {path}", at_most=MAX_BYTES)
    return from_bytes(data, source=str(path))
