"""Checks of the answers to the exercises in ``book/chapters/going-faster.md``."""

import numpy as np

from dlcourse.exercises.checking import Verdict, array, call, close, exercise, number, right, wrong
from dlcourse.networks.roofline import BYTES, LayerWork, Machine

SIZES = np.array([3, 3, 4])
LOSSES = np.array([0.2, 0.4, 0.5])
MACHINE = Machine(operations=1e12, n_bytes=5e10)
COMPUTE, EXCHANGE, N_DEVICES = 0.050, 0.010, 4


@exercise("going-faster-1", number)
def mean_of_uneven_parts(given: float) -> Verdict:
    """Compare with the mean over ten pictures, of which the devices had 3, 3 and 4."""
    solution = float((SIZES * LOSSES).sum() / SIZES.sum())
    if close(given, solution, digits=3):
        return right("Each picture counts the same, whichever device it was on.")
    if close(given, LOSSES.mean(), digits=2):
        return wrong("That counts each device the same. The third one had more pictures.")
    if close(given, (SIZES * LOSSES).sum(), digits=2):
        return wrong("That is the sum over ten pictures. Divide by their number.")
    if close(given, (SIZES * LOSSES).sum() / len(SIZES), digits=2):
        return wrong("You divided by the number of devices. Divide by that of pictures.")
    return wrong(
        "A mean of 0.2 over 3 pictures is a sum of 0.6. Add up all three sums, then divide."
    )


@exercise("going-faster-2", number)
def when_a_layer_fills_the_machine(given: float) -> Verdict:
    """Find the smallest batch for which a dense layer 1,000 -> 1,000 is limited by computing."""
    layer = LayerWork("dense", operations=2 * 1_000**2, n_values=2_000, n_weights=1_000**2)

    def computes(batch_size: int) -> bool:
        compute, move = MACHINE.seconds(layer, batch_size=batch_size)
        return compute > move

    smallest = next(b for b in range(1, 1_000) if computes(b))
    per_example = layer.operations / MACHINE.operations
    values = BYTES * layer.n_values / MACHINE.n_bytes
    weights = BYTES * layer.n_weights / MACHINE.n_bytes
    if given == smallest:
        return right("Below that the machine waits for the weights.")
    if given == smallest - 1 or close(given, weights / (per_example - values), digits=1):
        return wrong("Nearly: it must be a whole number, and computing must take the longer.")
    if weights / per_example - 1 < given <= weights / per_example + 1:
        return wrong("You left out the numbers that go in and come out: 2,000 for each example.")
    if given == next(b for b in range(1, 10_000) if b * per_example / 2 > weights + b * values):
        return wrong("Each multiplication goes with an addition: 2 operations.")
    return wrong(
        "For b examples: 2 x 1,000 x 1,000 x b operations, and 4 x (2,000 b + 1,000,000) bytes. "
        "Divide each by what the machine does in a second."
    )


@exercise("going-faster-3", array, shape=(2,))
def what_four_devices_gain(given: np.ndarray) -> Verdict:
    """Compare with 50 ms shared by four, and 10 ms that are not."""
    gain = COMPUTE / (COMPUTE / N_DEVICES + EXCHANGE)
    solution = np.array([gain, gain / N_DEVICES])
    if close(given, solution):
        return right("What is not shared out decides in the end.")
    if close(given[0], round(gain, 1)) and close(given[1], solution[1], digits=1):
        return wrong("Rounded too far: give at least two decimal places.")
    if close(given[0], N_DEVICES):
        return wrong("That leaves out the exchange, which takes 10 ms however many they are.")
    if close(given[0], (COMPUTE + EXCHANGE) / (COMPUTE / N_DEVICES + EXCHANGE)):
        return wrong("One device has nobody to exchange gradients with: it takes 50 ms.")
    if close(given[0], 1 / gain):
        return wrong("The other way round: how many times as fast?")
    if close(given[0], gain):
        return wrong("The first is right. The second: what share of four times as fast is that?")
    return wrong("Four devices take 50 / 4 ms to compute, and 10 ms to exchange.")


@exercise("going-faster-4")
def an_all_reduce(answer: object) -> Verdict:
    """Call the function with gradients of uneven parts."""
    rng = np.random.default_rng(0)
    gradients = [rng.normal(size=(2, 3)) for _ in SIZES]
    before = [gradient.copy() for gradient in gradients]
    reduced = call(answer, gradients, list(SIZES))
    solution = sum(n * g for n, g in zip(SIZES, before, strict=True)) / SIZES.sum()
    if not isinstance(reduced, list | tuple | np.ndarray) or len(reduced) != len(SIZES):
        return wrong("Give a list with one gradient for each device.")
    reduced = [array(gradient) for gradient in reduced]
    if any(gradient.shape != solution.shape for gradient in reduced):
        return wrong("Each device gets a gradient of the shape that it gave.")
    if all(np.allclose(gradient, solution) for gradient in reduced):
        if not all(np.array_equal(g, b) for g, b in zip(gradients, before, strict=True)):
            return wrong("It changes the gradients that it was given. Make new ones.")
        return right("Every device has the same gradient now, that of the whole batch.")
    if all(np.allclose(gradient, sum(before) / len(SIZES)) for gradient in reduced):
        return wrong("That counts each device the same. Weigh by the number of examples.")
    if all(np.allclose(gradient, solution * SIZES.sum()) for gradient in reduced):
        return wrong("That is a sum. Divide by the number of all examples.")
    if not all(np.allclose(gradient, reduced[0]) for gradient in reduced):
        return wrong("The devices get different gradients: their weights would drift apart.")
    return wrong("Add up size times gradient over the devices, and divide by the sum of the sizes.")
