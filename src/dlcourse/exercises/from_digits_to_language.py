"""Checks of the answers to the exercises in ``book/chapters/from-digits-to-language.md``."""

from contextlib import suppress

import numpy as np

from dlcourse.activations import softmax
from dlcourse.exercises.checking import Verdict, array, call, close, exercise, number, right, wrong


@exercise("from-digits-to-language-1", array, shape=(2,))
def bits_by_hand(given: np.ndarray) -> Verdict:
    """Compare with the mean of 1, 2, 3 and 3 bits, and with log₂ 64."""
    p = np.array([1 / 2, 1 / 4, 1 / 8, 1 / 8])
    solution = np.array([-np.log2(p).mean(), np.log2(64)])
    if close(given, solution):
        return right("The model saves nearly four bits on each character.")
    if close(given, solution[::-1]):
        return wrong("Right numbers, other order.")
    if close(given, np.log(2) * solution):
        return wrong("Those are natural logarithms. Bits are logarithms to base 2: np.log2.")
    if close(given[0], -np.log2(p).sum()):
        return wrong("That is the sum. Divide by the four characters.")
    if close(given[0], -np.log2(p.mean())):
        return wrong("Take the logarithms first, then their mean.")
    if close(given[0], -(p * np.log2(p)).sum()):
        return wrong("Each of the four came once, so each counts the same: a plain mean.")
    if close(given[0], solution[0]):
        return wrong("The first is right. For the second: 2 to which power is 64?")
    return wrong("A half costs one bit, a quarter two, an eighth three. Take their mean.")


@exercise("from-digits-to-language-2", array, shape=(3,))
def attention_by_hand(given: np.ndarray) -> Verdict:
    """Compare with the weights for fits of 0 and ln 3, and the mean of 8 and 4 by them."""
    weights = softmax(np.array([0.0, np.log(3)]))
    values = np.array([8.0, 4.0])
    solution = np.array([*weights, weights @ values])
    if close(given, solution):
        return right("Three quarters of its attention go to the second word.")
    if close(given[:2], weights[::-1]):
        return wrong("The larger fit gets the larger weight: that is the second word.")
    if close(given[2], values.mean()) and not close(given[:2], weights):
        return wrong("That is both in equal parts. The second fits better: take powers of e.")
    if close(given[:2], weights):
        return wrong("The weights are right. Multiply each value by its own, and add up.")
    if abs(given[:2].sum() - 1) > 0.01:
        return wrong("Weights sum to one: divide the powers by their sum.")
    return wrong("Take e to the power of each fit, divide by the sum, and weigh 8 and 4 by that.")


@exercise("from-digits-to-language-3", number)
def weights_of_blocks(given: float) -> Verdict:
    """Compare with 96 blocks of 12 w² weights, w = 12,288."""
    width, n_blocks = 12_288, 96
    solution = n_blocks * 12 * width**2
    if abs(given / solution - 1) < 0.001:
        return right("About 174 billion, of the 175 billion that GPT-3 has.")
    if abs(given / (12 * width**2) - 1) < 0.001:
        return wrong("That is one block. There are 96.")
    if abs(given / (n_blocks * 6 * width**2) - 1) < 0.001:
        return wrong("The last two matrices are four times as large as the others.")
    if abs(given / (n_blocks * 9 * width**2) - 1) < 0.001:
        return wrong("There are four matrices of w × w, not one: queries, keys, values, and out.")
    return wrong("4 w² for the attention, 4 w² and 4 w² for the dense layers; then times 96.")


@exercise("from-digits-to-language-4")
def temperature(answer: object) -> Verdict:
    """Try the function on logits at several temperatures, 0 among them."""
    logits = np.array([2.0, 1.0, 0.0, -30.0])
    for t in (1.0, 0.5, 5.0):
        given = array(call(answer, logits.copy(), t), shape=(4,))
        if close(given, softmax(logits / t), digits=3):
            continue
        if t != 1 and close(given, softmax(logits * t), digits=3):
            return wrong("Divide the logits by the temperature; do not multiply.")
        if t != 1 and close(given, softmax(logits), digits=3):
            return wrong("The temperature changes nothing.")
        if abs(given.sum() - 1) > 0.001:
            return wrong(f"At temperature {t:g} the probabilities sum to {given.sum():.3f}.")
        return wrong("Divide the logits by the temperature first, then take the softmax.")
    with suppress(Exception):  # such as a division by 0
        if close(array(call(answer, logits.copy(), 0), shape=(4,)), [1, 0, 0, 0]):
            return right("Cold takes the likeliest, hot makes all alike.")
    return wrong("At temperature 0 do not divide: give the largest logit 1, the others 0.")
