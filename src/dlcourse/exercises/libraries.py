"""Checks of the answers to the exercises in ``book/chapters/libraries.md``."""

from typing import Any

import numpy as np

from dlcourse.dense_network import initialise
from dlcourse.exercises.checking import (
    Verdict,
    close,
    exercise,
    list_of,
    number,
    right,
    weights_of,
    wrong,
)

PARTS = ("forward pass", "loss", "gradient", "step")


@exercise("libraries-1", list_of, n=4, options=PARTS)
def who_does_what(given: list[str]) -> Verdict:
    """Name the four lines of a training step."""
    if given == ["gradient", "forward pass", "step", "loss"]:
        return right("And only the step changes a weight.")
    if given == list(PARTS):
        return wrong("That is the order in a program. The lines here are shuffled.")
    if given[0] == "step" or given[2] == "gradient":
        return wrong("Line 1 computes slopes and changes nothing; line 3 uses them.")
    if given[1] != "forward pass":
        return wrong("Line 2 works out outputs from inputs: which word is that?")
    return wrong("Line 4 compares the truth with the output, and gives one number.")


@exercise("libraries-2", number)
def let_the_tape(given: float) -> Verdict:
    """Compare with the slope of w³ - 2w at 2."""
    w = 2
    slope = 3 * w**2 - 2
    if close(given, slope, digits=3):
        return right("The tape found it from three operations.")
    if close(given, w**3 - 2 * w, digits=3):
        return wrong("That is the value of g. Its slope comes from tape.gradient(g, w).")
    if close(given, slope + 2, digits=3):
        return wrong("The slope of -2w is missing.")
    if close(given, slope + 4, digits=3):
        return wrong("The sign of -2w: its slope is -2.")
    return wrong("Work out g inside `with tf.GradientTape() as tape:`, then tape.gradient(g, w).")


@exercise("libraries-3")
def build_one(answer: Any) -> Verdict:
    """Look at the network's weights and activations."""
    hint = "Answer with the network itself, the result of keras.Sequential([…])."
    shapes = [w.shape for w in weights_of(answer, hint)]
    if not shapes:
        return wrong("The network has no weights yet: begin it with keras.Input(shape=(2,)).")
    wanted = initialise([2, 8, 8, 2], activations=["relu"] * 3, rng=np.random.default_rng(0))
    if shapes != [part.shape for layer in wanted.layers for part in (layer.W, layer.b)]:
        n = sum(int(np.prod(shape)) for shape in shapes)
        return wrong(
            f"It has {n} parameters, not {wanted.n_parameters}. Take 2 inputs, two hidden "
            "layers of 8 neurons, 2 outputs."
        )
    names: list[str] = []
    for layer in answer.layers:  # its activation is a function, an object, or the next layer
        activation = getattr(layer, "activation", layer)
        name = getattr(activation, "__name__", type(activation).__name__).lower()
        name = name.removesuffix("_v2")  # as tf.nn.softmax calls itself
        if layer.get_weights():
            names.append(name)
        elif names[-1:] == ["linear"] and name not in {"dropout", "flatten"}:
            names[-1] = name
    if "linear" in names[:2]:
        return wrong(
            "A hidden layer has no activation: the network can only draw straight borders."
        )
    if names != ["relu", "relu", "softmax"]:
        return wrong(f"The activations are {', '.join(names)}; take relu, relu, softmax.")
    return right(f"{wanted.n_parameters} parameters, ready to be trained.")
