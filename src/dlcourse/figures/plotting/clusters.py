"""K-means step by step: the centres, and which points belong to each."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from dlcourse import argument_checks
from dlcourse.errors import InputError
from dlcourse.figures.alt_text import described
from dlcourse.figures.arguments import class_indices, entries
from dlcourse.figures.axes_and_panels import panels
from dlcourse.figures.plotting.points import draw_classes
from dlcourse.figures.style import INK, PALETTE, PAPER, styled
from dlcourse.figures.wording import listing, spoken


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

    `X` are points, shape (n_samples, 2). `centres` and `labels` hold an array for each step to be
    shown: the centres, shape (n_clusters, 2), and the cluster of each point, shape (n_samples,).
    The steps have a panel each, in ``axes.child_axes``.

    >>> X = [[0, 0], [4, 4]]
    >>> axes = kmeans_steps(X, centres=[X, X], labels=[[0, 1], [0, 1]])
    >>> [panel.get_title() for panel in axes.child_axes]
    ['step 1', 'step 2']
    """
    X = argument_checks.array(X, "X", "n_samples 2")
    at = argument_checks.array(centres, "centres", "n_steps n_clusters 2")
    n, n_clusters, _ = at.shape
    if (X.shape[1], at.shape[2]) != (2, 2) or n_clusters > len(PALETTE):
        raise InputError(
            "`X` must be (n_samples, 2) and `centres` (n_steps, up to 6, 2): "
            f"got {X.shape} and {at.shape}."
        )
    clusters = [
        class_indices(one, "labels", n=len(X), n_classes=n_clusters)
        for one in entries(labels, "labels", of="arrays, one for each step")
    ]
    if len(clusters) != n:
        raise InputError(
            f"`labels` must have as many steps as `centres`, {n}: got {len(clusters)}."
        )
    columns = n if n <= 3 else 2
    rows = -(-n // columns)
    axes, grid = panels(0.5 + 2.05 * rows, n, columns=columns, gap=(0.1, 0.22))
    for step, panel in enumerate(grid):
        if step:
            panel.sharex(grid[0])
            panel.sharey(grid[0])
        draw_classes(panel, X, clusters[step], list(map(str, range(n_clusters))), size=16)
        x, y = at[step].T
        panel.scatter(x, y, s=130, marker="X", color=INK, edgecolors=PAPER, linewidths=1.2)
        panel.set_title(f"step {step + 1}")
        if step // columns == rows - 1 or step + columns >= n:
            panel.set_xlabel(x_label)
        else:
            panel.tick_params(labelbottom=False)
        if step % columns == 0:
            panel.set_ylabel(y_label)
        else:
            panel.tick_params(labelleft=False)
    grid[0].locator_params(nbins=4)
    first, last = (
        listing(str((clusters[step] == k).sum()) for k in range(n_clusters)) for step in (0, -1)
    )
    moved = float(np.linalg.norm(at[-1] - at[0], axis=1).max())
    return described(
        axes,
        f"{n} steps of k-means with {n_clusters} centres on {len(X)} points, side by side. "
        f"The clusters begin with {first} points and end with {last}; the centre that moves most "
        f"moves by {spoken(moved)}.",
    )
