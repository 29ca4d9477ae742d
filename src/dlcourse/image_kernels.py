"""Image kernels: small grids of numbers that sharpen, blur or find edges.

They are fixed by mathematics; nothing here is learned. All are written for
cross-correlation (`dlcourse.convolution.correlate2d`): lay the kernel over the image as
it stands here, multiply, add up. True convolution turns it by 180° first, which flips
the sign of the edge filters.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from dlcourse import argument_checks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dlcourse.argument_checks import Floats


@dataclass(frozen=True, eq=False)
class Kernel:
    """A named kernel.

    Attributes
    ----------
    name
        Its key in `KERNELS`.
    values
        The grid, read-only; rows run down the image, columns to the right.
    source
        Who described it, and where.
    description
        What it does to a picture.
    """

    name: str
    values: Floats
    source: str
    description: str


def _kernel(
    name: str, rows: list[list[float]], source: str, description: str, *, divisor: float = 1
) -> Kernel:
    """Write down one kernel as whole numbers over a common divisor."""
    values = np.array(rows, dtype=np.float64) / divisor
    values.setflags(write=False)
    return Kernel(name, values, source, description)


_GONZALEZ = "R. C. Gonzalez and R. E. Woods, Digital Image Processing, 4th edition, 2018, "
_SOBEL = "I. Sobel and G. Feldman, Stanford Artificial Intelligence Project, 1968"
_PREWITT = "J. M. S. Prewitt, Object enhancement and extraction, 1970"
_BINOMIAL = "Rows of Pascal's triangle; P. J. Burt, Fast filter transforms for images, 1981"

#: Every kernel by name.
KERNELS: Mapping[str, Kernel] = MappingProxyType(
    {
        kernel.name: kernel
        for kernel in (
            _kernel(
                "identity",
                [[0, 0, 0], [0, 1, 0], [0, 0, 0]],
                "By definition",
                "Leaves the picture as it is.",
            ),
            _kernel(
                "sharpen",
                [[0, -1, 0], [-1, 5, -1], [0, -1, 0]],
                _GONZALEZ + "section 3.6: identity minus Laplacian",
                "Makes each pixel differ more from its four neighbours.",
            ),
            _kernel(
                "box blur",
                [[1, 1, 1], [1, 1, 1], [1, 1, 1]],
                _GONZALEZ + "section 3.5",
                "Gives each pixel the mean of the nine around it.",
                divisor=9,
            ),
            _kernel(
                "gaussian blur",
                [[1, 2, 1], [2, 4, 2], [1, 2, 1]],
                _BINOMIAL,
                "Blurs; near neighbours count more than far ones.",
                divisor=16,
            ),
            _kernel(
                "gaussian blur 5",
                [
                    [1, 4, 6, 4, 1],
                    [4, 16, 24, 16, 4],
                    [6, 24, 36, 24, 6],
                    [4, 16, 24, 16, 4],
                    [1, 4, 6, 4, 1],
                ],
                _BINOMIAL,
                "Blurs more strongly, over five pixels by five.",
                divisor=256,
            ),
            _kernel(
                "sobel x",
                [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]],
                _SOBEL,
                "Finds vertical edges: positive where it grows brighter to the right.",
            ),
            _kernel(
                "sobel y",
                [[-1, -2, -1], [0, 0, 0], [1, 2, 1]],
                _SOBEL,
                "Finds horizontal edges: positive where it grows brighter downwards.",
            ),
            _kernel(
                "prewitt x",
                [[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]],
                _PREWITT,
                "Finds vertical edges, all three rows counting the same.",
            ),
            _kernel(
                "prewitt y",
                [[-1, -1, -1], [0, 0, 0], [1, 1, 1]],
                _PREWITT,
                "Finds horizontal edges, all three columns counting the same.",
            ),
            _kernel(
                "laplacian",
                [[0, 1, 0], [1, -4, 1], [0, 1, 0]],
                _GONZALEZ + "section 3.6",
                "Finds edges of every direction: the sum of the second differences.",
            ),
            _kernel(
                "laplacian 8",
                [[1, 1, 1], [1, -8, 1], [1, 1, 1]],
                _GONZALEZ + "section 3.6",
                "Finds edges of every direction, diagonal neighbours included.",
            ),
            _kernel(
                "emboss",
                [[-2, -1, 0], [-1, 1, 1], [0, 1, 2]],
                "GIMP documentation, Convolution matrix",
                "Makes a relief: bright where it grows brighter towards the lower right.",
            ),
        )
    }
)


def kernel(name: str) -> Floats:
    """Return the grid of a named kernel, as a copy of one's own.

    Parameters
    ----------
    name
        A key of `KERNELS`.

    Returns
    -------
    ndarray
        Shape (height, width).

    Raises
    ------
    InputError
        If there is no kernel of this name.

    Examples
    --------
    >>> kernel("sharpen")
    array([[ 0., -1.,  0.],
           [-1.,  5., -1.],
           [ 0., -1.,  0.]])
    """
    return KERNELS[argument_checks.choice(name, "name", KERNELS)].values.copy()
