"""The stages of an input pipeline, as boxes joined by arrows."""

from __future__ import annotations

from collections.abc import Mapping

from matplotlib.axes import Axes

from dlcourse.figures.alt_text import described
from dlcourse.figures.arguments import by_name
from dlcourse.figures.drawing._shapes import arrow, box, label, sheet
from dlcourse.figures.style import BLUE, MUTED, ORANGE, PANEL, PURPLE, TEAL, TINT, WIDE, styled
from dlcourse.figures.wording import listing

_FILLS = (TINT[BLUE], TINT[TEAL], TINT[PURPLE], TINT[ORANGE], TINT[TEAL], PANEL)


@styled
def data_pipeline(stages: Mapping[str, str]) -> Axes:
    """Draw the stages of an input pipeline, three in a row.

    `stages` maps the name of each, in order, to what it does.

    >>> axes = data_pipeline({"batch": "groups of 128", "fit": "the network trains"})
    >>> [text.get_text() for text in axes.texts][::2]
    ['batch', 'fit']
    """
    stages = by_name(stages, "stages", of="purposes")
    rows = -(-len(stages) // 3)
    axes = sheet(WIDE, 1.55 * rows - 0.2)
    for i, (name, purpose) in enumerate(stages.items()):
        row, column = divmod(i, 3)
        x, y = 0.2 + 1.84 * column, 1.55 * (rows - row) - 0.85
        box(axes, (x, y), 1.3, 0.55, name, fill=_FILLS[i % len(_FILLS)], size=13)
        label(axes, (x + 0.65, y - 0.1), purpose, colour=MUTED, va="top")
        if column:
            arrow(axes, (x - 0.54, y + 0.28), (x - 0.02, y + 0.28))
        elif row:  # from the end of the row above, round to the start of this one
            high, between, low = y + 1.83, y + 0.77, y + 0.28
            across, up = [5.18, 5.33, 5.33, 0.04, 0.04], [high, high, between, between, low]
            axes.plot(across, up, linewidth=1.3)
            arrow(axes, (0.04, low), (0.18, low))
    details = listing(f"{name} ({' '.join(purpose.split())})" for name, purpose in stages.items())
    return described(axes, f"An input pipeline as boxes joined by arrows: {details}.")
