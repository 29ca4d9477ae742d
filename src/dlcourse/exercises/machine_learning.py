"""Checks of the answers to the exercises in ``book/chapters/machine-learning.md``."""

import numpy as np

from dlcourse.clustering import kmeans
from dlcourse.data import irises
from dlcourse.exercises.checking import (
    Verdict,
    array,
    close,
    exercise,
    list_of,
    number,
    right,
    wrong,
)
from dlcourse.regression import fit_line, fit_line_by_steps

KINDS = ("supervised", "unsupervised")


@exercise("machine-learning-1", list_of, n=3, options=KINDS)
def supervised_or_not(given: list[str]) -> Verdict:
    """Postcodes and prices come with their answers, groups of customers do not."""
    if given == ["supervised", "unsupervised", "supervised"]:
        return right("Two come with their answers, one does not.")
    if given[1] == "supervised":
        return wrong("Task 2: who says which group a customer belongs to? Nobody does.")
    if given[0] == "unsupervised":
        return wrong("Task 1: someone typed the postcode of every envelope. That is a label.")
    return wrong("Task 3: the price of every flat that was sold is known. That is a label.")


@exercise("machine-learning-2", array, shape=(2,))
def line_by_hand(given: np.ndarray) -> Verdict:
    """Compare with the least-squares line through (0, 1), (1, 2) and (2, 5)."""
    x, t = np.array([0.0, 1.0, 2.0]), np.array([1.0, 2.0, 5.0])
    line = fit_line(x, t)
    solution = np.array([line.slope, line.intercept])
    if close(given, solution):
        return right("The line misses all three points, and has the smallest loss there is.")
    if close(given, solution[::-1]):
        return wrong("The two are the wrong way round: the slope comes first.")
    if close(given, [(t[-1] - t[0]) / (x[-1] - x[0]), t[0]]):
        return wrong(
            "The slope is right. The line need not go through the first point: c = t̄ - mx̄."
        )
    if close(given[0], (x @ t) / (x @ x)):
        return wrong("That slope is for a line through the origin. Subtract the means first.")
    if close(given[0], line.slope):
        return wrong("The slope is right. For the intercept take c = t̄ - mx̄.")
    return wrong("Work out the two means first, then the two sums of the formula.")


@exercise("machine-learning-3", number)
def largest_rate_that_learns(given: float) -> Verdict:
    """Compare with the largest of four learning rates with which the loss on the petals falls."""
    lengths, widths = irises.load().X[:, 2:].T
    rates = (0.01, 0.03, 0.05, 0.1)
    losses = [
        fit_line_by_steps(lengths, widths, learning_rate=rate, n_steps=100).losses for rate in rates
    ]
    falling = [rate for rate, loss in zip(rates, losses, strict=True) if loss[-1] < loss[0]]
    if close(given, falling[-1], digits=4):
        return right("Beyond it every step overshoots, further each time.")
    if any(close(given, rate, digits=4) for rate in falling):
        return wrong("The loss falls with it, but it also falls with a larger one.")
    if any(close(given, rate, digits=4) for rate in rates):
        return wrong("Print the loss after 100 steps: it has grown beyond all bounds.")
    return wrong(f"Answer with one of {', '.join(map(str, rates))}.")


@exercise("machine-learning-4", array, shape=(6,))
def how_many_groups(given: np.ndarray) -> Verdict:
    """Compare with the best of ten starts for one to six groups."""
    petals = irises.load().X[:, 2:]
    starts = [  # the seventh row is for who begins with two groups
        [kmeans(petals, n_clusters=k, seed=seed).inertia for seed in range(10)] for k in range(1, 8)
    ]
    best = np.array([min(row) for row in starts])
    if np.allclose(given, best[:6], rtol=0.01):
        return right("Every extra centre makes the sum smaller, so the smallest cannot choose k.")
    if np.allclose(given, best[1:], rtol=0.01):
        return wrong("Begin with one group: k goes from 1 to 6, so range(1, 7).")
    if np.allclose(given[::-1], best[:6], rtol=0.01):
        return wrong("The order is reversed: k = 1 comes first.")
    if np.allclose(given, [sum(row) for row in starts[:6]], rtol=0.01):
        return wrong("Of the ten starts take the smallest, min, not the sum.")
    if np.allclose(given, [max(row) for row in starts[:6]], rtol=0.01):
        return wrong("Of the ten starts take the smallest, min, not the largest.")
    return wrong("For each k: the smallest inertia of kmeans(petals, n_clusters=k, seed=0 … 9).")
