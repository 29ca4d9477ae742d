"""Look again at a picture in which no digit was read, as a person would.

- As one sign, if its parts are nearer to each other than a stroke is wide, as a display's are.
- Without the things that lie beside it: a pen, a rubber, the holes of a punch.
- By its strokes: a stroke is narrow, and so found where the light changes from place to place.
- From nearer: a digit that is small in its picture is cut out, and looked for once more.

Each look is one more chance to take something for a digit. So they are for pictures that were
refused, and `dlcourse.digits.reader` believes them only if the network is sure.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from dlcourse import validation
from dlcourse.digits import marks, preparation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import ArrayLike

    from dlcourse.digits.preparation import Floats, Mask, Prepared

TOGETHER = 0.8  #: widths of a stroke between two parts of one sign, at most
BROADEST = 29  #: working pixels of the window that tells strokes from light
SOLID = 0.85  #: what is more solid than that is a thing, no sign
DOT = 0.9  #: … and than that, while not half as long again as wide, a dot
SIMILAR = (0.55, 1.8)  #: heights between which a thing may be a sign beside a sign
PLAIN = 0.06  #: contrast of ink that is looked for once more, at least
LONE = 0.3  #: ink elsewhere, in parts of a mark's own, beyond which it is not alone
SMALL = (0.025, 0.16)  #: sides of a small mark, in parts of the picture's longer side
FEWEST = 12  #: pixels of a small mark
ROOM = 1.5  #: from a small mark's middle to the edge of what is cut out, in its sides


def as_one(prepared: Prepared) -> Prepared | None:
    """Take signs for one that are hardly apart: a display's segments, dots, a stencil's parts.

    Parameters
    ----------
    prepared
        A way to see ink in a picture.

    Returns
    -------
    Prepared or None
        The same as one sign; None if it is one already, or its signs are too far apart.
    """
    prepared = validation.instance(prepared, "prepared", preparation.Prepared)
    columns = [box[1] for box in marks.signs(prepared.mask)]
    gaps = [right.start - left.stop for left, right in pairwise(columns)]
    if prepared.n_signs == 1 or max(gaps) > TOGETHER * marks.stroke_width(prepared.mask):
        return None
    return replace(prepared, n_signs=1)


def without_things_beside(prepared: Prepared) -> Prepared | None:
    """Leave out solid marks beside the others that are no sign: far longer, far shorter, not level.

    Parameters
    ----------
    prepared
        A way to see ink in a picture.

    Returns
    -------
    Prepared or None
        The same without them; None if there are none, or nothing else.
    """
    from scipy import ndimage  # noqa: PLC0415

    prepared = validation.instance(prepared, "prepared", preparation.Prepared)
    labels, n_marks = ndimage.label(prepared.mask, structure=np.ones((3, 3)))
    solid = [marks.solidity(labels == i + 1) > SOLID for i in range(n_marks)]
    if all(solid) or not any(solid):
        return None
    boxes = ndimage.find_objects(labels)
    rest = np.isin(labels, [i + 1 for i in range(n_marks) if not solid[i]])
    top, bottom, left, right = _box(rest)
    beside = []
    for i, (rows, columns) in enumerate(boxes):
        apart = columns.stop <= left or columns.start >= right
        level = rows.start < bottom and rows.stop > top
        share = (rows.stop - rows.start) / (bottom - top)
        if solid[i] and apart and not (level and SIMILAR[0] <= share <= SIMILAR[1]):
            beside.append(i + 1)
    if not beside:
        return None
    kept = prepared.mask & ~np.isin(labels, beside)
    return preparation.as_ink(
        prepared.grey, prepared.even, prepared.mask, kept, dark_ink=prepared.dark_ink
    )


def closer_looks(picture: ArrayLike) -> Iterator[Prepared]:
    """Look by strokes, and then from nearer, for what stands alone in the picture.

    Parameters
    ----------
    picture
        As for `dlcourse.digits.preparation.candidates`.

    Yields
    ------
    Prepared
        What may be a digit; dots are left out.
    """
    picture = validation.brightness(picture, "picture", "height width")
    grey = preparation.working_copy(picture)
    looks = [*_by_strokes(grey)[:1], *_from_nearer(picture, grey)]
    return (
        look
        for look in looks
        if look.contrast >= PLAIN and _stands_alone(look) and not _is_dot(look.mask)
    )


def _by_strokes(grey: Floats) -> tuple[Prepared, ...]:
    """Find ink as what is narrow and differs from what is around it."""
    found = []
    for dark_ink in (True, False):
        bright = (-1.0 if dark_ink else 1.0) * preparation.smoothed(grey)
        strokes = bright - preparation.opening(bright, BROADEST)
        kind = strokes > preparation.otsu(strokes)
        even = -strokes if dark_ink else strokes
        look = preparation.as_ink(grey, even, kind, marks.keep_marks(kind), dark_ink=dark_ink)
        if look is not None:
            found.append(look)
    return preparation.in_order(found)


def _from_nearer(picture: Floats, grey: Floats) -> list[Prepared]:
    """Cut out what is small and the most of its ink, and look for a digit there."""
    smooth = preparation.smoothed(grey)
    middles: list[tuple[float, float]] = []
    found: list[Prepared] = []
    for paper in (
        np.median(smooth),
        preparation.background(smooth),
        preparation.local_level(smooth),
    ):
        even = smooth - paper
        threshold = preparation.otsu(even)
        for dark_ink in (True, False):
            box = _small_mark(even < threshold if dark_ink else even > threshold)
            if box is None:
                continue
            top, bottom, left, right = box
            y, x = (top + bottom) / 2, (left + right) / 2
            if any(abs(y - other[0]) + abs(x - other[1]) < 6 for other in middles):
                continue
            middles.append((y, x))
            room = ROOM * max(bottom - top, right - left)
            scale = picture.shape[0] / grey.shape[0], picture.shape[1] / grey.shape[1]
            rows = slice(max(0, int((y - room) * scale[0])), int((y + room) * scale[0]))
            columns = slice(max(0, int((x - room) * scale[1])), int((x + room) * scale[1]))
            part = picture[rows, columns]
            if min(part.shape) >= preparation.SMALLEST and not _shows_dot(part, dark_ink=dark_ink):
                found += preparation.candidates(part)[:1]
    return found


def _small_mark(kind: Mask) -> tuple[int, int, int, int] | None:
    """Give the box of the largest mark within the picture, if it is small and most of the ink."""
    from scipy import ndimage  # noqa: PLC0415

    labels, n_marks = ndimage.label(kind, structure=np.ones((3, 3)))
    if not n_marks:
        return None
    areas = np.bincount(labels.ravel())[1:]
    height, width = kind.shape
    inside = [
        i
        for i, (rows, columns) in enumerate(ndimage.find_objects(labels))
        if areas[i] >= FEWEST
        and rows.start > 0
        and columns.start > 0
        and rows.stop < height
        and columns.stop < width
    ]
    if not inside:
        return None
    main = max(inside, key=lambda i: areas[i])
    if areas[main] < 0.6 * sum(areas[i] for i in inside):
        return None
    box = _box(labels == main + 1)
    side = max(box[1] - box[0], box[3] - box[2]) / max(kind.shape)
    return box if SMALL[0] <= side <= SMALL[1] else None


def _shows_dot(part: Floats, *, dark_ink: bool) -> bool:
    """Whether what was cut out is a dot; from further away the eye of a zero may not be seen."""
    from scipy import ndimage  # noqa: PLC0415

    smooth = preparation.smoothed(preparation.working_copy(part))
    threshold = preparation.otsu(smooth)
    kind = smooth < threshold if dark_ink else smooth > threshold
    labels, n_marks = ndimage.label(kind, structure=np.ones((3, 3)))
    return n_marks > 0 and _is_dot(labels == np.bincount(labels.ravel())[1:].argmax() + 1)


def _stands_alone(look: Prepared) -> bool:
    """Whether there is little ink elsewhere in the picture."""
    sign = -1.0 if look.dark_ink else 1.0
    relative = sign * (look.even - np.median(look.even[~look.mask])) / look.contrast
    return bool(((relative > 0.5) & ~look.mask).sum() < LONE * look.mask.sum())


def _is_dot(mark: Mask) -> bool:
    top, bottom, left, right = _box(mark)
    longer, shorter = max(bottom - top, right - left), min(bottom - top, right - left)
    return longer < 1.5 * shorter and marks.solidity(mark) > DOT


def _box(mask: Mask) -> tuple[int, int, int, int]:
    """Give the first row and the one after the last, and the columns likewise."""
    rows, columns = np.nonzero(mask)
    return (
        int(rows.min()), int(rows.max()) + 1, int(columns.min()), int(columns.max()) + 1
    )  # fmt: skip
