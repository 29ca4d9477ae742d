"""The dataclasses of a trained network as plain data: layers, weights, what its outputs mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

ACTIVATIONS = ("linear", "relu", "softmax")


@dataclass(frozen=True)
class Layer:
    """One layer of a network, as `dlcourse.networks.weights_file` describes it.

    `name` is the prefix of the layer's tensors, empty for a layer without weights. `activation` is
    ``"linear"``, ``"relu"`` or ``"softmax"``, `padding` that of a convolution: ``"same"`` or
    ``"valid"``. `size` is the window of a max pooling, which is its stride as well.
    """

    kind: Literal["conv", "max_pool", "flatten", "dense"]
    name: str = ""
    activation: str = "linear"
    padding: str = "valid"
    size: tuple[int, int] = (2, 2)


@dataclass(frozen=True)
class TrainedNetwork:
    """Architecture, weights and provenance of a trained network.

    `keras_conversion` makes one, `weights_file` saves and loads it, and `inference` runs it. The
    `layers` are in order, from the input on; `tensors` are ``"<layer>.kernel"`` (axes as in Keras)
    and ``"<layer>.bias"``, float32. `input_shape` is (height, width, channels) of one picture,
    `classes` are what each output stands for, and `about` is seed, versions, accuracy and so on, as
    text.
    """

    layers: tuple[Layer, ...]
    tensors: Mapping[str, NDArray[np.float32]]
    input_shape: tuple[int, int, int] = (28, 28, 1)
    classes: tuple[str, ...] = tuple("0123456789")
    about: Mapping[str, str] = field(default_factory=dict)

    @property
    def n_weights(self) -> int:
        """How many numbers the network has learnt."""
        return sum(tensor.size for tensor in self.tensors.values())
