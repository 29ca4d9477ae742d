"""Checks of the answers to the exercises in ``book/chapters/when-it-does-not-learn.md``."""

import numpy as np

from dlcourse.exercises.checking import Verdict, array, call, close, exercise, list_of, right, wrong

DIAGNOSES = (
    "rate too high",
    "rate too low",
    "inputs not scaled",
    "labels shuffled",
    "overfitting",
    "softmax twice",
)
#: A first loss of 41; a validation loss that turns; right answers at a loss of about 1.5.
PATIENTS = ("inputs not scaled", "overfitting", "softmax twice")
LOSSES = (0.90, 0.60, 0.50, 0.55, 0.52, 0.53, 0.48, 0.47)


@exercise("when-it-does-not-learn-1", array, shape=(2,))
def two_losses(given: np.ndarray) -> Verdict:
    """Compare with ln 1000, and with the loss of a softmax of a perfect softmax."""
    first, lowest = np.log(1000), np.log(np.e + 999) - 1
    if close(given, [first, lowest]):
        return right("From 6.91 down to 5.91 at best: there is next to nothing left to learn.")
    if close(given, [lowest, first]):
        return wrong("The other way round: the first loss comes first, and is the higher one.")
    if close(given[0], np.log10(1000)):
        return wrong("Take the natural logarithm, np.log, not the one to base 10.")
    if close(given, [first, np.log(np.e + 9) - 1]):
        return wrong("The second is that of ten classes. Here 999 others share the rest.")
    if close(given[0], first):
        return wrong(
            "The first is right. At best the first softmax gives one 1 and 999 zeros: take e to "
            "the power of each, and the second softmax of that."
        )
    return wrong("Guessing gives each class 1/1000, and the loss is minus the logarithm of that.")


@exercise("when-it-does-not-learn-2")
def three_patients(answer: object) -> Verdict:
    """Compare with the diagnosis of each patient."""
    given = [str(word).strip().casefold() for word in list_of(answer, n=3)]
    if unknown := [word for word in given if word not in DIAGNOSES]:
        return wrong(f"{unknown[0]!r} is none of the six: {', '.join(DIAGNOSES)}.")
    if tuple(given) == PATIENTS:
        return right("Each has its sign: where it begins, whether the curves part, where it ends.")
    hints = (
        "(a) Guessing one of ten costs 2.3. What makes a network so sure before it has learned?",
        "(b) The two curves part: the network knows its training examples, and no others.",
        "(c) The answers are right and the loss does not show it: something keeps it up.",
    )
    return wrong(next(hint for hint, a, b in zip(hints, given, PATIENTS, strict=True) if a != b))


@exercise("when-it-does-not-learn-3", array, shape=(2,))
def early_stopping(given: np.ndarray) -> Verdict:
    """Compare with where a patience of three ends, and the best epoch until then."""
    best = int(np.argmin(LOSSES[:6]))
    stops = best + 3
    if close(given, [stops + 1, best + 1]):
        return right("Two better epochs would have followed. More patience would have seen them.")
    if close(given, [stops, best]):
        return wrong("Count the epochs from 1.")
    if close(given[1], 8) or close(given[0], 8):
        return wrong("It never gets to the eighth: count the epochs after the third.")
    if close(given, [stops + 1, stops + 1]):
        return wrong("It stops there, but restore_best_weights goes back to an earlier epoch.")
    if close(given[0], best + 3):
        return wrong("Three epochs without a better loss: the fourth, the fifth and the sixth.")
    return wrong("Find the best loss so far. Then count the epochs that are no better: three.")


@exercise("when-it-does-not-learn-4")
def batch_normalisation(answer: object) -> Verdict:
    """Try the function on a batch with a neuron that is always the same."""
    rng = np.random.default_rng(0)
    z = rng.normal([5, -3, 0.5], [2, 0.1, 10], size=(40, 3))
    z[:, 1] = 7
    given = z.copy()
    result = array(call(answer, given))
    if not np.array_equal(given, z):
        return wrong("It changes the sums that it was given. Make a new array.")
    if result.shape != z.shape:
        return wrong(f"It makes {result.shape} of {z.shape}. Keep the shape.")
    if close(result.mean(axis=1), np.zeros(40)):
        return wrong("That normalises each example. Take mean and deviation over axis 0.")
    if not close(result.mean(axis=0), np.zeros(3)):
        return wrong("Subtract from each neuron its mean over the batch.")
    if close(result[:, [0, 2]].std(axis=0), [1, 1]):
        return right("Mean 0, standard deviation 1, and no division by zero.")
    if close(z[:, [0, 2]].std(axis=0) * result[:, [0, 2]].std(axis=0), [1, 1]):
        return wrong("You divide by the variance. Take its root.")
    return wrong("Divide each neuron by its standard deviation over the batch.")
