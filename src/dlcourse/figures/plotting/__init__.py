"""Plots of data: arrays in, matplotlib ``Axes`` out, each with words for what is seen.

A leaf of the package: nothing of it computes what a chapter teaches. Every
function takes ``axes`` to draw on, or makes a figure of a fitting size; figures
with several panels are one host ``Axes`` with the panels inside it.
"""

from dlcourse.figures.plotting.curves import (
    accuracy_bars,
    activation_curves,
    learning_curves,
    spread_over_seeds,
    timing_bars,
)
from dlcourse.figures.plotting.points import decision_regions, kmeans_steps, scatter, scatter_matrix
from dlcourse.figures.plotting.predictions import (
    confusion_matrix,
    probability_bars,
    reliability_diagram,
)
from dlcourse.figures.plotting.rasters import (
    feature_maps,
    filter_grid,
    image_grid,
    image_numbers,
    image_row,
)
from dlcourse.figures.plotting.regression import line_fit, line_steps, loss_surface

__all__ = [
    "accuracy_bars",
    "activation_curves",
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
    "loss_surface",
    "probability_bars",
    "reliability_diagram",
    "scatter",
    "scatter_matrix",
    "spread_over_seeds",
    "timing_bars",
]
