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

    Examples
    --------
    >>> X = [[0, 0], [4, 4]]
    >>> axes = kmeans_steps(X, centres=[X, X], labels=[[0, 1], [0, 1]])
    >>> [panel.get_title() for panel in axes.child_axes]
    ['step 1', 'step 2']
    """
    X = argument_checks.array(X, "X", "n_samples 2")
    if X.shape[1] != 2:
        raise InputError(f"`X` must have 2 columns: got shape {X.shape}.")
    centres = entries(centres, "centres", of="arrays, one a step")
    labels = entries(labels, "labels", of="arrays, one a step")
    if len(centres) != len(labels) or not centres:
        raise InputError(
            f"`centres` and `labels` must have as many steps: got {len(centres)}, {len(labels)}."
        )
    n = len(centres)
    columns = n if n <= 3 else 2
    rows = -(-n // columns)
    axes, grid = panels(0.5 + 2.05 * rows, n, columns=columns, gap=(0.1, 0.22))
    counts = []
    for step, panel in enumerate(grid):
        if step:
            panel.sharex(grid[0])
            panel.sharey(grid[0])
        at = argument_checks.array(centres[step], "centres", "n_clusters 2")
        if at.shape != (*np.shape(centres[0])[:1], 2) or len(at) > len(PALETTE):
            raise InputError(f"`centres` must all be (n_clusters ≤ 6, 2): got {at.shape}.")
        clusters = class_indices(labels[step], "labels", n=len(X), n_classes=len(at))
        draw_classes(panel, X, clusters, [str(k) for k in range(len(at))], size=16)
        panel.scatter(
            at[:, 0], at[:, 1], s=130, marker="X", color=INK, edgecolors=PAPER, linewidths=1.2
        )
        panel.set_title(f"step {step + 1}")
        if step // columns == rows - 1 or step + columns >= n:
            panel.set_xlabel(x_label)
        else:
            panel.tick_params(labelbottom=False)
        if step % columns == 0:
            panel.set_ylabel(y_label)
        else:
            panel.tick_params(labelleft=False)
        counts.append(np.bincount(clusters, minlength=len(at)))
    grid[0].locator_params(nbins=4)
    moved = float(
        np.linalg.norm(np.asarray(centres[-1], float) - np.asarray(centres[0], float), axis=1).max()
    )
    return described(
        axes,
        f"{n} steps of k-means with {len(counts[0])} centres on {len(X)} points, side by side. "
        f"The clusters begin with {listing(map(str, counts[0]))} points and end with "
        f"{listing(map(str, counts[-1]))}; the centre that moves most moves by {spoken(moved)}.",
    )
