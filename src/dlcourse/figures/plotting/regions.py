"""The plane divided: clusters step by step, and the decision regions of a classifier."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.colors import ListedColormap

from dlcourse import validation
from dlcourse.errors import InputError
from dlcourse.figures.alt_text import set_alt
from dlcourse.figures.common import (
    array,
    canvas,
    class_indices,
    entries,
    host,
    listing,
    number,
    panels,
    styled,
)
from dlcourse.figures.plotting.points import draw_classes, labelled
from dlcourse.figures.style import INK, MUTED, PALETTE, PAPER, WIDE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from matplotlib.axes import Axes
    from numpy.typing import ArrayLike

    from dlcourse.figures.plotting.points import Floats


@styled
def kmeans_steps(
    X: ArrayLike,
    *,
    centres: Sequence[ArrayLike],
    labels: Sequence[ArrayLike],
    x_label: str = "x",
    y_label: str = "y",
) -> Axes:
    """Plot k-means step by step: who belongs to whom, and where the centres are.

    Parameters
    ----------
    X : array_like, shape (n_samples, 2)
        The points.
    centres : sequence of array_like, each of shape (n_clusters, 2)
        The centres at each step to be shown.
    labels : sequence of array_like of int, each of shape (n_samples,)
        The cluster of each point at each step.
    x_label, y_label : str
        Quantity and unit of each axis.

    Returns
    -------
    Axes
        Host of one panel a step, in ``axes.child_axes``.

    Raises
    ------
    InputError
        If the numbers of steps differ, or a shape is wrong.

    Examples
    --------
    >>> X = [[0, 0], [4, 4]]
    >>> axes = kmeans_steps(X, centres=[X, X], labels=[[0, 1], [0, 1]])
    >>> [panel.get_title() for panel in axes.child_axes]
    ['step 1', 'step 2']
    """
    X = array("X", X, ndim=2)
    if X.shape[1] != 2:
        raise InputError(f"`X` must have 2 columns: got shape {X.shape}.")
    centres = entries("centres", centres, of="arrays, one a step")
    labels = entries("labels", labels, of="arrays, one a step")
    if len(centres) != len(labels) or not centres:
        raise InputError(
            f"`centres` and `labels` must have as many steps: got {len(centres)}, {len(labels)}."
        )
    n = len(centres)
    columns = min(2, n)
    rows = -(-n // columns)
    axes = host(WIDE, 0.5 + 2.2 * rows)
    counts = []
    for step, panel in enumerate(panels(axes, n, columns=columns, gap=(0.1, 0.22))):
        at = array("centres", centres[step], ndim=2)
        if at.shape[1] != 2 or len(at) > len(PALETTE):
            raise InputError(f"`centres` must be (n_clusters ≤ 6, 2): got {at.shape}.")
        clusters = class_indices("labels", labels[step], n=len(X), n_classes=len(at))
        draw_classes(panel, X, clusters, [str(k) for k in range(len(at))], 16)
        panel.scatter(
            at[:, 0], at[:, 1], s=130, marker="X", color=INK, edgecolors=PAPER, linewidths=1.2
        )
        panel.set_title(f"step {step + 1}", fontsize=11)
        panel.locator_params(nbins=4)
        if step // columns == rows - 1 or step + columns >= n:
            panel.set_xlabel(x_label)
        else:
            panel.set_xticklabels([])
        if step % columns == 0:
            panel.set_ylabel(y_label)
        else:
            panel.set_yticklabels([])
        counts.append(np.bincount(clusters, minlength=len(at)))
    moved = float(
        np.linalg.norm(np.asarray(centres[-1], float) - np.asarray(centres[0], float), axis=1).max()
    )
    set_alt(
        axes,
        f"{n} steps of k-means with {len(counts[0])} centres on {len(X)} points, side by side. "
        f"The clusters begin with {listing(map(str, counts[0]))} points and end with "
        f"{listing(map(str, counts[-1]))}; the centre that moves most goes {number(moved)} far.",
    )
    return axes


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

    Parameters
    ----------
    X : array_like, shape (n_samples, 2)
        The points.
    y : array_like of int, shape (n_samples,)
        The true class of each.
    predict : callable
        Takes points of shape (n, 2), returns class indices of shape (n,).
    names : sequence of str
        Names of the classes.
    x_label, y_label : str
        Quantity and unit of each axis.
    axes : Axes, optional
        Where to draw.

    Raises
    ------
    InputError
        If shapes do not agree or `predict` answers with something else.

    Examples
    --------
    >>> axes = decision_regions(
    ...     [[0, 0], [1, 1]], [0, 1], predict=lambda X: X[:, 0] > 0.5,
    ...     names=["left", "right"], x_label="u", y_label="v",
    ... )
    >>> axes.get_xlabel()
    'u'
    """
    X, y, names = labelled(X, y, names)
    if not callable(predict):
        raise InputError(f"`predict` must be a function: got {validation.describe(predict)}.")
    margin = 0.06 * np.maximum(np.ptp(X, axis=0), 1e-9)
    low, high = X.min(axis=0) - margin, X.max(axis=0) + margin
    u, v = np.meshgrid(np.linspace(low[0], high[0], 240), np.linspace(low[1], high[1], 240))
    grid = np.column_stack([u.ravel(), v.ravel()])  # (57600, 2)
    answers = class_indices("predict(X)", predict(grid), n=len(grid), n_classes=len(names))
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
    draw_classes(axes, X, y, names, 32)
    axes.set(xlabel=x_label, ylabel=y_label)
    axes.legend()
    right = class_indices("predict(X)", predict(X), n=len(X), n_classes=len(names)) == y
    areas = np.bincount(answers, minlength=len(names)) / answers.size
    details = listing(f"{name} {100 * area:.0f} %" for name, area in zip(names, areas, strict=True))
    set_alt(
        axes,
        f"Plane of {y_label} against {x_label} divided into regions, one a class: {details} of the "
        f"area. {right.sum()} of {len(X)} points lie in the region of their own class.",
    )
    return axes
