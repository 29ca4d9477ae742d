"""Points in the plane: flowers, clusters, and the regions a network divides it into."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.colors import ListedColormap
from matplotlib.lines import Line2D

from dlcourse import validation
from dlcourse.errors import InputError
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
    words,
)
from dlcourse.figures.style import INK, MARKERS, MUTED, PALETTE, PAPER, WIDE, set_alt

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from matplotlib.axes import Axes
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]
    Indices = NDArray[np.intp]


def _labelled(
    X: ArrayLike, y: ArrayLike, names: Sequence[str], *, columns: int | None = 2
) -> tuple[Floats, Indices, list[str]]:
    """Check points, their labels and the names of the classes."""
    X = array("X", X, ndim=2)
    if columns is not None and X.shape[1] != columns:
        raise InputError(f"`X` must have {columns} columns: got shape {X.shape}.")
    names = words("names", names)
    if not 1 <= len(names) <= len(PALETTE):
        raise InputError(f"`names` must hold 1 to {len(PALETTE)} names: got {len(names)}.")
    return X, class_indices("y", y, n=len(X), n_classes=len(names)), names


def _draw_classes(axes: Axes, X: Floats, y: Indices, names: Sequence[str], size: float) -> None:
    for label, name in enumerate(names):
        axes.scatter(
            X[y == label, 0],
            X[y == label, 1],
            s=size,
            color=PALETTE[label],
            marker=MARKERS[label],
            edgecolors=PAPER,
            linewidths=0.4,
            label=name,
        )


def _where(X: Floats, y: Indices, names: Sequence[str]) -> str:
    """Describe where each class lies, and which is a cluster of its own."""
    places = []
    for label, name in enumerate(names):
        if not (y == label).any():
            continue
        low, high = X[y == label].min(axis=0), X[y == label].max(axis=0)
        apart = ", a cluster of its own" if _apart(X, y, label).any() else ""
        places.append(
            f"{name} from {number(low[0])} to {number(high[0])} across "
            f"and {number(low[1])} to {number(high[1])} up{apart}"
        )
    return "; ".join(places)


def _apart(X: Floats, y: Indices, label: int) -> NDArray[np.bool_]:
    """Return for each feature whether a class's range meets no other sample."""
    members, others = X[y == label], X[y != label]
    if not len(members) or not len(others):
        return np.zeros(X.shape[1], bool)
    return np.asarray((members.max(0) < others.min(0)) | (members.min(0) > others.max(0)))


@styled
def scatter(
    X: ArrayLike,
    y: ArrayLike,
    *,
    names: Sequence[str],
    x_label: str,
    y_label: str,
    axes: Axes | None = None,
) -> Axes:
    """Plot points in the plane, each class with its own colour and marker.

    Parameters
    ----------
    X : array_like, shape (n_samples, 2)
        The points.
    y : array_like of int, shape (n_samples,)
        The class of each.
    names : sequence of str
        Names of the classes; at most six.
    x_label, y_label : str
        Quantity and unit of each axis.
    axes : Axes, optional
        Where to draw.

    Returns
    -------
    Axes

    Raises
    ------
    InputError
        If `X` does not have two columns, or a label has no name.

    Examples
    --------
    >>> axes = scatter([[1, 2], [3, 4]], [0, 1], names=["a", "b"], x_label="u", y_label="v")
    >>> len(axes.collections)
    2
    """
    X, y, names = _labelled(X, y, names)
    axes = canvas(axes, WIDE, 3.7)
    _draw_classes(axes, X, y, names, 34)
    axes.set(xlabel=x_label, ylabel=y_label)
    axes.legend()
    set_alt(
        axes,
        f"Scatter plot of {y_label} against {x_label} for {len(X)} points: {_where(X, y, names)}.",
    )
    return axes


@styled
def scatter_matrix(
    X: ArrayLike,
    y: ArrayLike,
    *,
    feature_names: Sequence[str],
    names: Sequence[str],
) -> Axes:
    """Plot each feature against each other, with histograms on the diagonal.

    Parameters
    ----------
    X : array_like, shape (n_samples, n_features)
        The features, in centimetres; two to five of them.
    y : array_like of int, shape (n_samples,)
        The class of each sample.
    feature_names : sequence of str, length n_features
        Short names without the unit.
    names : sequence of str
        Names of the classes.

    Returns
    -------
    Axes
        Host of n_features² panels, row by row in ``axes.child_axes``.

    Raises
    ------
    InputError
        If shapes and names do not agree.

    Examples
    --------
    >>> axes = scatter_matrix([[1, 2], [3, 4]], [0, 1], feature_names=["u", "v"], names=["a", "b"])
    >>> len(axes.child_axes)
    4
    """
    X, y, names = _labelled(X, y, names, columns=None)
    n = X.shape[1]
    features = words("feature_names", feature_names, n=n)
    if not 2 <= n <= 5:
        raise InputError(f"`X` must have 2 to 5 columns: got {n}.")
    axes = host(WIDE, WIDE)
    grid = panels(axes, n * n, columns=n, gap=(0.08, 0.08))
    for i, panel in enumerate(grid):
        row, column = divmod(i, n)
        if row == column:
            edges = np.linspace(X[:, row].min(), X[:, row].max(), 13).tolist()
            for label in range(len(names)):
                panel.hist(
                    X[y == label, row],
                    edges,
                    histtype="step",
                    color=PALETTE[label],
                    linewidth=1.6,
                    linestyle=("-", "--", "-.", ":", "-", "--")[label],
                )
        else:
            _draw_classes(panel, X[:, [column, row]], y, names, 11)
        _label_panel(panel, row, column, features)
    axes.legend(
        handles=[
            Line2D([], [], color=PALETTE[k], marker=MARKERS[k], linestyle="none", label=name)
            for k, name in enumerate(names)
        ],
        ncols=3,
        loc="lower center",
        bbox_to_anchor=(0.5, 1.0),
        columnspacing=1.2,
        handletextpad=0.2,
    )
    apart = [
        f"{name} stands apart in {listing(f for j, f in enumerate(features) if unmixed[j])}"
        for label, name in enumerate(names)
        if (unmixed := _apart(X, y, label)).any()
    ]
    ending = f" {'; '.join(apart)}." if apart else " No class stands apart in a single feature."
    set_alt(
        axes,
        f"Scatter-plot matrix of {listing(features)} in cm for {len(X)} samples of "
        f"{listing(names)}; histograms on the diagonal.{ending}",
    )
    return axes


def _label_panel(panel: Axes, row: int, column: int, features: list[str]) -> None:
    last = len(features) - 1
    panel.tick_params(labelsize=9, length=2)
    panel.locator_params(nbins=3)
    if row == column:
        panel.set_yticks([])
    if row == last:
        panel.set_xlabel(f"{features[column].replace(' ', chr(10))}\n(cm)", fontsize=10.5)
    else:
        panel.set_xticklabels([])
    if column == 0:
        panel.set_ylabel(f"{features[row].replace(' ', chr(10))}\n(cm)", fontsize=10.5)
    else:
        panel.set_yticklabels([])


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
        _draw_classes(panel, X, clusters, [str(k) for k in range(len(at))], 16)
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

    Returns
    -------
    Axes

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
    X, y, names = _labelled(X, y, names)
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
    _draw_classes(axes, X, y, names, 32)
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
