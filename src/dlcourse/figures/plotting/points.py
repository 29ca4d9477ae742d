"""Scatter plots of labelled points."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from numpy.typing import ArrayLike, NDArray

from dlcourse import argument_checks
from dlcourse.argument_checks import Floats, Integers
from dlcourse.errors import InputError
from dlcourse.figures.alt_text import described
from dlcourse.figures.arguments import class_indices, words
from dlcourse.figures.axes_and_panels import canvas, panels
from dlcourse.figures.style import MARKERS, PALETTE, PAPER, WIDE, styled
from dlcourse.figures.wording import listing, spoken


def check_labelled_points(
    X: ArrayLike, y: ArrayLike, names: Sequence[str], *, columns: int | None = 2
) -> tuple[Floats, Integers, list[str]]:
    """Return points, labels and names of classes that fit each other, or raise InputError."""
    X = argument_checks.array(X, "X", "n_samples n_features")
    if columns is not None and X.shape[1] != columns:
        raise InputError(f"`X` must have {columns} columns: got shape {X.shape}.")
    names = words(names, "names")
    if not 1 <= len(names) <= len(PALETTE):
        raise InputError(f"`names` must hold 1 to {len(PALETTE)} names: got {len(names)}.")
    return X, class_indices(y, "y", n=len(X), n_classes=len(names)), names


def draw_classes(axes: Axes, X: Floats, y: Integers, names: Sequence[str], *, size: float) -> None:
    """Draw each class in its own colour and marker, of `size` square points."""
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


def _where(X: Floats, y: Integers, names: Sequence[str]) -> str:
    """Describe where each class lies, and which is a cluster of its own."""
    places = []
    for label, name in enumerate(names):
        if not (y == label).any():
            continue
        low, high = X[y == label].min(axis=0), X[y == label].max(axis=0)
        apart = ", a cluster of its own" if _apart(X, y, label).any() else ""
        places.append(
            f"{name} from {spoken(low[0])} to {spoken(high[0])} across "
            f"and {spoken(low[1])} to {spoken(high[1])} up{apart}"
        )
    return "; ".join(places)


def _apart(X: Floats, y: Integers, label: int) -> NDArray[np.bool_]:
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

    `X` are points, shape (n_samples, 2), and `y` their classes, shape (n_samples,), numbered in the
    order of `names`: at most six.

    >>> axes = scatter([[1, 2], [3, 4]], [0, 1], names=["a", "b"], x_label="u", y_label="v")
    >>> len(axes.collections)
    2
    """
    X, y, names = check_labelled_points(X, y, names)
    axes = canvas(axes, WIDE, 3.7)
    draw_classes(axes, X, y, names, size=34)
    axes.set(xlabel=x_label, ylabel=y_label)
    axes.legend()
    return described(
        axes,
        f"Scatter plot of {y_label} against {x_label} for {len(X)} points: {_where(X, y, names)}.",
    )


@styled
def scatter_matrix(
    X: ArrayLike, y: ArrayLike, *, feature_names: Sequence[str], names: Sequence[str]
) -> Axes:
    """Plot each feature against each other, with histograms on the diagonal.

    `X` holds two to five features in centimetres, shape (n_samples, n_features), and `y` the class
    of each sample, numbered in the order of `names`. `feature_names` are short and without a unit.
    The n_features² panels are in ``axes.child_axes``, row by row.

    >>> axes = scatter_matrix([[1, 2], [3, 4]], [0, 1], feature_names=["u", "v"], names=["a", "b"])
    >>> len(axes.child_axes)
    4
    """
    X, y, names = check_labelled_points(X, y, names, columns=None)
    n = X.shape[1]
    features = words(feature_names, "feature_names", n=n)
    if not 2 <= n <= 5:
        raise InputError(f"`X` must have 2 to 5 columns: got {n}.")
    axes, grid = panels(WIDE, n * n, columns=n, gap=(0.08, 0.08))
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
            draw_classes(panel, X[:, [column, row]], y, names, size=11)
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
    return described(
        axes,
        f"Scatter-plot matrix of {listing(features)} in cm for {len(X)} samples of "
        f"{listing(names)}; histograms on the diagonal.{ending}",
    )


def _label_panel(panel: Axes, row: int, column: int, features: list[str]) -> None:
    last = len(features) - 1
    panel.tick_params(labelsize=10.5, length=2)
    panel.locator_params(nbins=4)
    panel.margins(x=0.15)  # the last number stays clear of the next panel's first
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
