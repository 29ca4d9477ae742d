"""Networks of dense layers, and the forward pass through them.

A layer takes the outputs ``a`` of the layer before, adds them up with its weights,
``z = a @ W + b``, and passes each sum through its activation. Samples are rows.

The numbering, for a network of L layers: ``a[0]`` is the input X and ``a[k + 1]`` the
output of layer k, so ``a`` has L + 1 entries; ``z[k]``, ``W[k]`` and ``b[k]`` belong to
layer k, so they have L.

The way back is `dlcourse.backpropagation`, the loop over batches `dlcourse.training`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike

from dlcourse import argument_checks
from dlcourse.activations import ACTIVATIONS
from dlcourse.argument_checks import Floats
from dlcourse.errors import InputError

#: A network of more weights than this does not belong in NumPy.
MOST_WEIGHTS = 100_000_000


@dataclass(frozen=True, eq=False)
class Dense:
    """A fully connected layer: every input goes to every neuron.

    Weights `W` have shape (n_in, n_out), one column for each neuron, and biases `b` (n_out,); the
    `activation` is a name in `dlcourse.activations.ACTIVATIONS`.

    >>> Dense([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], [0.0, 0.0], "relu").W.shape
    (3, 2)
    """

    W: Floats
    b: Floats
    activation: str

    def __post_init__(self) -> None:
        """Check the shapes once, here."""
        W = argument_checks.array(self.W, "W", "n_in n_out")
        b = argument_checks.array(self.b, "b", "n_out")
        if b.shape != W.shape[1:]:
            raise InputError(
                f"`b` must hold one bias for each column of `W`: "
                f"got {len(b)} biases, {W.shape[1]} columns."
            )
        argument_checks.choice(self.activation, "activation", ACTIVATIONS)
        object.__setattr__(self, "W", W)
        object.__setattr__(self, "b", b)


@dataclass(frozen=True, eq=False)
class Network:
    """Layers in a row, each a `Dense` with as many inputs as the one before has neurons.

    >>> network = initialise([4, 10, 10, 3], activations=["relu", "relu", "softmax"],
    ...                      rng=np.random.default_rng(0))
    >>> network.sizes, network.n_parameters
    ((4, 10, 10, 3), 193)
    """

    layers: tuple[Dense, ...]

    def __post_init__(self) -> None:
        """Check that neighbours fit."""
        layers = tuple(argument_checks.sequence(self.layers, "layers", of="Dense layers"))
        for k, layer in enumerate(layers):
            argument_checks.instance(layer, f"layers[{k}]", Dense)
        for k, (before, after) in enumerate(pairwise(layers)):
            if before.W.shape[1] != after.W.shape[0]:
                raise InputError(
                    f"`layers[{k + 1}]` must take as many inputs as `layers[{k}]` has neurons: "
                    f"got {after.W.shape[0]} inputs, {before.W.shape[1]} neurons."
                )
        object.__setattr__(self, "layers", layers)

    @property
    def sizes(self) -> tuple[int, ...]:
        """The number of inputs, then of the neurons of each layer."""
        return (self.layers[0].W.shape[0], *(layer.W.shape[1] for layer in self.layers))

    @property
    def n_parameters(self) -> int:
        """How many weights and biases there are to train."""
        return sum(layer.W.size + layer.b.size for layer in self.layers)


def initialise(
    sizes: Sequence[int],
    *,
    activations: Sequence[str],
    scheme: str = "glorot",
    rng: np.random.Generator,
) -> Network:
    """Make a network with random weights of a suitable scale, and biases of 0.

    Weights must differ, or all neurons of a layer would learn the same; and their scale matters, or
    signals would fade or explode from layer to layer.

    The `sizes` are the number of inputs, then of the neurons of each layer; `activations` has one
    name for each layer, so one fewer. The `scheme` is ``"glorot"``: uniform within ±√(6 / (n_in +
    n_out)), Keras's default; or ``"he"``: normal with standard deviation √(2 / n_in), made for
    ReLU. (Keras cuts off the tails of the latter; the paper does not, nor do we.)

    Source: X. Glorot and Y. Bengio, *Understanding the difficulty of training deep feedforward
    neural networks*, AISTATS 2010, equation 16. K. He et al., *Delving deep into rectifiers*, ICCV
    2015, equation 10.

    >>> rng = np.random.default_rng(0)
    >>> network = initialise([2, 1], activations=["sigmoid"], rng=rng)
    >>> bool(np.abs(network.layers[0].W).max() <= np.sqrt(6 / 3)), network.layers[0].b
    (True, array([0.]))
    """
    sizes = [
        argument_checks.count(n, "sizes")
        for n in argument_checks.sequence(sizes, "sizes", of="sizes")
    ]
    names = argument_checks.sequence(activations, "activations", of="names")
    if len(sizes) != len(names) + 1:
        raise InputError(
            f"`activations` must name one activation for each of the {len(sizes) - 1} layers "
            f"that `sizes` describes: got {len(names)}."
        )
    if sum(n_in * n_out for n_in, n_out in pairwise(sizes)) > MOST_WEIGHTS:
        raise InputError(f"`sizes` must make at most {MOST_WEIGHTS:,} weights: got {sizes}.")
    argument_checks.choice(scheme, "scheme", ["glorot", "he"])
    argument_checks.instance(rng, "rng", np.random.Generator)

    layers = []
    for n_in, n_out, name in zip(sizes[:-1], sizes[1:], names, strict=True):
        if scheme == "glorot":
            limit = np.sqrt(6 / (n_in + n_out))
            W = rng.uniform(-limit, limit, size=(n_in, n_out))
        else:
            W = rng.normal(0.0, np.sqrt(2 / n_in), size=(n_in, n_out))
        layers.append(Dense(W, np.zeros(n_out), name))
    return Network(tuple(layers))


@dataclass(frozen=True, eq=False)
class Forward:
    """Everything that a forward pass computed.

    ``z[k]`` are the weighted sums of layer k, shape (n_samples, n_out); ``a[0]`` is the input and
    ``a[k + 1]`` the output of layer k.
    """

    z: list[Floats]
    a: list[Floats]

    @property
    def output(self) -> Floats:
        """What the last layer says, shape (n_samples, n_outputs)."""
        return self.a[-1]


def forward(network: Network, X: ArrayLike) -> Forward:
    """Send samples through the network, layer by layer, and keep every value.

    `X` has shape (n_samples, n_features), a column for each of the network's inputs.

    >>> layer = Dense([[1.0], [-1.0]], [0.5], "relu")
    >>> result = forward(Network((layer,)), [[3.0, 1.0], [1.0, 3.0]])
    >>> result.z[0].tolist(), result.output.tolist()
    ([[2.5], [-1.5]], [[2.5], [0.0]])
    """
    argument_checks.instance(network, "network", Network)
    X = argument_checks.array(X, "X", "n_samples n_features")
    if X.shape[1] != network.sizes[0]:
        raise InputError(
            f"`X` must have one column for each of the network's {network.sizes[0]} inputs: "
            f"got shape {X.shape}."
        )
    z: list[Floats] = []
    a: list[Floats] = [X]
    for layer in network.layers:
        with np.errstate(over="ignore", invalid="ignore"):
            z.append(a[-1] @ layer.W + layer.b)
        a.append(ACTIVATIONS[layer.activation].value(z[-1]))
    return Forward(z, a)


def predict(network: Network, X: ArrayLike) -> Floats:
    """Return the network's output alone: probabilities, if its last layer is a softmax.

    Shape (n_samples, n_outputs). Arguments and errors are those of `forward`.

    >>> predict(Network((Dense([[0.0, 0.0]], [1.0, 1.0], "softmax"),)), [[3.0]])
    array([[0.5, 0.5]])
    """
    return forward(network, X).output
