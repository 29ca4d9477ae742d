"""Checks of the answers to the exercises in ``book/chapters/irises.md``."""

from math import ceil

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


@exercise("irises-1", array, shape=(2,))
def loss_by_hand(given: np.ndarray) -> Verdict:
    """Compare with the cross-entropy of [0.1, 0.7, 0.2] for the truths 1 and 0."""
    output = np.array([0.1, 0.7, 0.2])
    solution = -np.log(output[[1, 0]])
    if close(given, solution):
        return right("Only the probability of the true species counts.")
    if close(given, solution[::-1]):
        return wrong("The two are the wrong way round: the loss for versicolor comes first.")
    if close(given, -solution):
        return wrong(
            "The sign: the logarithm of a probability is negative; the loss is minus that."
        )
    if close(given, solution / np.log(10)):
        return wrong("That is the logarithm to base 10. The loss takes the natural one, np.log.")
    if close(given, solution / np.log(2)):
        return wrong("That is the logarithm to base 2. The loss takes the natural one, np.log.")
    return wrong(
        "Take the probability that the output gives to the true species, and then -np.log of it."
    )


@exercise("irises-2", number)
def count_steps(given: float) -> Verdict:
    """Count the steps of 100 epochs over 90 flowers in batches of 16."""
    in_an_epoch = ceil(90 / 16)
    if given == 100 * in_an_epoch:
        return right("Five full batches and a smaller one make six steps per epoch.")
    if int(given) in {500, 562, 563}:  # 100 epochs of 5 steps, or of 90 / 16 = 5.625
        return wrong("What is left after the full batches is a batch as well, and takes a step.")
    if given == 100 * 90:
        return wrong("Those are flowers. All flowers of a batch share one step.")
    if given == in_an_epoch:
        return wrong("That is one epoch.")
    return wrong("Batches in an epoch times epochs: how many batches of 16 do 90 flowers make?")


@exercise("irises-3", weights_of, hint="Answer with the network itself: one that `built` returned.")
def no_hidden_layer(weights: list[np.ndarray]) -> Verdict:
    """Look for four inputs, three outputs, nothing between, and signs of training.

    `built` is the function that the exercise asks the reader to write.
    """
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
    return right(
        "Fifteen weights and biases are enough, with straight borders between the species."
    )
