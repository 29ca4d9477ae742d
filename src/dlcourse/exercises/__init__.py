"""The answers to the exercises, worked out: one module for each chapter, named like it.

A module registers one function for each exercise. It takes the reader's answer, works the right
one out through ``dlcourse``, and returns `right` or `wrong` of
`dlcourse.exercises.checking`, with a hint for each mistake that people make::

    @exercise("neurons-1")
    def weighted_sum_by_hand(answer: Any) -> Verdict:
        ...

``tests/package/exercises`` holds, for each, the solution and three typical mistakes.
"""

from dlcourse.exercises.checking import check

__all__ = ["check"]
