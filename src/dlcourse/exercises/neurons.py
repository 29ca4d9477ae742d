"""Checks of the answers to the exercises in ``book/chapters/neurons.md``."""

import numpy as np

from dlcourse.activations import sigmoid, softmax, step
from dlcourse.exercises.checking import Verdict, array, close, exercise, number, right, wrong
from dlcourse.neuron import fire, weighted_sum

PAIRS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
AND = np.array([0, 0, 0, 1])
OR = np.array([0, 1, 1, 1])


@exercise("neurons-1", number)
def one_neuron_by_hand(given: float) -> Verdict:
    """Compare with the ReLU of 1·0.5 - 2·1 + 3·0.5 + 0.25."""
    x, w, b = np.array([1.0, 2.0, 3.0]), np.array([0.5, -1.0, 0.5]), 0.25
    z = float(weighted_sum(x, w, b))
    if close(given, fire(x, w, b, activation="relu"), digits=3):
        return right("The sum is above zero, so ReLU leaves it as it is.")
    if close(given, weighted_sum(x, w), digits=3):
        return wrong("That is the weighted sum without the bias. Add b at the end.")
    if close(given, sigmoid(z), digits=2):
        return wrong("That is the sigmoid of the sum. The exercise asks for ReLU.")
    if close(given, weighted_sum(x, np.abs(w), b), digits=3):
        return wrong("The second weight is negative: that input counts against.")
    if close(given, x.sum() * w.sum() + b, digits=3):
        return wrong("Multiply each input by its own weight first, then add up.")
    return wrong("Multiply each input by its weight, add up, add the bias, then apply ReLU.")


@exercise("neurons-2", array, shape=(3,))
def say_and(given: np.ndarray) -> Verdict:
    """Fire a step neuron for all four pairs."""
    *w, b = given
    says = step(np.round(weighted_sum(PAIRS, w, b), 9))  # 0.6 + 0.3 - 0.9 is not quite 0
    if np.array_equal(says, AND):
        return right("One input alone is too little; both together are enough.")
    if np.array_equal(says, OR):
        return wrong('That neuron says "or". Make it more reluctant.')
    if not says.any():
        return wrong("That neuron never fires: its bias is too low for its weights.")
    if says.all():
        return wrong("That neuron always fires: its bias is too high.")
    if np.array_equal(says, 1 - AND):
        return wrong('That neuron says "not both": reverse all signs, and mind the zero.')
    fires = ", ".join(f"({p[0]}, {p[1]})" for p, s in zip(PAIRS, says, strict=True) if s)
    return wrong(f"That neuron fires for {fires}; it should fire for (1, 1) only.")


@exercise("neurons-3", array, shape=(3,))
def softmax_by_hand(given: np.ndarray) -> Verdict:
    """Compare with the softmax of (1, 0, 0)."""
    sums = np.array([1.0, 0.0, 0.0])
    if close(given, softmax(sums)):
        return right("The first probability is e times as large as each of the others.")
    if close(given, np.exp(sums)):
        return wrong("Those are the powers of e. Divide each by their sum.")
    if close(given, sums / sums.sum()):
        return wrong("Those are the sums, divided by their total. Take np.exp of each sum first.")
    if close(given, sigmoid(sums)):
        return wrong("That is the sigmoid of each. The three outputs must add up to 1.")
    if not close(given.sum(), 1.0):
        return wrong(f"The three outputs must add up to 1; yours add up to {given.sum():.3g}.")
    return wrong("Take np.exp of each sum, and divide by the sum of the three.")


@exercise("neurons-4", array, shape=(3,))
def learn_not_both(given: np.ndarray) -> Verdict:
    """Fire a sigmoid neuron for all four pairs."""
    *w, b = given
    outputs = np.asarray(fire(PAIRS, w, b, activation="sigmoid"))
    says = (outputs > 0.5).astype(int)
    if np.array_equal(says, 1 - AND):
        return right(
            f"For (1, 1) it outputs {outputs[3]:.2f}, else at least {outputs[:3].min():.2f}."
        )
    if np.array_equal(says, AND):
        return wrong('That neuron says "both". The truths are 1, 1, 1, 0.')
    if np.array_equal(says, OR):
        return wrong('That neuron says "or". The truths are 1, 1, 1, 0.')
    if says.all() or not says.any():
        return wrong("It gives the same answer for all four pairs: let it learn longer.")
    return wrong("It is right on some pairs only: check the truths, then let it learn longer.")
