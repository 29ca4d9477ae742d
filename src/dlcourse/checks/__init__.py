"""The answers to the exercises, worked out: one module for each chapter, named like it.

A module registers one function for each exercise. It takes the reader's answer, works the right
one out through ``dlcourse``, and says `dlcourse.check.right` or `dlcourse.check.wrong` with a
hint for each mistake that people make::

    @exercise("neurons-1")
    def weighted_sum_by_hand(answer: Any) -> Verdict:
        ...

``tests/package/test_check.py`` holds, for each, the solution and three typical mistakes.
"""
