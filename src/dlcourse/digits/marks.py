"""The marks of a mask: which can be a digit, how thick they are, and how many signs they are.

A mask says of each pixel of a picture whether it is of one kind, ink perhaps; a mark is a patch of
such pixels that touch, over corners too. `dlcourse.digits.preparation` looks for
a digit among them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dlcourse import validation
from dlcourse.errors import InputError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Mask = NDArray[np.bool_]

THINNEST = 0.085  #: strokes thinner than this part of the digit's height are thickened …
PEN = 0.11  #: … to this
HALO = 8  #: working pixels around the ink in which soft edges still belong to it
DISC, RECTANGLE = 0.7, 0.88  #: parts of its box that a plate covers, at least and if it has corners
EVEN, FULL = 1.6, 0.7  #: a loop's widths differ by so much at most; its eye fills so much of a box
SLENDER = 0.45  #: a hole whose strokes are narrower than this part of its shorter side is a sign


def keep_marks(kind: Mask) -> Mask:
    """Keep of one kind of pixels the marks that can be a digit.

    What runs off the picture goes (a wall, a table, a shadow), unless nothing else is there;
    so does a frame with something in it, and specks. A line beside the main mark that is far
    thinner than its strokes is a piece of a frame, not a stroke; and if the main mark stands on
    a plate, what lies beyond the plate is the wall.
    """
    from scipy import ndimage  # noqa: PLC0415

    kind = require_mask(kind, "kind")
    labels, n_marks = ndimage.label(kind, structure=np.ones((3, 3)))
    if not n_marks:
        return np.zeros_like(kind)
    areas = np.bincount(labels.ravel(), minlength=n_marks + 1)[1:]
    boxes = ndimage.find_objects(labels)
    smallest = 0.0006 * kind.size
    inside = [
        i
        for i, (rows, columns) in enumerate(boxes)
        if areas[i] >= smallest
        and rows.start > 0
        and columns.start > 0
        and rows.stop < kind.shape[0]
        and columns.stop < kind.shape[1]
    ]
    tall = [i for i in inside if _height(boxes[i]) >= 0.1 * max(kind.shape)]
    kept = inside if tall else [i for i in range(n_marks) if areas[i] >= smallest]
    kept = [i for i in kept if not any(_frames(boxes[i], boxes[j]) for j in kept if j != i)]
    if not kept:
        return np.zeros_like(kind)
    weights = {i: areas[i] * _middle(boxes[i], kind.shape) for i in kept}
    main = max(kept, key=lambda i: weights[i])
    plate = _plate_around(kind, labels == main + 1)
    kept = [i for i in kept if areas[i] >= 0.07 * weights[main] and plate[labels == i + 1].all()]
    if len(kept) > 1:
        depths = ndimage.mean(_depth(kind), labels, np.arange(1, n_marks + 1))
        kept = [
            i for i in kept if depths[i] >= 0.55 * depths[main] or _overlap(boxes[i], boxes[main])
        ]
    return np.isin(labels, [i + 1 for i in kept])


def _plate_around(kind: Mask, mark: Mask) -> Mask:
    """Find the paper around a mark, with all that stands on it; everything, if it has no edge."""
    from scipy import ndimage  # noqa: PLC0415

    filled = ndimage.binary_fill_holes(mark)
    near = ndimage.binary_dilation(filled) & ~filled & ~kind
    if not near.any():
        return np.ones_like(kind)
    papers, _ = ndimage.label(~kind)
    paper = papers == np.bincount(papers[near]).argmax()
    edge = paper[0].any() or paper[-1].any() or paper[:, 0].any() or paper[:, -1].any()
    return np.ones_like(kind) if edge else np.asarray(ndimage.binary_fill_holes(paper | mark))


def _height(box: tuple[slice, slice]) -> int:
    return int(box[0].stop - box[0].start)


def _middle(box: tuple[slice, slice], shape: tuple[int, ...]) -> float:
    """Weigh a mark by how near the middle of the picture it is, 1 to 0.3."""
    rows, columns = box
    away = max(
        abs((rows.start + rows.stop) / shape[0] - 1),
        abs((columns.start + columns.stop) / shape[1] - 1),
    )
    return float(1 - 0.7 * away)


def _frames(outer: tuple[slice, slice], inner: tuple[slice, slice]) -> bool:
    """Whether a mark is a frame around another, judged by their boxes."""
    return all(
        a.start < b.start and b.stop < a.stop for a, b in zip(outer, inner, strict=True)
    ) and _height(inner) >= 0.3 * _height(outer)


def _overlap(one: tuple[slice, slice], other: tuple[slice, slice]) -> bool:
    """Whether two boxes share a pixel."""
    return all(a.start < b.stop and b.start < a.stop for a, b in zip(one, other, strict=True))


def is_plate(mask: Mask) -> bool:
    """Whether marks are what a sign is cut out of, not ink: a rectangle, or a plate of other shape.

    The eye of a zero is as wide as it is, or, in a narrow zero, as far from it on all sides; a
    sign in a plate has strokes.
    """
    from scipy import ndimage  # noqa: PLC0415

    mask = require_marks(mask, "mask")
    holes = holes_of(mask)
    if not holes.any():
        return False
    rows, columns = np.nonzero(mask)
    covered = (mask | holes).sum() / ((np.ptp(rows) + 1) * (np.ptp(columns) + 1))
    if covered < DISC:
        return False
    labels, _ = ndimage.label(holes, structure=np.ones((3, 3)))
    largest = labels == np.bincount(labels.ravel())[1:].argmax() + 1
    eye_rows, eye_columns = np.nonzero(largest)
    height, width = np.ptp(eye_rows) + 1, np.ptp(eye_columns) + 1
    if covered <= RECTANGLE:
        return bool(stroke_width(largest) < SLENDER * min(height, width))
    around = [
        edge
        for outer, inner in ((rows, eye_rows), (columns, eye_columns))
        for edge in (inner.min() - outer.min(), outer.max() - inner.max())
    ]
    is_loop = max(around) <= EVEN * min(around) and largest.sum() > FULL * height * width
    return not (is_loop and height > width)


def holes_of(mask: Mask) -> Mask:
    """Give the pixels that marks enclose: no way along the edges of pixels leads out of them."""
    from scipy import ndimage  # noqa: PLC0415

    mask = require_mask(mask, "mask")
    return np.asarray(ndimage.binary_fill_holes(mask)) & ~mask


def grow(mask: Mask, faint: Mask) -> Mask:
    """Add to the marks the faint strokes that hang on them, such as a pen's hairlines.

    If that reaches the picture's edge or doubles the ink, it was a shadow: nothing is added.
    """
    from scipy import ndimage  # noqa: PLC0415

    mask, faint = require_mask(mask, "mask"), require_mask(faint, "faint")
    validation.same_shape(mask, "mask", faint, "faint")
    grown = np.asarray(
        ndimage.binary_propagation(mask, mask=faint | mask, structure=np.ones((3, 3)))
    )
    edge = grown[0].any() or grown[-1].any() or grown[:, 0].any() or grown[:, -1].any()
    return mask if edge or grown.sum() > 2 * mask.sum() else grown


def halo(mask: Mask, others: Mask) -> Mask:
    """Give the marks with the soft edges around them: at most `HALO` steps away from them.

    What is as near to another mark (a frame, a line) belongs to that one.
    """
    from scipy import ndimage  # noqa: PLC0415

    away = ndimage.distance_transform_cdt(~mask, metric="taxicab")
    near = away <= HALO
    if others.any():
        near &= away < ndimage.distance_transform_cdt(~others, metric="taxicab")
    return np.asarray(near)


def stroke_width(mask: Mask) -> float:
    """Measure how wide the strokes of marks are, in pixels.

    A bar's pixels are on average a quarter of its width away from its edge, so four times
    that average is the width of the strokes.
    """
    mask = require_marks(mask, "mask")
    return 4 * float(_depth(mask)[mask].mean()) - 1


def _depth(mask: Mask) -> Floats:
    """Measure how far each pixel of the marks is from what is none; beyond the picture is none."""
    from scipy import ndimage  # noqa: PLC0415

    return np.asarray(ndimage.distance_transform_edt(np.pad(mask, 1))[1:-1, 1:-1])


def thicken(ink: Floats, mask: Mask) -> Floats:
    """Make strokes that are thinner than MNIST's as thick as a pen's."""
    from scipy import ndimage  # noqa: PLC0415

    ink, mask = validation.array(ink, "ink", "height width"), require_marks(mask, "mask")
    validation.same_shape(ink, "ink", mask, "mask")
    rows, columns = np.nonzero(mask)
    tallest = max(np.ptp(rows), np.ptp(columns)) + 1
    width = stroke_width(mask)
    missing = round((PEN * tallest - width) / 2) if width < THINNEST * tallest else 0
    if missing < 1:
        return ink
    v, u = np.mgrid[-missing : missing + 1, -missing : missing + 1]
    disc = u**2 + v**2 <= missing**2
    return np.asarray(ndimage.grey_dilation(np.pad(ink, missing), footprint=disc))


def solidity(mask: Mask) -> float:
    """Measure how solid marks are: 1 for a disc, 0.95 for a bar, far less for what has strokes.

    It is their area, in areas of the ellipse whose pixels spread as far as theirs.

    Examples
    --------
    >>> bar, corner = np.ones((40, 8), bool), np.ones((40, 40), bool)
    >>> corner[8:, 8:] = False
    >>> round(solidity(bar), 2), round(solidity(corner), 2)
    (0.95, 0.4)
    """
    places = np.argwhere(require_marks(mask, "mask"))
    covariance = np.cov(places.T, bias=True) + np.eye(2) / 12  # a pixel is a square
    return float(len(places) / (4 * np.pi * np.sqrt(np.linalg.det(covariance))))


def count_signs(mask: Mask) -> int:
    """Count the signs that stand side by side; strokes above each other belong together."""
    heights = [_height(box) for box in signs(mask)]
    return sum(height >= 0.55 * max(heights) for height in heights)


def signs(mask: Mask) -> list[tuple[slice, slice]]:
    """Give the boxes, rows and columns, of signs that stand side by side, from the left.

    Strokes above each other belong together.
    """
    from scipy import ndimage  # noqa: PLC0415

    mask = require_mask(mask, "mask")
    labels, _ = ndimage.label(mask, structure=np.ones((3, 3)))
    spans: list[list[int]] = []  # left, right, top, bottom of each sign
    for rows, columns in sorted(ndimage.find_objects(labels), key=lambda box: box[1].start):
        new = [columns.start, columns.stop, rows.start, rows.stop]
        for sign in spans:
            shared = min(sign[1], new[1]) - max(sign[0], new[0])
            if shared > 0.2 * min(sign[1] - sign[0], new[1] - new[0]):
                sign[1] = max(sign[1], new[1])
                sign[2], sign[3] = min(sign[2], new[2]), max(sign[3], new[3])
                break
        else:
            spans.append(new)
    return [(slice(top, bottom), slice(left, right)) for left, right, top, bottom in spans]


def require_mask(value: Mask, name: str) -> Mask:
    """Check that `value` marks pixels."""
    found = validation.instance(value, name, np.ndarray)
    if found.ndim != 2 or found.dtype != bool or not found.size:
        raise InputError(
            f"`{name}` must have shape (height, width) and type bool: "
            f"got {validation.describe(found)}."
        )
    return found


def require_marks(value: Mask, name: str) -> Mask:
    """Check that `value` marks at least one pixel."""
    found = require_mask(value, name)
    if not found.any():
        raise InputError(f"`{name}` must mark a pixel at least: got none.")
    return found
