"""Training: repeat forward, backpropagation and a small step, batch by batch.

Backpropagation says how the loss changes with each weight; `dlcourse.optimisers` makes steps of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dlcourse import argument_checks
from dlcourse.argument_checks import Floats
from dlcourse.backpropagation import Gradients, backpropagate
from dlcourse.dense_network import Dense, Network, forward, predict
from dlcourse.errors import InputError
from dlcourse.losses import LOSSES
from dlcourse.optimisers import Optimiser

#: Parameters beyond this size mean that training has run away.
RUN_AWAY = 1e30


def _batches(
    X: Floats, y: NDArray[Any], batch_size: int, rng: np.random.Generator
) -> Iterator[tuple[Floats, NDArray[Any]]]:
    """Cut a data set into batches; the last may be smaller."""
    order = rng.permutation(len(X))
    for start in range(0, len(X), batch_size):
        rows = order[start : start + batch_size]
        yield X[rows], y[rows]


@dataclass(frozen=True)
class History:
    """How training went: one entry for each epoch in each list.

    Loss and accuracy of the training data are averaged over the epoch's batches while the weights
    were changing, as Keras reports them; those of the validation data were measured after the
    epoch, and are empty if there are none. Only the cross-entropy has accuracies.
    """

    loss: list[float] = field(default_factory=list)
    accuracy: list[float] = field(default_factory=list)
    validation_loss: list[float] = field(default_factory=list)
    validation_accuracy: list[float] = field(default_factory=list)


@dataclass(frozen=True)
class Fit:
    """A trained network and the history of its training."""

    network: Network
    history: History


def fit(
    network: Network,
    X: ArrayLike,
    y: ArrayLike,
    *,
    loss: str,
    optimiser: Optimiser,
    epochs: int,
    batch_size: int,
    validation: tuple[ArrayLike, ArrayLike] | None = None,
    rng: np.random.Generator,
) -> Fit:
    """Train a network on samples; the one that is given stays as it is.

    Samples `X` have shape (n_samples, n_features). Their truth `y` is class indices (n_samples,)
    for the cross-entropy, targets (n_samples, n_outputs) for the squared error; `loss` is a name in
    `dlcourse.losses.LOSSES`. The `optimiser`, such as `dlcourse.optimisers.Adam`, makes a step
    after each batch, and `rng` shuffles the samples anew for each epoch. `validation` is a pair (X,
    y) that is not trained on, to see how the network does on new data. `InputError` is raised, too,
    if the weights run away because the learning rate is too high.

    >>> from dlcourse.dense_network import initialise
    >>> from dlcourse.optimisers import Adam
    >>> rng = np.random.default_rng(0)
    >>> X = rng.normal(size=(60, 2))
    >>> y = (X.sum(axis=1) > 0).astype(int)
    >>> start = initialise([2, 2], activations=["softmax"], rng=rng)
    >>> trained = fit(start, X, y, loss="cross_entropy", optimiser=Adam(0.1),
    ...               epochs=30, batch_size=20, rng=rng)
    >>> trained.history.accuracy[-1] > 0.9
    True
    """
    argument_checks.instance(network, "network", Network)
    epochs = argument_checks.count(epochs, "epochs")
    batch_size = argument_checks.count(batch_size, "batch_size")
    argument_checks.instance(rng, "rng", np.random.Generator)
    measure = LOSSES[argument_checks.choice(loss, "loss", LOSSES)]
    classes = loss == "cross_entropy"
    n_classes = network.sizes[-1] if classes else None
    X, t = _samples(X, y, n_classes)
    held_out = None if validation is None else _held_out(validation, n_classes)
    if classes:  # a last layer without softmax is told at once
        measure.value(predict(network, X[:1]), t[:1])
    theta = parameters(network)
    state = _optimiser(optimiser).start(theta)
    history = History()
    for epoch in range(1, epochs + 1):
        total, n_right = 0.0, 0
        for X_batch, t_batch in _batches(X, t, batch_size, rng):
            with argument_checks.without_checks():
                values = forward(network, X_batch)
                gradients = backpropagate(network, values, t_batch, loss=loss)
                theta, state = optimiser.step(theta, flatten(gradients), state)
                network = with_parameters(network, theta)
            _check_sanity(theta, epoch)
            total += gradients.loss * len(X_batch)
            n_right += _n_right(values.output, t_batch) if classes else 0
        history.loss.append(total / len(X))
        if classes:
            history.accuracy.append(n_right / len(X))
        if held_out is not None:
            output = predict(network, held_out[0])
            history.validation_loss.append(measure.value(output, held_out[1]))
            if classes:
                n_right = _n_right(output, held_out[1])
                history.validation_accuracy.append(n_right / len(output))
    return Fit(network, history)


def parameters(network: Network) -> Floats:
    """Write all weights and biases into one vector θ: W, then b, layer by layer.

    >>> parameters(Network((Dense([[1.0], [2.0]], [3.0], "relu"),)))
    array([1., 2., 3.])
    """
    argument_checks.instance(network, "network", Network)
    return np.concatenate([part.ravel() for layer in network.layers for part in (layer.W, layer.b)])


def with_parameters(network: Network, theta: Floats) -> Network:
    """Return a network of the same form with the weights and biases in the vector `theta`.

    >>> layer = Dense([[1.0], [2.0]], [3.0], "relu")
    >>> with_parameters(Network((layer,)), np.array([4.0, 5.0, 6.0])).layers[0].b
    array([6.])
    """
    argument_checks.instance(network, "network", Network)
    theta = argument_checks.array(theta, "theta", "n_parameters")
    if len(theta) != network.n_parameters:
        raise InputError(
            f"`theta` must hold the network's {network.n_parameters} parameters: got {len(theta)}."
        )
    layers, start = [], 0
    for layer in network.layers:
        middle = start + layer.W.size
        end = middle + layer.b.size
        W = theta[start:middle].reshape(layer.W.shape)
        layers.append(Dense(W, theta[middle:end], layer.activation))
        start = end
    return Network(tuple(layers))


def flatten(gradients: Gradients) -> Floats:
    """Write the gradients of all weights and biases into one vector, in the order of θ."""
    argument_checks.instance(gradients, "gradients", Gradients)
    pairs = zip(gradients.dW, gradients.db, strict=True)
    return np.concatenate([np.ravel(part) for pair in pairs for part in pair])


def _samples(
    X: ArrayLike, y: ArrayLike, n_classes: int | None, prefix: str = ""
) -> tuple[Floats, NDArray[Any]]:
    """Check samples with the truth for each: class indices, or targets if there are no classes."""
    X = argument_checks.array(X, prefix + "X", "n_samples n_features")
    t: NDArray[Any]
    if n_classes is None:
        t = argument_checks.array(y, prefix + "y", "n_samples n_outputs")
    else:
        t = argument_checks.labels(y, prefix + "y", "n_samples", n_classes=n_classes)
    argument_checks.same_length(X, prefix + "X", t, prefix + "y")
    return X, t


def _held_out(pair: object, n_classes: int | None) -> tuple[Floats, NDArray[Any]]:
    """Check the validation data."""
    if not isinstance(pair, tuple | list) or len(pair) != 2:
        raise InputError(
            f"`validation` must be a pair (X, y): got {argument_checks.describe(pair)}."
        )
    X, y = pair
    return _samples(X, y, n_classes, "validation ")


def _optimiser(optimiser: Optimiser) -> Optimiser:
    """Check that this is an optimiser, ours or one made in its image."""
    if isinstance(optimiser, type) or not callable(getattr(optimiser, "start", None)):
        raise InputError(
            f"`optimiser` must be GradientDescent(…) or Adam(…): "
            f"got {argument_checks.describe(optimiser)}."
        )
    return optimiser


def _check_sanity(theta: Floats, epoch: int) -> None:
    """Stop when the weights have run away."""
    if not (theta.min() > -RUN_AWAY and theta.max() < RUN_AWAY):
        raise InputError(
            f"`learning_rate` must be small enough for training to settle: in epoch {epoch} "
            f"the weights grew beyond {RUN_AWAY:g}. Try a tenth of it."
        )


def _n_right(output: Floats, t: NDArray[Any]) -> int:
    """Count the samples whose class is right."""
    return int(np.sum(output.argmax(axis=1) == t))
