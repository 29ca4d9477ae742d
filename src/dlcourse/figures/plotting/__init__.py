"""Plots of data: arrays in, matplotlib ``Axes`` out, each with words for what is seen.

Nothing here computes what a chapter teaches. A plot makes a figure of a fitting size; some also
take ``axes`` to draw on. A figure with several panels is one host ``Axes`` that holds them. The
labels of the axes say quantity and unit. What does not fit raises `InputError`.
"""

from dlcourse.figures.plotting.clusters import kmeans_steps
from dlcourse.figures.plotting.decision_regions import decision_regions
from dlcourse.figures.plotting.evaluation import confusion_matrix, reliability_diagram
from dlcourse.figures.plotting.filters_and_feature_maps import feature_maps, filter_grid
from dlcourse.figures.plotting.images import image_grid, image_numbers, image_row
from dlcourse.figures.plotting.points import scatter, scatter_matrix
from dlcourse.figures.plotting.regression import line_fit, line_steps
from dlcourse.figures.plotting.timings import timing_bars
from dlcourse.figures.plotting.training_runs import learning_curves, spread_over_seeds

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
