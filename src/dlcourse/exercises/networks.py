"""Checks of the answers to the exercises in ``book/chapters/networks.md``."""

import numpy as np

from dlcourse.dense_network import Dense, Network, forward, initialise
from dlcourse.exercises.checking import Verdict, call, close, exercise, number, right, wrong

PAIRS = ((0, 0), (0, 1), (1, 0), (1, 1))


@exercise("networks-1", number)
def count_parameters(given: float) -> Verdict:
    """Count the parameters of a network of sizes 4, 10, 10, 3."""
    network = initialise([4, 10, 10, 3], activations=["relu"] * 3, rng=np.random.default_rng(0))
    weights = sum(layer.W.size for layer in network.layers)
    biases = sum(layer.b.size for layer in network.layers)
    if given == network.n_parameters:
        return right(f"{weights} weights and {biases} biases.")
    if given == weights:
        return wrong("Those are the weights. Each neuron has a bias as well.")
    if given == biases:
        return wrong("Those are the biases. Each arrow has a weight as well.")
    if given == biases + 4:
        return wrong(
            "That counts the circles. Parameters are on the arrows, and one in each neuron."
        )
    if given == network.n_parameters + 4:
        return wrong("The inputs are not neurons: they have no bias.")
    if given == network.n_parameters - 10 * 10 - 10:
        return wrong("That is one hidden layer. There are two, with 10 x 10 arrows between them.")
    return wrong("For each layer: inputs x neurons weights, and a bias for each neuron.")


@exercise("networks-2", number)
def forward_by_hand(given: float) -> Verdict:
    """Compare with the forward pass of the 2-2-1 network."""
    x = np.array([[1.0, 2.0]])
    W1, W2, b = np.array([[1.0, -1.0], [0.5, 0.25]]), np.array([[2.0], [3.0]]), np.array([-1.0])

    def out(hidden: str, W: np.ndarray, bias: np.ndarray) -> float:
        layers = (Dense(W, np.zeros(2), hidden), Dense(W2, bias, "linear"))
        return float(forward(Network(layers), x).output.item())

    if close(given, out("relu", W1, b)):
        return right("The second hidden neuron is silent; ReLU makes its −0.5 a 0.")
    if close(given, out("linear", W1, b)):
        return wrong("The second hidden sum is negative: what does ReLU make of it?")
    if close(given, out("relu", W1, np.zeros(1))):
        return wrong("The output neuron has a bias of -1.")
    if close(given, out("relu", W1.T, b)):
        return wrong(
            "Rows are inputs and columns are neurons: the first neuron's weights are 1, 0.5."
        )
    return wrong("First both hidden sums, then ReLU of each, then the output's sum and bias.")


@exercise("networks-3")
def same(answer: object) -> Verdict:
    """Call the reader's function with all four pairs."""
    says = [number(call(answer, x1, x2)) for x1, x2 in PAIRS]
    if says == [1, 0, 0, 1]:
        return right('With neurons: one says "both", one "neither", and a third "or".')
    if says == [0, 1, 1, 0]:
        return wrong("That is the opposite: it returns 1 when the inputs differ.")
    if says == [0, 0, 0, 1]:
        return wrong("(0, 0) are equal, too.")
    if says == [1, 0, 0, 0]:
        return wrong("(1, 1) are equal, too.")
    if any(value not in (0, 1) for value in says):
        return wrong(f"Step neurons give 0 or 1; yours returns {says}.")
    return wrong(
        f"For (0, 0), (0, 1), (1, 0), (1, 1) it returns {says}; it should return 1, 0, 0, 1."
    )
