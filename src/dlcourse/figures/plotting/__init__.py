"""Plots of data: arrays in, matplotlib ``Axes`` out, each with words for what is seen.

Nothing here computes what a chapter teaches. A plot takes ``axes`` to draw on, or makes a
figure of a fitting size. A figure with several panels is one host ``Axes`` that holds them.
"""

from dlcourse.figures.plotting.curves import (
    learning_curves,
    spread_over_seeds,
    timing_bars,
)
from dlcourse.figures.plotting.points import scatter, scatter_matrix
from dlcourse.figures.plotting.predictions import (
    confusion_matrix,
    reliability_diagram,
)
from dlcourse.figures.plotting.rasters import (
    feature_maps,
    filter_grid,
    image_grid,
    image_numbers,
    image_row,
)
from dlcourse.figures.plotting.regions import decision_regions, kmeans_steps
from dlcourse.figures.plotting.regression import line_fit, line_steps

__all__ = [
    "confusion_matrix",
    "decision_regions",
    "feature_maps",
    "filter_grid",
    "image_grid",
    "image_numbers",
    "image_row",
    "kmeans_steps",
    "learning_curves",
    "line_fit",
    "line_steps",
    "reliability_diagram",
    "scatter",
    "scatter_matrix",
    "spread_over_seeds",
    "timing_bars",
]
