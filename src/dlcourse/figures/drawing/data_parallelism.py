"""One training step on several devices."""

from matplotlib.axes import Axes

from dlcourse.figures.alt_text import described
from dlcourse.figures.drawing._shapes import arrow, box, label, sheet
from dlcourse.figures.style import BLUE, MUTED, ORANGE, PANEL, TINT, WIDE, styled

N_DEVICES = 3


@styled
def data_parallelism() -> Axes:
    """Draw one training step on three devices whose gradients are averaged."""
    axes = sheet(WIDE, 4.15, low=0.33)
    width = (WIDE - 0.1) / N_DEVICES
    box(axes, (0.1, 3.6), WIDE - 0.2, 0.45, "one batch of examples", fill=PANEL)
    for k in range(N_DEVICES):
        left, middle = 0.05 + width * k, 0.05 + width * (k + 0.5)
        arrow(axes, (middle, 3.6), (middle, 3.28))
        label(axes, (middle, 3.13), f"part {k + 1}", colour=MUTED)
        arrow(axes, (middle, 3.0), (middle, 2.72))
        text = f"device {k + 1}\nsame weights"
        box(axes, (left + 0.04, 2.1), width - 0.08, 0.62, text, fill=TINT[BLUE])
        arrow(axes, (middle, 2.1), (middle, 1.85))
        label(axes, (middle, 1.7), "gradient", colour=MUTED)
        arrow(axes, (middle, 1.56), (middle, 1.3))
        arrow(axes, (middle, 0.85), (middle, 0.58))
        label(axes, (middle, 0.43), "same step", colour=MUTED)
    box(axes, (0.1, 0.85), WIDE - 0.2, 0.45, "all-reduce: average the gradients", fill=TINT[ORANGE])
    return described(
        axes,
        f"Data parallelism on {N_DEVICES} devices, top to bottom: one batch is cut into "
        f"{N_DEVICES} parts; each device has the same weights and computes the gradient on its "
        "part; all-reduce averages the gradients; each device then takes the same step, so that "
        "the weights stay equal.",
    )
