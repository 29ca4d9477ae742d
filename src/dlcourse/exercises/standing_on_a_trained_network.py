"""Checks of the answers to the exercises in ``book/chapters/standing-on-a-trained-network.md``."""

import numpy as np

from dlcourse.exercises.checking import Verdict, array, call, close, exercise, number, right, wrong


@exercise("standing-on-a-trained-network-1", number)
def weights_of_the_last_layer(given: float) -> Verdict:
    """Compare with 1,280 weights and a bias for each of four neurons."""
    if given == 1280 * 4 + 4:
        return right("A few thousand, where the base has millions.")
    if given == 1280 * 4:
        return wrong("Each of the four neurons has a bias, too.")
    if given == 1280 + 4:
        return wrong("Each of the four neurons has a weight for each of the 1,280 features.")
    return wrong("Inputs times neurons, and a bias for each neuron.")


@exercise("standing-on-a-trained-network-2", array, shape=(3,))
def precision_and_recall(given: np.ndarray) -> Verdict:
    """Compare with 18 of 30, 18 of 20 and 186 of 200."""
    if given.max() > 1:
        return wrong("Give fractions from 0 to 1.")
    precision, recall, accuracy = 18 / 30, 18 / 20, 186 / 200
    if close(given, [precision, recall, accuracy]):
        return right("Nine in ten are found, and four in ten alarms are false.")
    if close(given[:2], [recall, precision]):
        return wrong("The other way round: precision is a fraction of the alarms.")
    if close(given[:2], [precision, recall]):
        if close(given[2], 198 / 200):
            return wrong("The false alarms are mistakes as well.")
        if close(given[2], 188 / 200):
            return wrong("The missed nines are mistakes as well.")
        return wrong("For the accuracy count all mistakes: missed nines and false alarms.")
    return wrong("Precision: of the 30 alarms. Recall: of the 20 nines. Both have 18 above.")


@exercise("standing-on-a-trained-network-3", number)
def threshold_by_cost(given: float) -> Verdict:
    """Compare with 1 / (1 + 9)."""
    if close(given, 1 / 10):
        return right("At that point both decisions cost the same on average.")
    if close(given, 1 / 9):
        return wrong("Nearly: a false alarm costs 1 only if it is not a nine: probability 1 − p.")
    if close(given, 9 / 10):
        return wrong("That would be for a false alarm that costs nine times as much as a miss.")
    if close(given, 1 / 2):
        return wrong("That is for equal costs.")
    return wrong("Set the mean cost of an alarm, (1 − p) · 1, equal to that of none, p · 9.")


@exercise("standing-on-a-trained-network-4")
def cheapest_threshold(answer: object) -> Verdict:
    """Try the function on probabilities for which the costs can be counted."""
    truth = np.array([True, False, True, False, False, True, False, False])
    p = np.array([0.9, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1])
    cases = {(10, 1): 0.3, (1, 10): 0.9, (1.5, 1): 0.6}
    for (miss, look), solution in cases.items():
        given = number(call(answer, truth.copy(), p.copy(), miss, look))
        if close(given, solution):
            continue
        if not (p == given).any():
            return wrong(f"It returns {given:g}. The threshold must be one of the probabilities.")
        swapped = number(call(answer, truth.copy(), p.copy(), look, miss))
        if close(swapped, solution):
            return wrong("You have exchanged the two costs: a miss is a nine without an alarm.")
        return wrong(
            f"With {miss:g} for a miss and {look:g} for a false alarm it returns {given:g}, and "
            f"{solution:g} is cheaper. Raise the alarm where p is at least the threshold."
        )
    return right("Costly misses pull the threshold down, costly alarms push it up.")
