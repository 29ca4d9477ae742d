"""Backpropagation: the chain rule, from the loss back to each weight.

As in `dlcourse.dense_network`, ``a[0]`` is the input and ``a[k + 1]`` the output of layer k;
``z[k]``, ``W[k]`` and ``b[k]`` belong to layer k. Each gradient has the number of its value.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from dlcourse import argument_checks
from dlcourse.activations import ACTIVATIONS
from dlcourse.argument_checks import Floats
from dlcourse.dense_network import Forward, Network
from dlcourse.errors import InputError
from dlcourse.losses import LOSSES, cross_entropy_from_logits_derivative


@dataclass(frozen=True, eq=False)
class Gradients:
    """The slope of the loss with respect to everything in the network.

    The `loss` itself is a mean over the batch. ``dW[k]`` and ``db[k]`` are with respect to weights
    and biases of layer k, summed over the batch, with the loss's 1/n inside; ``dz`` and ``da`` with
    respect to each sample's weighted sums and activations, numbered as in `Forward`: ``da[0]`` is
    with respect to the input.
    """

    loss: float
    dW: list[Floats]
    db: list[Floats]
    dz: list[Floats]
    da: list[Floats]


def backpropagate(network: Network, forward: Forward, t: ArrayLike, *, loss: str) -> Gradients:
    """Apply the chain rule from the loss back to the input, layer by layer.

    For each layer, last to first, with ``a_in`` its input:

    - through the activation: ∂loss/∂z = ∂loss/∂a · f′(z);
    - to its weights: ∂loss/∂W = a_inᵀ @ ∂loss/∂z, and ∂loss/∂b = Σ ∂loss/∂z over samples;
    - to its input: ∂loss/∂a_in = ∂loss/∂z @ Wᵀ, where the layer before takes over.

    This computes gradients and changes nothing. What to do with them is the optimiser's business
    (`dlcourse.training`).

    The values of the `forward` pass are those of a batch, through this network. The truth `t` is
    class indices (n_samples,) for the cross-entropy, targets of the output's shape for the squared
    error; `loss` is a name in `dlcourse.losses.LOSSES`. Where cross-entropy meets a softmax,
    ∂loss/∂z = (y − one-hot) / n comes in one go, without softmax's Jacobian.

    Source: D. E. Rumelhart, G. E. Hinton and R. J. Williams, *Learning representations by
    back-propagating errors*, Nature 323, 1986. M. Nielsen, *Neural Networks and Deep Learning*,
    2015, chapter 2, equations BP1 to BP4.

    One neuron, a = z = 2 · 3 + 1 = 7, target 6: the loss is (7 − 6)² = 1.

    >>> from dlcourse.dense_network import Dense, forward
    >>> network = Network((Dense([[2.0]], [1.0], "linear"),))
    >>> gradients = backpropagate(network, forward(network, [[3.0]]), [[6.0]],
    ...                           loss="squared_error")
    >>> gradients.loss, gradients.dW[0].item(), gradients.db[0].item()
    (1.0, 6.0, 2.0)
    """
    _check_pass(network, forward)
    measure = LOSSES[argument_checks.choice(loss, "loss", LOSSES)]
    value = measure.value(forward.output, t)
    last = len(network.layers) - 1

    da: list[Floats] = [measure.derivative(forward.output, t)]
    dz: list[Floats] = []
    dW: list[Floats] = []
    db: list[Floats] = []
    with np.errstate(over="ignore", invalid="ignore"):
        for k in range(last, -1, -1):
            layer, z, a_in = network.layers[k], forward.z[k], forward.a[k]
            if k == last and (layer.activation, loss) == ("softmax", "cross_entropy"):
                dz.insert(0, cross_entropy_from_logits_derivative(z, t))
            else:
                dz.insert(0, ACTIVATIONS[layer.activation].backward(z, da[0]))
            dW.insert(0, a_in.T @ dz[0])
            db.insert(0, dz[0].sum(axis=0))
            da.insert(0, dz[0] @ layer.W.T)
    return Gradients(loss=value, dW=dW, db=db, dz=dz, da=da)


def _check_pass(network: Network, forward: Forward) -> None:
    """Check that the values of a forward pass could come from this network."""
    argument_checks.instance(network, "network", Network)
    argument_checks.instance(forward, "forward", Forward)
    widths = tuple(part.shape[1] for part in forward.a)
    if widths != network.sizes:
        raise InputError(
            f"`forward` must be a forward pass through this network of sizes {network.sizes}: "
            f"got one of sizes {widths}."
        )
