"""Checks of the answers to the exercises in ``book/chapters/handwriting.md``."""

import numpy as np

from dlcourse.convolution import output_size
from dlcourse.exercises.checking import Verdict, exercise, number, right, weights_of, wrong


@exercise("handwriting-1", number)
def weights_of_a_convolution(given: float) -> Verdict:
    """Count the weights of 32 filters of 3 x 3 over 3 channels."""
    n_filters, size, n_channels = 32, 3, 3
    one_filter = size * size * n_channels
    if given == n_filters * (one_filter + 1):
        return right("Each filter reaches through all channels and has one bias.")
    if given == n_filters * one_filter:
        return wrong("Those are the weights. Each filter has a bias as well.")
    if given == n_filters * (size * size + 1):
        return wrong("A filter is as deep as its input: it has 3 x 3 weights in each channel.")
    if given == n_filters * (size * size + 1) * n_channels:
        return wrong("One bias for a filter, not one for each of its channels.")
    return wrong("How many numbers has one filter of 3 x 3 that reads 3 channels? Add its bias.")


@exercise("handwriting-2", number)
def numbers_after_valid_convolutions(given: float) -> Verdict:
    """Count what `Flatten` hands on with convolutions that go only where they fit."""
    n_filters, kernel = 32, 5
    side = conv_only = 28
    for _ in range(2):
        side = output_size(side, kernel, padding="valid") // 2
        conv_only = output_size(conv_only, kernel, padding="valid")
    if given == side * side * n_filters:
        return right("28, 24, 12, 8, 4: and 4 x 4 numbers in each of 32 channels.")
    if given == side * side:
        return wrong("That is one channel. There are 32 of them.")
    if given == 7 * 7 * n_filters:
        return wrong("That is the network of the page, with padding. Without it the sides shrink.")
    if given == conv_only * conv_only * n_filters:
        return wrong("You left out the pooling, which halves both sides each time.")
    return wrong("Follow one side: a filter of 5 fits 28 - 5 + 1 times; then halve; then again.")


@exercise("handwriting-3", weights_of, hint="Answer with the network itself: answer = dense.")
def dense_network(weights: list[np.ndarray]) -> Verdict:
    """Look for a trained network of 784 inputs, 128 hidden neurons and 10 outputs."""
    shapes = [w.shape for w in weights]
    if any(len(shape) == 4 for shape in shapes):
        return wrong("There is a convolution in it still. Flatten the image first.")
    if shapes != [(784, 128), (128,), (128, 10), (10,)]:
        return wrong(
            f"Its weights have the shapes {shapes}; they should be "
            "(784, 128), (128,), (128, 10) and (10,)."
        )
    if not weights[-1].any():
        return wrong("Its last biases are all zero: it has not been trained. Compile and fit it.")
    n_weights = sum(w.size for w in weights)
    filters = sum((5 * 5 * n_in + 1) * n_out for n_in, n_out in ((1, 16), (16, 32)))
    dense = sum((n_in + 1) * n_out for n_in, n_out in ((7 * 7 * 32, 128), (128, 10)))
    with_convolutions = filters + dense
    return right(
        f"{n_weights:,} weights, {100 * n_weights / with_convolutions:.0f} % of the "
        f"{with_convolutions:,} with convolutions. Compare the mistakes of the two."
    )
