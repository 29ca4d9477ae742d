"""Checks of the answers to the exercises in ``book/chapters/kernels.md``."""

import numpy as np

from dlcourse.convolution import correlate2d, output_size
from dlcourse.data.photo import photo
from dlcourse.exercises.checking import Verdict, array, close, exercise, number, right, wrong
from dlcourse.image_kernels import kernel


@exercise("kernels-1", number)
def one_pixel_by_hand(given: float) -> Verdict:
    """Compare with Sobel's kernel over one patch."""
    patch = np.array([[3, 3, 8], [3, 3, 8], [3, 4, 8]])
    solution = (patch * kernel("sobel x")).sum()
    if close(given, solution):
        return right("Four times the jump from 3 to 8; the middle column is multiplied by zero.")
    if close(given, -solution):
        return wrong("The sign: +1, +2, +1 are on the right, where it is brighter.")
    if close(given, (patch * kernel("sobel y")).sum()):
        return wrong("That is the other kernel, which looks for horizontal edges.")
    if close(given, (patch * kernel("prewitt x")).sum()):
        return wrong("The middle row is -2, 0, 2: twice the others.")
    return wrong(
        "Multiply each of the nine numbers by the one beneath it, and add up the products."
    )


@exercise("kernels-2", array, shape=(2,))
def size_of_a_result(given: np.ndarray) -> Verdict:
    """Compare with the size of the photo under a kernel of 7 that goes where it fits."""
    shape = photo().shape
    solution = [output_size(n, 7) for n in shape]
    if close(given, solution):
        return right("Six pixels fewer along each side.")
    if close(given, solution[::-1]):
        return wrong("The two are the wrong way round: rows first, then columns.")
    if close(given, [n - 7 for n in shape]):
        return wrong("One too few: a kernel as large as the image still fits once.")
    if close(given, shape):
        return wrong("That is the size of the photo. Without padding the result is smaller.")
    return wrong("Along a side of n pixels a kernel of k fits n - k + 1 times.")


@exercise("kernels-3", array, shape=(3, 3))
def move_to_the_left(given: np.ndarray) -> Verdict:
    """Look whether the kernel moves a picture by one pixel to the left."""
    picture = np.random.default_rng(0).random((4, 5))  # a ramp would take a blur for a shift
    moved = correlate2d(picture, given, padding="zero")

    def is_moved(rows: int, columns: int) -> bool:
        inner = picture[1 + rows : 3 + rows, 1 + columns : 4 + columns]
        return bool(np.allclose(moved[1:3, 1:4], inner))

    if is_moved(0, 1):
        return right("Each pixel takes the place of its left neighbour.")
    if is_moved(0, -1):
        return wrong("That moves the picture to the right. Which neighbour must each pixel take?")
    if is_moved(0, 0):
        return wrong("That leaves the picture where it is.")
    if is_moved(1, 0) or is_moved(-1, 0):
        return wrong("That moves the picture up or down.")
    return wrong("One of the nine numbers is 1, all others are 0. Each pixel takes one neighbour.")
