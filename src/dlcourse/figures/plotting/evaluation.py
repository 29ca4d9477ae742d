"""What a classifier answers: how often it is right, how sure, and what it confuses."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from numpy.typing import ArrayLike

from dlcourse import argument_checks
from dlcourse.errors import InputError
from dlcourse.figures.alt_text import described
from dlcourse.figures.arguments import words
from dlcourse.figures.axes_and_panels import canvas
from dlcourse.figures.style import BLUE, INK, MEDIUM, MUTED, ORANGE, WIDE, styled
from dlcourse.figures.wording import percent, spoken


@styled
def confusion_matrix(matrix: ArrayLike, *, names: Sequence[str] | None = None) -> Axes:
    """Show a confusion matrix: rows are true classes, columns predictions.

    `matrix` holds counts, shape (n_classes, n_classes). By default the classes are called by their
    numbers.

    >>> axes = confusion_matrix([[1234567, 1], [0, 4]], names=["cat", "dog"])
    >>> [text.get_text() for text in axes.texts]
    ['1,234,567', '1', '0', '4']
    """
    counts = argument_checks.array(matrix, "matrix", "n_classes n_classes")
    n = len(counts)
    if counts.shape != (n, n) or counts.min() < 0:
        raise InputError(f"`matrix` must be square with counts ≥ 0: got shape {counts.shape}.")
    names = words(range(n) if names is None else names, "names", n=n)
    axes = canvas(None, WIDE if n > 4 else MEDIUM, WIDE if n > 4 else 3.8)
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    for (row, column), count in np.ndenumerate(counts):
        colour = BLUE if row == column else ORANGE
        strength = 0.06 * (count > 0) + 0.4 * np.sqrt(shares[row, column])
        corner = (column - 0.48, row - 0.48)
        axes.add_patch(Rectangle(corner, 0.96, 0.96, color=colour, alpha=strength, linewidth=0))
        axes.text(
            column,
            row,
            f"{count:,.0f}" if count == round(count) else f"{count:g}",
            ha="center",
            va="center",
            fontsize=10.5 if n > 4 else 13,
            color=INK if count else MUTED,
            fontweight="bold" if row == column else "normal",
        )
    axes.set(xlim=(-0.5, n - 0.5), ylim=(n - 0.5, -0.5), xlabel="predicted", ylabel="true")
    axes.set_xticks(range(n), names)
    axes.set_yticks(range(n), names)
    axes.tick_params(length=0)
    axes.set_aspect("equal")
    axes.spines[:].set_visible(False)
    right, total = np.trace(counts), counts.sum()
    wrong = counts - np.diag(np.diag(counts))
    worst = np.unravel_index(wrong.argmax(), wrong.shape)
    ending = (
        f" The commonest mistake: {names[worst[0]]} taken for {names[worst[1]]}, "
        f"{spoken(wrong[worst])} in all."
        if wrong.any()
        else " There is no mistake."
    )
    return described(
        axes,
        f"Confusion matrix of {n} classes: {spoken(right)} of {spoken(total)} "
        f"on the diagonal, that is right.{ending}",
    )


@styled
def reliability_diagram(
    confidence: ArrayLike, accuracy: ArrayLike, counts: ArrayLike, *, axes: Axes | None = None
) -> Axes:
    """Plot how often a classifier is right against how sure it is.

    Of each bin, `confidence` is the mean probability of the predicted class, `accuracy` the share
    of right answers and `counts` the number of answers, all of shape (n_bins,). Empty bins are left
    out.

    >>> axes = reliability_diagram([0.6, 0.9], [0.5, 0.8], [10, 90])
    >>> axes.get_xlabel()
    'confidence'
    """
    n = argument_checks.array(counts, "counts", "n_bins")
    for value, name in ((confidence, "confidence"), (accuracy, "accuracy")):
        argument_checks.same_length(np.atleast_1d(value), name, n, "counts")
    full = n > 0
    # An empty bin often holds NaN.
    sure = argument_checks.array(np.where(full, confidence, 0.0), "confidence", "n_bins")
    right = argument_checks.array(np.where(full, accuracy, 0.0), "accuracy", "n_bins")
    if not full.any() or min(sure.min(), right.min()) < 0 or max(sure.max(), right.max()) > 1:
        raise InputError("`confidence` and `accuracy` must lie between 0 and 1, with some counts.")
    sure, right, n = sure[full], right[full], n[full]
    axes = canvas(axes, MEDIUM, 4.0)
    axes.plot([0, 1], [0, 1], color=MUTED, linestyle="--", linewidth=1.2, label="as sure as right")
    axes.vlines(sure, right, sure, color=ORANGE, linewidth=1.5)
    sizes = 30 + 220 * np.sqrt(n / n.max())
    axes.scatter(sure, right, s=sizes, color=BLUE, alpha=0.85, zorder=3, clip_on=False)
    axes.set(xlabel="confidence", ylabel="share that is right", xlim=(0, 1.04), ylim=(0, 1.04))
    axes.xaxis.set_major_formatter(lambda share, _: f"{100 * share:g} %")
    axes.yaxis.set_major_formatter(lambda share, _: f"{100 * share:g} %")
    axes.set_aspect("equal")
    axes.legend(loc="best")  # a classifier may be surer or less sure than it is right
    gap = float((n * (sure - right)).sum() / n.sum())
    verdict = "surer than it is right" if gap > 0 else "less sure than it is right"
    return described(
        axes,
        f"Reliability diagram of {spoken(n.sum())} answers in {len(n)} bins, with the diagonal of "
        f"perfect calibration. At {percent(sure[-1])} confidence {percent(right[-1])} are right. "
        f"On the whole the classifier is {percent(abs(gap))} {verdict}.",
    )
