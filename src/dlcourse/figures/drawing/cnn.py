"""The course's digit network, a convolutional one, layer by layer."""

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from dlcourse.figures.alt_text import described
from dlcourse.figures.drawing._shapes import arrow, box, label, sheet
from dlcourse.figures.style import BLUE, INK, MUTED, ORANGE, PANEL, PURPLE, TEAL, TINT, WIDE, styled

#: Side of the maps, their number, and the layer that made them; the course's digit network.
_MAPS = (
    (28, 1, "image", PANEL),
    (28, 16, "convolution\n16 filters 5×5", TINT[BLUE]),
    (14, 16, "max pooling\n2×2", TINT[TEAL]),
    (14, 32, "convolution\n32 filters 5×5", TINT[BLUE]),
    (7, 32, "max pooling\n2×2", TINT[TEAL]),
)
#: What a layer is, its neurons, its height in inches and its colour.
_ROWS = (
    ("flatten", "1,568", 1.5, TINT[PURPLE]),
    ("dense", "128", 1.0, TINT[ORANGE]),
    ("dense", "10", 0.5, TINT[ORANGE]),
)


@styled
def convolutional_network() -> Axes:
    """Draw the digit network of the course, in two rows: feature maps, then dense layers."""
    axes = sheet(WIDE, 4.3, low=0.25)
    for i, (side, maps, made_by, fill) in enumerate(_MAPS):
        row, column = divmod(i, 3)
        x, y = 0.15 + 1.85 * column, 3.01 - 2.11 * row
        _maps(axes, (x, y), side / 28 * 0.85, min(maps, 1 + maps // 8), fill)
        label(axes, (x + 0.55, y + 1.22), f"{side}×{side}×{maps}", bold=True)
        label(axes, (x + 0.55, y - 0.06), made_by, colour=MUTED, va="top")
        if column:
            arrow(axes, (x - 0.5, y + 0.5), (x - 0.16, y + 0.5))
    for i, (layer, size, height, fill) in enumerate(_ROWS):
        at = 3.6 + 0.68 * i
        box(axes, (at, 1.3 - height / 2), 0.26, height, fill=fill)
        label(axes, (at + 0.13, 1.3 + height / 2 + 0.12), size, bold=True)
        label(axes, (at + 0.13, 0.45), layer, colour=MUTED, va="top")
        arrow(axes, (at - 0.37, 1.3), (at - 0.05, 1.3))
    axes.plot([4.85, 5.3, 5.3, 0.05, 0.05], [3.51, 3.51, 2.41, 2.41, 1.4], linewidth=1.3)
    arrow(axes, (0.05, 1.4), (0.33, 1.4))
    return described(
        axes,
        "The course's convolutional network as stacks of maps, in order: an image of 28×28×1; "
        "a convolution makes 28×28×16; 2×2 max pooling halves the sides to 14×14×16; "
        "a second convolution makes 14×14×32; pooling again makes 7×7×32; "
        "flattened these are 1,568 numbers; dense layers of 128 and 10, one a digit, end it.",
    )


def _maps(axes: Axes, at: tuple[float, float], side: float, n: int, fill: str) -> None:
    """Draw `n` squares behind one another, centred in a place 1.1 wide."""
    depth = 0.06 * (n - 1)
    left, low = at[0] + 0.55 - (side + depth) / 2, at[1] + 0.55 - (side + depth) / 2
    for k in reversed(range(n)):
        corner = (left + 0.06 * k, low + 0.06 * k)
        axes.add_patch(
            Rectangle(corner, side, side, facecolor=fill, edgecolor=INK, linewidth=1, zorder=3)
        )
