"""The filters of a convolution layer, and the feature maps that they make of a picture.

A figure has a panel for each filter or map, in ``axes.child_axes``.
"""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike, NDArray

from dlcourse import argument_checks
from dlcourse.figures.alt_text import described
from dlcourse.figures.axes_and_panels import panels, show_picture
from dlcourse.figures.style import WIDE, styled
from dlcourse.figures.wording import spoken


@styled
def filter_grid(filters: ArrayLike) -> Axes:
    """Show a convolution layer's filters: orange for negative weights, violet for positive.

    `filters` are weights as Keras keeps them, for one channel of the input: (height, width, n).

    >>> import numpy as np
    >>> len(filter_grid(np.ones((5, 5, 16))).child_axes)
    16
    """
    weights = argument_checks.array(filters, "filters", "height width n")
    height, width, n = weights.shape
    negative = 100 * float(np.mean(weights < 0))
    axes = _tiles(weights, cmap="PuOr", symmetric=True)
    return described(
        axes,
        f"{n} filters of {height} by {width} weights, from {spoken(weights.min())} (orange) to "
        f"{spoken(weights.max())} (violet); {negative:.0f} % of the weights are negative.",
    )


@styled
def feature_maps(maps: ArrayLike) -> Axes:
    """Show what each filter of a layer makes of one picture.

    `maps` are the layer's output for the picture, shape (height, width, n).

    >>> import numpy as np
    >>> len(feature_maps(np.zeros((14, 14, 16))).child_axes)
    16
    """
    values = argument_checks.array(maps, "maps", "height width n")
    height, width, n = values.shape
    axes = _tiles(values, cmap="gray", symmetric=False)
    silent = int((values.max(axis=(0, 1)) <= 0).sum())
    return described(
        axes,
        f"{n} feature maps of {height} by {width} values, bright where the filter answers "
        f"strongly; values from {spoken(values.min())} to {spoken(values.max())}. "
        f"{silent} of the maps are dark all over.",
    )


def _tiles(values: NDArray[np.float64], *, cmap: str, symmetric: bool) -> Axes:
    """Show (height, width, n) as n pictures on one scale."""
    height, width, n = values.shape
    columns = min(8, n)
    rows = -(-n // columns)
    inches = WIDE / columns * height / width * rows + 0.1
    axes, grid = panels(inches, n, columns=columns, gap=(0.1, 0.1))
    reach = float(np.abs(values).max()) or 1.0
    limits = (-reach, reach) if symmetric else (float(values.min()), float(values.max()))
    for i, panel in enumerate(grid):
        show_picture(panel, values[:, :, i], limits=limits, cmap=cmap)
    return axes
