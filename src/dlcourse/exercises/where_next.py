"""The exercises of the chapter on where to go next."""

from __future__ import annotations

from typing import Any

import numpy as np

from dlcourse.activations import softmax
from dlcourse.exercises.checking import Verdict, array, close, exercise, right, wrong


@exercise("where-next-1")
def attention_by_hand(answer: Any) -> Verdict:
    """Compare with the shares for fits of 0 and ln 3, and the mean of 8 and 4 by them."""
    given = array(answer, shape=(3,))
    shares = softmax(np.array([0.0, np.log(3)]))
    values = np.array([8.0, 4.0])
    solution = np.array([*shares, shares @ values])
    if close(given, solution):
        return right("Three quarters of its attention go to the second word.")
    if close(given[:2], shares[::-1]):
        return wrong("The larger fit gets the larger share: that is the second word.")
    if close(given[2], values.mean()) and not close(given[:2], shares):
        return wrong("That is both in equal parts. The second fits better: take powers of e.")
    if close(given[:2], shares):
        return wrong("The shares are right. Weigh the two values by them, and add up.")
    if abs(given[:2].sum() - 1) > 0.01:
        return wrong("Shares sum to one: divide the powers by their sum.")
    return wrong("Take e to the power of each fit, divide by the sum, and weigh 8 and 4 by that.")


@exercise("where-next-2")
def work_of_a_layer(answer: Any) -> Verdict:
    """Compare with 100 x 1,000 x 1,000 multiplications at 50 thousand million a second."""
    given = array(answer, shape=(2,))
    n = 100 * 1_000 * 1_000
    seconds = 2 * n / 50e9
    if given[0] == n and close(given[1], seconds, digits=4):
        return right("A few thousandths of a second.")
    if given[0] == 1_000 * 1_000:
        return wrong("That is for one example. The batch has 100.")
    if given[0] == 2 * n:
        return wrong("Those are all operations. First the multiplications alone.")
    if given[0] == n and close(given[1], seconds / 2, digits=4):
        return wrong("Each multiplication goes with an addition: twice as many operations.")
    if given[0] == n and close(given[1], 1_000 * seconds):
        return wrong("Those are milliseconds. Give seconds.")
    return wrong("Each of the 1,000 neurons takes 1,000 products, for each of 100 examples.")
