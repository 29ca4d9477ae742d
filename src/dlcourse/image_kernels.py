"""Image kernels: small grids of numbers that sharpen, blur or find edges.

They are fixed by mathematics; nothing here is learned. All are written for
cross-correlation (`dlcourse.convolution.correlate2d`): lay the kernel over the image as
it stands here, multiply, add up. True convolution turns it by 180° first, which flips
the sign of the edge filters.
"""

from __future__ import annotations

import numpy as np

from dlcourse import argument_checks
from dlcourse.argument_checks import Floats


def _kernel(*rows: list[int], divisor: int = 1) -> Floats:
    """Write down a kernel, row by row, as whole numbers over a common divisor."""
    return np.array(rows, dtype=np.float64) / divisor


#: Every kernel by name, read-only.
KERNELS = {
    # Leaves the picture as it is.
    "identity": _kernel([0, 0, 0], [0, 1, 0], [0, 0, 0]),
    # Makes each pixel differ more from its four neighbours. R. C. Gonzalez and R. E. Woods,
    # Digital Image Processing, 4th edition, 2018, section 3.6: identity minus Laplacian.
    "sharpen": _kernel([0, -1, 0], [-1, 5, -1], [0, -1, 0]),
    # Gives each pixel the mean of the nine around it. Gonzalez and Woods, section 3.5.
    "box blur": _kernel([1, 1, 1], [1, 1, 1], [1, 1, 1], divisor=9),
    # Blurs; near neighbours count more than far ones: rows of Pascal's triangle.
    # P. J. Burt, Fast filter transforms for images, 1981.
    "gaussian blur": _kernel([1, 2, 1], [2, 4, 2], [1, 2, 1], divisor=16),
    # Blurs more strongly, over five pixels by five.
    "gaussian blur 5": np.outer([1, 4, 6, 4, 1], [1, 4, 6, 4, 1]) / 256,
    # Find vertical and horizontal edges: positive where it grows brighter to the right, or
    # downwards. I. Sobel and G. Feldman, Stanford Artificial Intelligence Project, 1968.
    "sobel x": _kernel([-1, 0, 1], [-2, 0, 2], [-1, 0, 1]),
    "sobel y": _kernel([-1, -2, -1], [0, 0, 0], [1, 2, 1]),
    # The same, all three rows or columns counting alike. J. M. S. Prewitt, Object
    # enhancement and extraction, 1970.
    "prewitt x": _kernel([-1, 0, 1], [-1, 0, 1], [-1, 0, 1]),
    "prewitt y": _kernel([-1, -1, -1], [0, 0, 0], [1, 1, 1]),
    # Find edges of every direction: the sum of the second differences, without and with
    # the diagonal neighbours. Gonzalez and Woods, section 3.6.
    "laplacian": _kernel([0, 1, 0], [1, -4, 1], [0, 1, 0]),
    "laplacian 8": _kernel([1, 1, 1], [1, -8, 1], [1, 1, 1]),
    # Makes a relief: bright where it grows brighter towards the lower right. GIMP
    # documentation, Convolution matrix.
    "emboss": _kernel([-2, -1, 0], [-1, 1, 1], [0, 1, 2]),
}
for _values in KERNELS.values():
    _values.setflags(write=False)


def kernel(name: str) -> Floats:
    """Return the grid of a named kernel, shape (height, width), as a copy of one's own.

    >>> kernel("sharpen")
    array([[ 0., -1.,  0.],
           [-1.,  5., -1.],
           [ 0., -1.,  0.]])
    """
    return KERNELS[argument_checks.choice(name, "name", KERNELS)].copy()
