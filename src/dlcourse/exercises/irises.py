"""The exercises of the chapter on irises."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np

from dlcourse.exercises.checking import (
    Verdict,
    array,
    close,
    exercise,
    number,
    right,
    weights_of,
    wrong,
)


def _n_weights(sizes: tuple[int, ...], *, biases: bool = True) -> int:
    """Count the weights of fully connected layers of the given sizes."""
    return sum((n + biases) * m for n, m in pairwise(sizes))


@exercise("irises-1")
def loss_by_hand(answer: Any) -> Verdict:
    """Compare with the cross-entropy of [0.1, 0.7, 0.2] for the truths 1 and 0."""
    given = array(answer, shape=(2,))
    output = np.array([0.1, 0.7, 0.2])
    solution = -np.log(output[[1, 0]])
    if close(given, solution):
        return right("Only the share of the true species counts.")
    if close(given, solution[::-1]):
        return wrong("The two are the wrong way round: the loss for versicolor comes first.")
    if close(given, -solution):
        return wrong("The sign: a logarithm of a share is negative, and the loss is minus that.")
    if close(given, solution / np.log(10)):
        return wrong("That is the logarithm to base 10. The loss takes the natural one, np.log.")
    if close(given, solution / np.log(2)):
        return wrong("That is the logarithm to base 2. The loss takes the natural one, np.log.")
    return wrong(
        "Take the share that the output gives to the true species, and then -np.log of it."
    )


@exercise("irises-2")
def count_weights(answer: Any) -> Verdict:
    """Count weights and biases of a network of sizes 4, 20, 20, 3."""
    given = number(answer)
    sizes = (4, 20, 20, 3)
    if given == _n_weights(sizes):
        return right("Every neuron has a weight for each of its inputs, and one bias.")
    if given == _n_weights(sizes, biases=False):
        return wrong("Those are the weights. Each neuron has a bias as well.")
    if given == _n_weights((4, 20, 3)):
        return wrong("That is one hidden layer. There are two, and 20 x 20 weights between them.")
    if given == _n_weights((4, 10, 10, 3)):
        return wrong("That is the network of the page. This one has 20 neurons in a hidden layer.")
    return wrong("A layer with n inputs and m neurons has n x m weights and m biases. Add them up.")


@exercise("irises-3")
def no_hidden_layer(answer: Any) -> Verdict:
    """Look for four inputs, three outputs, nothing between, and signs of training."""
    hint = "Pass the network itself, for example check('irises-3', straight)."
    weights = weights_of(answer, hint)
    shapes = [w.shape for w in weights]
    if not shapes:
        return wrong("The network has no weights yet: begin it with keras.Input((4,)).")
    if shapes != [(4, 3), (3,)]:
        return wrong(
            f"Its weights have the shapes {shapes}; one layer from 4 inputs to 3 outputs "
            "has (4, 3) and (3,). Leave out the hidden layers."
        )
    if not weights[1].any():
        return wrong("Its biases are all zero still: it has not been trained. Compile and fit it.")
    return right("Fifteen numbers, and straight borders between the species.")
