"""Boxes and arrows: how data are prepared, and shared among devices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dlcourse import validation
from dlcourse.errors import InputError
from dlcourse.figures.alt_text import set_alt
from dlcourse.figures.common import listing, mapping, styled
from dlcourse.figures.drawing._shapes import arrow, box, label, sheet
from dlcourse.figures.style import (
    BLUE_TINT,
    INK,
    MUTED,
    ORANGE_TINT,
    PANEL,
    PURPLE_TINT,
    TEAL_TINT,
    WIDE,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes


_FILLS = (BLUE_TINT, TEAL_TINT, PURPLE_TINT, ORANGE_TINT, TEAL_TINT, PANEL)


@styled
def data_pipeline(stages: Mapping[str, str]) -> Axes:
    """Draw the stages of an input pipeline, three in a row.

    Parameters
    ----------
    stages : mapping of str to str
        Name of each stage and what it does, in order; one to nine.

    Raises
    ------
    InputError
        If there are no stages or more than nine.

    Examples
    --------
    >>> axes = data_pipeline({"batch": "groups of 128", "fit": "the network trains"})
    >>> [text.get_text() for text in axes.texts][::2]
    ['batch', 'fit']
    """
    stages = mapping(stages, "stages", to="purposes")
    if len(stages) > 9:
        raise InputError(f"`stages` must be at most 9: got {len(stages)}.")
    rows = -(-len(stages) // 3)
    axes = sheet(WIDE, 1.55 * rows - 0.2)
    for i, (name, purpose) in enumerate(stages.items()):
        row, column = divmod(i, 3)
        x, y = 0.1 + 1.84 * column, 1.55 * (rows - row) - 0.85
        box(axes, (x, y), 1.3, 0.55, name, fill=_FILLS[i % len(_FILLS)], size=13)
        label(axes, (x + 0.65, y - 0.1), purpose, colour=MUTED, va="top")
        if column:
            arrow(axes, (x - 0.54, y + 0.28), (x - 0.02, y + 0.28))
        elif row:  # from the end of the row above, round to the start of this one
            high, between, low = y + 1.83, y + 0.77, y + 0.28
            across, up = [5.08, 5.3, 5.3, 0, 0], [high, high, between, between, low]
            axes.plot(across, up, color=INK, linewidth=1.3, linestyle="-")
            arrow(axes, (0, low), (0.1, low))
    details = listing(f"{name} ({' '.join(purpose.split())})" for name, purpose in stages.items())
    set_alt(axes, f"An input pipeline as boxes joined by arrows: {details}.")
    return axes


@styled
def data_parallelism(n_devices: int = 3) -> Axes:
    """Draw one training step on several devices whose gradients are averaged.

    Parameters
    ----------
    n_devices : int, default 3
        Two to four.

    Raises
    ------
    InputError
        If `n_devices` is not 2, 3 or 4.

    Examples
    --------
    >>> axes = data_parallelism(2)
    >>> sum(text.get_text().startswith("device") for text in axes.texts)
    2
    """
    n_devices = validation.count(n_devices, "n_devices", at_least=2, at_most=4)
    axes = sheet(WIDE, 4.15, low=0.33)
    width = (WIDE - 0.1) / n_devices
    box(axes, (0.1, 3.6), WIDE - 0.2, 0.45, "one batch of examples", fill=PANEL)
    for k in range(n_devices):
        left, middle = 0.05 + width * k, 0.05 + width * (k + 0.5)
        arrow(axes, (middle, 3.6), (middle, 3.28))
        label(axes, (middle, 3.13), f"part {k + 1}", colour=MUTED)
        arrow(axes, (middle, 3.0), (middle, 2.72))
        text = f"device {k + 1}\nsame weights"
        box(axes, (left + 0.04, 2.1), width - 0.08, 0.62, text, fill=BLUE_TINT)
        arrow(axes, (middle, 2.1), (middle, 1.85))
        label(axes, (middle, 1.7), "gradient", colour=MUTED)
        arrow(axes, (middle, 1.56), (middle, 1.3))
        arrow(axes, (middle, 0.85), (middle, 0.58))
        label(axes, (middle, 0.43), "same step", colour=MUTED)
    box(axes, (0.1, 0.85), WIDE - 0.2, 0.45, "all-reduce: average the gradients", fill=ORANGE_TINT)
    set_alt(
        axes,
        f"Data parallelism on {n_devices} devices, top to bottom: one batch is cut into "
        f"{n_devices} parts; each device has the same weights and computes the gradient on its "
        "part; all-reduce averages the gradients; each device then takes the same step, so that "
        "the weights stay equal.",
    )
    return axes
