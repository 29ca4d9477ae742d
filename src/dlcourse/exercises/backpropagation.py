"""Checks of the answers to the exercises in ``book/chapters/backpropagation.md``."""

import numpy as np

from dlcourse.activations import sigmoid_derivative
from dlcourse.exercises.checking import (
    Verdict,
    call,
    close,
    exercise,
    list_of,
    number,
    right,
    wrong,
)
from dlcourse.neuron import learn

SETS = ("training", "validation", "test")
W, LEARNING_RATE = 0.5, 0.4
#: The neuron of the exercises takes one step.
STEP = learn(x=[3.0], t=1.0, w=[W], b=-1.5, activation="sigmoid", learning_rate=LEARNING_RATE)
SLOPE, NEW_W = float(np.ravel(STEP.dw)[0]), float(np.ravel(STEP.w)[0])


@exercise("backpropagation-1", list_of, n=3, options=SETS)
def which_set(given: list[str]) -> Verdict:
    """Choices belong to validation, fitting to training, the last word to the test."""
    if given == ["validation", "training", "test"]:
        return right("Fit, choose, and then test once.")
    if given[0] == "test":
        return wrong(
            "When to stop is a choice. A test set that you choose by no longer tests anything."
        )
    if given[0] == "training":
        return wrong("The training loss nearly always keeps falling: it never says stop.")
    if given[1] != "training":
        return wrong("The set that the weights are fitted to is the training set.")
    return wrong("The customer wants a number that no choice has flattered: the test set's.")


@exercise("backpropagation-2", number)
def slope_of_one_neuron(given: float) -> Verdict:
    """Compare with the slope that the learning rule takes."""
    if close(given, SLOPE, digits=3):
        return right("Error times two, sigmoid's slope, input: three factors.")
    if close(given, -SLOPE, digits=3):
        return wrong("The sign: the output is below the truth, so y - t is negative.")
    if close(given, SLOPE / 2, digits=3):
        return wrong("A factor of 2 is missing: the slope of a square is twice what is squared.")
    if close(given, STEP.db, digits=3):
        return wrong("That is the slope of the bias. For the weight, multiply by the input.")
    if close(given, SLOPE / sigmoid_derivative(STEP.z), digits=3):
        return wrong("The sigmoid's own slope y(1 - y) is missing.")
    return wrong("Multiply 2(y - t), y(1 - y) and x. First work out z and y.")


@exercise("backpropagation-3", number)
def one_step(given: float) -> Verdict:
    """Compare with the weight after one step."""
    if close(given, NEW_W, digits=3):
        return right("To go against a negative slope is to go up.")
    if close(given, W + LEARNING_RATE * SLOPE, digits=3):
        return wrong("That goes with the slope, and makes the loss larger. Subtract.")
    if close(given, W - SLOPE, digits=3):
        return wrong("Multiply the slope by the learning rate first.")
    if close(abs(given), abs(NEW_W - W), digits=3):
        return wrong("That is the step. The exercise asks for the weight after it.")
    return wrong("New weight = old weight - learning rate x slope.")


@exercise("backpropagation-4")
def check_a_gradient(answer: object) -> Verdict:
    """Try the reader's function on a cubic, whose slope is known."""
    points = (-1.0, 0.5, 2.0)
    given = np.array([number(call(answer, lambda x: x**3 - 4 * x, w)) for w in points])
    truth = np.array([3 * w**2 - 4 for w in points])
    if close(given, truth, digits=3):
        return right(
            "It is right to at least three decimals. Now you can check slopes of your own."
        )
    if close(given, 2 * truth, digits=2):
        return wrong("Twice too large: between w - h and w + h lie two h, not one.")
    if close(given, -truth, digits=2):
        return wrong("The sign is wrong: the change is the value after minus the value before.")
    if close(given, 0.0, digits=2):
        return wrong("That is nearly zero: divide the change of f by the change of w.")
    if close(given, truth / 2, digits=2):
        return wrong("Half of what it should be: to one side, divide by h alone.")
    if np.abs(given - truth).max() < 5:
        return wrong("Near, but not near enough: take a smaller h, or step to both sides.")
    return wrong("Divide the change of f by the change of w, for two points close to w.")
