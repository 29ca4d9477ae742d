"""Checks of the answers to the exercises in ``book/chapters/where-next.md``."""

import numpy as np

from dlcourse.exercises.checking import Verdict, array, close, exercise, right, wrong


@exercise("where-next-1", array, shape=(2,))
def work_of_a_layer(given: np.ndarray) -> Verdict:
    """Compare with 100 x 1,000 x 1,000 multiplications at 50 billion operations a second."""
    n = 100 * 1_000 * 1_000
    seconds = 2 * n / 50e9
    if given[0] == n and close(given[1], seconds, digits=4):
        return right("A few thousandths of a second.")
    if given[0] == 1_000 * 1_000:
        return wrong("That is for one example. The batch has 100.")
    if given[0] == 2 * n:
        return wrong("Those are all operations. First the multiplications alone.")
    if given[0] == n and close(given[1], seconds / 2, digits=4):
        return wrong("One addition comes with each multiplication: twice as many operations.")
    if given[0] == n and close(given[1], 1_000 * seconds):
        return wrong("Those are milliseconds. Give seconds.")
    return wrong("Each of the 1,000 neurons takes 1,000 products, for each of 100 examples.")
