"""Checks of the answers to the exercises in ``book/chapters/convolutional-networks.md``."""

import numpy as np

from dlcourse.convolution import max_pool2d
from dlcourse.exercises.checking import Verdict, array, close, exercise, number, right, wrong
from dlcourse.image_kernels import kernel


@exercise("convolutional-networks-1")
def pool_by_hand(answer: object) -> Verdict:
    """Compare with the max pooling of two rows of four."""
    given = array(answer).ravel()
    grid = np.array([[4, 1, 0, 2], [3, 9, 5, 1]])
    blocks = grid.reshape(2, 2, 2).swapaxes(0, 1)
    if given.size != 2:
        return wrong("There are two blocks of 2 x 2, side by side: give one number for each.")
    if close(given, max_pool2d(grid).ravel()):
        return right("The largest of each block of four.")
    if close(given, blocks.mean(axis=(1, 2))):
        return wrong("That is the mean of each block. Max pooling keeps the largest.")
    if close(given, blocks.sum(axis=(1, 2))):
        return wrong("That is the sum of each block. Max pooling keeps the largest.")
    if close(given, grid.max(axis=1)):
        return wrong("Those are the largest of each row. A block is two rows and two columns.")
    return wrong("Cut the grid into two blocks of 2 x 2 and keep the largest of each.")


@exercise("convolutional-networks-2", number)
def weights_of_the_second_convolution(given: float) -> Verdict:
    """Count 32 filters of 5 x 5 over 16 maps."""
    n_filters, n_maps, area = 32, 16, 5 * 5
    if given == n_filters * (area * n_maps + 1):
        return right("Each filter is as deep as its input, and has one bias.")
    if given == n_filters * area * n_maps:
        return wrong("Those are the weights. Each filter has a bias as well.")
    if given == n_filters * (area + 1):
        return wrong("A filter reads all 16 maps: it has 5 x 5 numbers for each of them.")
    if given == n_maps * (area + 1):
        return wrong("That is the first convolution: 16 filters over one image.")
    return wrong("How many numbers does one filter of 5 x 5 have that is 16 deep? Add its bias.")


@exercise("convolutional-networks-3", array, shape=(3, 3))
def learn_a_blur(given: np.ndarray) -> Verdict:
    """Compare with the Gaussian kernel."""
    if close(given, kernel("gaussian blur"), digits=2):
        return right("Found again, from two pictures alone.")
    if close(given, kernel("sobel x"), digits=1):
        return wrong("That is Sobel still. Compare with the blurred photo, not with `wanted`.")
    if close(given, kernel("box blur"), digits=2):
        return wrong('That is the box blur. Make the copy with kernel("gaussian blur").')
    if close(given.sum(), 1.0, digits=1):
        return wrong(
            "The numbers add up to one, as they should, but have not arrived yet: more steps."
        )
    return wrong("Repeat the page's loop with the blurred photo as the picture that you want.")
