"""The regions into which a classifier divides the plane."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap
from numpy.typing import ArrayLike

from dlcourse import argument_checks
from dlcourse.argument_checks import Floats
from dlcourse.figures.alt_text import described
from dlcourse.figures.arguments import class_indices
from dlcourse.figures.axes_and_panels import canvas
from dlcourse.figures.plotting.points import check_labelled_points, draw_classes
from dlcourse.figures.style import MUTED, PALETTE, WIDE, styled
from dlcourse.figures.wording import listing


@styled
def decision_regions(
    X: ArrayLike,
    y: ArrayLike,
    *,
    predict: Callable[[Floats], ArrayLike],
    names: Sequence[str],
    x_label: str,
    y_label: str,
    axes: Axes | None = None,
) -> Axes:
    """Plot points on the regions into which a classifier divides the plane.

    `X` are points, shape (n_samples, 2), and `y` their classes, shape (n_samples,), numbered in the
    order of `names`. `predict` takes points of shape (n, 2) and returns classes, shape (n,).

    >>> axes = decision_regions(
    ...     [[0, 0], [1, 1]], [0, 1], predict=lambda X: X[:, 0] > 0.5,
    ...     names=["left", "right"], x_label="u", y_label="v",
    ... )
    >>> axes.get_xlabel()
    'u'
    """
    X, y, names = check_labelled_points(X, y, names)
    argument_checks.function(predict, "predict")
    margin = 0.06 * np.maximum(np.ptp(X, axis=0), 1e-9)
    low, high = X.min(axis=0) - margin, X.max(axis=0) + margin
    u, v = np.meshgrid(np.linspace(low[0], high[0], 240), np.linspace(low[1], high[1], 240))
    grid = np.column_stack([u.ravel(), v.ravel()])  # (57600, 2)
    answers = class_indices(predict(grid), "predict(X)", n=len(grid), n_classes=len(names))
    axes = canvas(axes, WIDE, 3.8)
    axes.imshow(
        answers.reshape(u.shape),
        extent=(low[0], high[0], low[1], high[1]),
        origin="lower",
        aspect="auto",
        cmap=ListedColormap(PALETTE[: len(names)]),
        vmin=-0.5,
        vmax=len(names) - 0.5,
        alpha=0.22,
        zorder=0,
    )
    if len(np.unique(answers)) > 1:
        for label in range(len(names)):
            axes.contour(u, v, answers.reshape(u.shape) == label, [0.5], colors=MUTED, linewidths=1)
    draw_classes(axes, X, y, names, size=32)
    axes.set(xlabel=x_label, ylabel=y_label)
    axes.legend()
    right = class_indices(predict(X), "predict(X)", n=len(X), n_classes=len(names)) == y
    areas = np.bincount(answers, minlength=len(names)) / answers.size
    details = listing(f"{name} {100 * area:.0f} %" for name, area in zip(names, areas, strict=True))
    return described(
        axes,
        f"Plane of {y_label} against {x_label} divided into regions, one per class: {details} of "
        f"the area. {right.sum()} of {len(X)} points lie in the region of their own class.",
    )
