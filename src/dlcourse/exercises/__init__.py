"""Checks of the exercises: one module for each chapter, with the same name.

A module registers one function for each exercise. It takes the reader's answer, here as a number,
computes the right one with ``dlcourse``, and returns `right` or `wrong` of
`dlcourse.exercises.checking`, with a hint for each common mistake::

    @exercise("neurons-1", number)
    def one_neuron_by_hand(given: float) -> Verdict:
        ...

``tests/package/exercises`` has the solution and typical mistakes for each exercise.
"""

from dlcourse.exercises.checking import check

__all__ = ["check"]
