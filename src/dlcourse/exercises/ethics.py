"""Checks of the answers to the exercises in ``book/chapters/ethics.md``."""

import numpy as np

from dlcourse.exercises.checking import Verdict, array, close, exercise, list_of, right, wrong

SOLUTION = ("promise", "recommendation", "recommendation", "law")


@exercise("ethics-1")
def promise_recommendation_law(answer: object) -> Verdict:
    """Compare what Google's principles, the OECD's, UNESCO's text and an EU regulation are."""
    given = tuple(str(word).strip().lower() for word in list_of(answer, n=len(SOLUTION)))
    if given == SOLUTION:
        return right("A promise can be taken back, a recommendation asks, a law can be enforced.")
    if not set(given) <= set(SOLUTION):
        return wrong('Use only the words "promise", "recommendation" and "law".')
    if given[0] != "promise":
        return wrong("The first was published by a company, and changed by it alone.")
    if given[3] != "law":
        return wrong("A regulation of the European Union is binding in all its member states.")
    return wrong("The OECD and UNESCO make no laws: they recommend to governments.")


@exercise("ethics-2", array, shape=(3,))
def accuracy_of_groups(given: np.ndarray) -> Verdict:
    """Compare with the accuracy over all plates and in each of the two countries."""
    n_right, n = np.array([931.0, 30.0]), np.array([950.0, 50.0])
    groups = n_right / n
    solution = np.array([n_right.sum() / n.sum(), *groups])
    if close(given, solution):
        return right(
            "Over all plates nearly everything is read; in the second country two in five "
            "are read wrongly."
        )
    if close(given, 100 * solution):
        return wrong("Those are per cent. Give numbers from 0 to 1.")
    if close(given[0], groups.mean()):
        return wrong("The first is over all plates: add up what was read, then divide by 1,000.")
    if close(given, 1 - solution):
        return wrong(
            "Those are the fractions of mistakes. Give the fractions that were read correctly."
        )
    if close(given, solution[[0, 2, 1]]):
        return wrong("The two countries are the wrong way round.")
    return wrong("Divide what was read by what there was: once over all, then for each country.")
