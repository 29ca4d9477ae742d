"""Find the digit in a picture, and bring it to MNIST's form, step by step.

A network trained on MNIST has only ever seen white ink on black, fitted into 20 by 20 pixels, its
centre of mass in the middle of 28 by 28. A photo of a page is nothing like that. The steps are

1. work at a common size, a little smoothed;
2. even the light: take away the slow changes that a lamp or a shadow leaves;
3. split the pixels into two kinds at Otsu's threshold, and ask of each kind: is this the ink?
4. keep the marks that can be a digit: not what runs off the picture, no frame, no speck;
5. make thin strokes as thick as a pen's;
6. fit into 20 by 20, and lay the centre of mass in the middle of 28 by 28.

There can be more than one way to read a picture (a dark plate with a hole, or a light digit?), so
`candidates` gives the most plausible ways, best first. Each keeps every step.

References
----------
N. Otsu, "A threshold selection method from gray-level histograms", 1979.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dlcourse import validation
from dlcourse.errors import InputError
from dlcourse.mnist_form import centre, fit

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]
    Mask = NDArray[np.bool_]

WORKING_SIDE = 224  #: pixels of the longer side while the ink is looked for
MAX_CANDIDATES = 3
THINNEST = 0.085  #: strokes thinner than this part of the digit's height are thickened …
PEN = 0.11  #: … to this
FAINTEST = 0.1  #: what differs from the paper by less than this part of full ink is paper
HALO = 8  #: working pixels around the ink in which soft edges still belong to it
THINNEST_LOOP, BOLDEST_LOOP = 0.6, 4.0  #: ink around a hole, in areas of the hole
DISC, RECTANGLE = 0.7, 0.88  #: parts of its box that a plate covers, at least and if it has corners
SLENDER = 0.45  #: a hole whose strokes are narrower than this part of its shorter side is a sign
LENSES = (1.5, 4.5)  #: blurs, in working pixels, through which ink may be seen


@dataclass(frozen=True)
class Prepared:
    """A digit in MNIST's form, with every step that led there.

    Attributes
    ----------
    grey
        The picture at working size, 0 black to 1 white.
    even
        The same with the light evened: paper near 0, darker below, lighter above.
    mask
        Where the ink is: the marks that were kept.
    ink
        The ink alone, 1 for full ink, 0 for paper, strokes thickened if they were thin.
    fitted
        The ink in 20 by 20 pixels, its shape kept.
    picture
        The ink in MNIST's form, (28, 28): what a network is shown.
    dark_ink
        Whether the ink is darker than its paper.
    n_signs
        How many signs stand side by side; a digit is one.
    contrast
        By how much ink and paper differ, from 0 to 1.
    untidiness
        How far the ink is from being of one shade, and the paper around it from being of
        another: 0 for perfect print, 0.3 and more for a photo of something else.
    plausibility
        The higher, the more this looks like ink on paper; only for comparison.
    """

    grey: Floats
    even: Floats
    mask: Mask
    ink: Floats
    fitted: NDArray[np.float32]
    picture: NDArray[np.float32]
    dark_ink: bool
    n_signs: int
    contrast: float
    untidiness: float
    plausibility: float


def prepare(picture: ArrayLike) -> Prepared:
    """Bring the digit in a picture to MNIST's form: the best of `candidates`.

    Parameters
    ----------
    picture
        Shades of grey, shape (height, width), from 0 (black) to 1 (white); for instance from
        `dlcourse.picture_files.load_grey`.

    Raises
    ------
    InputError
        If `picture` is no such array, or there is no ink in it.
    """
    found = candidates(picture)
    if not found:
        raise InputError("`picture` is blank: no ink stands out from the paper.")
    return found[0]


def candidates(picture: ArrayLike) -> tuple[Prepared, ...]:
    """Find the ways in which a picture can be read as ink on paper, best first.

    Parameters
    ----------
    picture
        As for `prepare`.

    Returns
    -------
    tuple of Prepared
        At most three; none if the picture is blank.
    """
    grey = working_copy(_checked(picture, "picture"))
    noise = _noise(grey)
    smooth = _smoothed(grey, noise)
    found: list[Prepared] = []
    for paper in (np.median(smooth), background(smooth), local_level(smooth)):
        even = smooth - paper
        threshold = otsu(even)
        for dark_ink in (True, False):
            kind = even < threshold if dark_ink else even > threshold
            marks = keep_marks(kind)
            candidate = _candidate(grey, even, kind, marks, dark_ink=dark_ink, noise=noise)
            if candidate is not None:
                found.append(candidate)
    return _best(found)


def _checked(picture: ArrayLike, name: str) -> Floats:
    return validation.brightness(picture, name, "height width").astype(np.float64, copy=False)


def _mask(value: Mask, name: str) -> Mask:
    """Check that `value` marks pixels."""
    found = validation.instance(value, name, np.ndarray)
    if found.ndim != 2 or found.dtype != bool or not found.size:
        raise InputError(
            f"`{name}` must have shape (height, width) and type bool: "
            f"got {validation.describe(found)}."
        )
    return found


def _marks(value: Mask, name: str) -> Mask:
    """Check that `value` marks at least one pixel."""
    found = _mask(value, name)
    if not found.any():
        raise InputError(f"`{name}` must mark a pixel at least: got none.")
    return found


def working_copy(grey: Floats) -> Floats:
    """Bring a picture of any size to one at which the ink is looked for."""
    from PIL import Image  # noqa: PLC0415

    grey = _checked(grey, "grey")
    height, width = grey.shape
    longest = max(height, width)
    scale = WORKING_SIDE / longest
    size = (max(8, round(width * scale)), max(8, round(height * scale)))
    smooth = Image.Resampling.BOX if scale < 1 else Image.Resampling.BICUBIC
    image = Image.fromarray(grey.astype(np.float32)).resize(size, smooth)
    return np.asarray(image, dtype=np.float64).clip(0, 1)


def _noise(grey: Floats) -> float:
    """Estimate the spread of the noise from differences that edges hardly touch.

    After J. Immerkær, "Fast noise variance estimation", 1996.
    """
    from scipy import ndimage  # noqa: PLC0415

    mask = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]])
    return float(np.median(np.abs(ndimage.convolve(grey, mask)))) / 0.6745 / 6


def _smoothed(grey: Floats, noise: float) -> Floats:
    from scipy import ndimage  # noqa: PLC0415

    return np.asarray(ndimage.gaussian_filter(grey, 1.0 if noise < 0.02 else 2.0))


def background(grey: Floats, *, n_rounds: int = 6) -> Floats:
    """Fit a smooth surface (a polynomial of degree two) to the paper, leaving the ink out.

    The fit is repeated; pixels far from the surface, which are ink, count less each time.
    """
    grey = validation.array(grey, "grey", "height width")
    n_rounds = validation.count(n_rounds, "n_rounds", at_most=1_000)
    height, width = grey.shape
    v, u = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    terms = np.stack([np.ones_like(u), u, v, u * v, u**2, v**2], axis=-1).reshape(-1, 6)
    values = grey.ravel()
    weights = np.ones_like(values)
    surface = np.full_like(values, np.median(values))
    for _ in range(n_rounds):
        root = np.sqrt(weights)[:, np.newaxis]
        parts = np.linalg.lstsq(terms[::7] * root[::7], values[::7] * root[::7, 0], rcond=None)[0]
        surface = terms @ parts
        away = np.abs(values - surface)
        weights = 1 / (1 + (away / max(float(np.median(away)), 1e-3) / 2) ** 4)
    return np.asarray(surface.reshape(height, width))


def local_level(grey: Floats) -> Floats:
    """Take the median of a wide neighbourhood of each pixel: the paper, if strokes are narrow."""
    from scipy import ndimage  # noqa: PLC0415

    grey = validation.array(grey, "grey", "height width")
    coarse = grey[::4, ::4]
    level = ndimage.median_filter(coarse, size=max(3, max(coarse.shape) // 3), mode="nearest")
    level = ndimage.zoom(
        level, np.array(grey.shape) / np.array(level.shape), order=1, mode="nearest"
    )
    return np.asarray(ndimage.gaussian_filter(level, 4))


def otsu(values: Floats) -> float:
    """Choose the threshold that splits values into two kinds, each as alike as can be.

    Examples
    --------
    >>> 0.2 < otsu(np.array([0.1, 0.15, 0.2, 0.8, 0.9])) < 0.8
    True
    """
    values = validation.array(values, "values", largest=1e9)
    counts, edges = np.histogram(values, bins=256)
    middles = (edges[:-1] + edges[1:]) / 2
    below = counts.cumsum()
    above = counts.sum() - below
    mass = (counts * middles).cumsum()
    with np.errstate(invalid="ignore", divide="ignore"):
        between = below * above * (mass / below - (mass[-1] - mass) / above) ** 2
    between = np.where((below > 0) & (above > 0), between, -1.0)
    if between.max() < 0:  # all values alike
        return float(np.max(values))
    best = np.flatnonzero(between >= between.max() * (1 - 1e-9))
    return float(np.mean(edges[1:][best]))


def keep_marks(kind: Mask) -> Mask:
    """Keep of one kind of pixels the marks that can be a digit.

    What runs off the picture goes (a wall, a table, a shadow), unless nothing else is there;
    so does a frame with something in it, and specks. A line beside the main mark that is far
    thinner than its strokes is a piece of a frame, not a stroke; and if the main mark stands on
    a plate, what lies beyond the plate is the wall.
    """
    from scipy import ndimage  # noqa: PLC0415

    kind = _mask(kind, "kind")
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
    plate = _plate(kind, labels == main + 1)
    kept = [i for i in kept if areas[i] >= 0.07 * weights[main] and plate[labels == i + 1].all()]
    if len(kept) > 1:
        depths = ndimage.mean(_depth(kind), labels, np.arange(1, n_marks + 1))
        kept = [
            i for i in kept if depths[i] >= 0.55 * depths[main] or _overlap(boxes[i], boxes[main])
        ]
    return np.isin(labels, [i + 1 for i in kept])


def _plate(kind: Mask, mark: Mask) -> Mask:
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


def _candidate(
    grey: Floats,
    even: Floats,
    kind: Mask,
    mask: Mask,
    *,
    dark_ink: bool,
    noise: float,
) -> Prepared | None:
    """Turn kept marks into a prepared digit, with a judgement; None if they cannot be ink."""
    from scipy import ndimage  # noqa: PLC0415

    if mask.sum() < 12 or mask.all():
        return None
    sign = -1.0 if dark_ink else 1.0
    near = ndimage.binary_dilation(mask, iterations=6) & ~ndimage.binary_dilation(
        mask, iterations=2
    )
    if not near.any():
        return None
    paper = float(np.median(even[near]))
    full = float(np.quantile(sign * even[mask], 0.7)) - sign * paper
    spread = float(np.median(np.abs(even[near] - paper))) / 0.6745
    rim = mask & ~ndimage.binary_erosion(mask, iterations=3, border_value=1)
    step = sign * (float(np.median(even[rim])) - paper) if rim.any() else 0.0
    is_soft = step < 0.2 * full  # a shadow fades, ink has an edge
    if full < 0.025 or full < 3 * spread or full < 0.8 * noise or is_soft:
        return None
    rows, columns = np.nonzero(mask)
    height, width = np.ptp(rows) + 1, np.ptp(columns) + 1
    if max(height, width) < 0.07 * max(grey.shape):
        return None
    relative = sign * (even - paper) / full
    mask = grow(mask, relative > max(0.3, 4 * spread / full))
    soft = ((relative - FAINTEST) / (1 - FAINTEST)).clip(0, 1)
    soft *= halo(mask, kind & ~mask)
    ink = thicken(soft, mask)
    border = np.concatenate([kind[0], kind[-1], kind[:, 0], kind[:, -1]])
    filled = mask.sum() / (height * width)
    mess = untidiness(sign * even, mask)
    plausibility = (
        float(full)
        - 1.5 * mess
        - 1.5 * max(0.0, float(border.mean()) - 0.35)
        - (0.8 if (filled > 0.72 and 0.5 < width / height < 2) or is_plate(mask) else 0.0)
        - 0.4 * max(0.0, 0.25 - max(height, width) / max(grey.shape))
        - 0.8 * spread / full
    )
    fitted = fit(ink)
    return Prepared(
        grey=grey,
        even=even,
        mask=mask,
        ink=ink,
        fitted=fitted,
        picture=centre(fitted),
        dark_ink=dark_ink,
        n_signs=count_signs(mask),
        contrast=min(float(full), 1.0),
        untidiness=mess,
        plausibility=plausibility,
    )


def untidiness(even: Floats, mask: Mask) -> float:
    """Measure how badly "ink of one shade on paper of another" describes the marks' surroundings.

    Through a lens, sharp or soft, such ink looks like its own mask, blurred, in two shades. What
    the best such picture (a least-squares line for each of two blurs) leaves unexplained within
    the marks' box, a little enlarged, is compared with the contrast.
    """
    from scipy import ndimage  # noqa: PLC0415

    even, mask = validation.array(even, "even", "height width"), _marks(mask, "mask")
    validation.same_shape(even, "even", mask, "mask")
    rows, columns = np.nonzero(mask)
    more = 2 + max(np.ptp(rows), np.ptp(columns)) // 10
    box = (
        slice(max(0, rows.min() - more), rows.max() + more + 1),
        slice(max(0, columns.min() - more), columns.max() + more + 1),
    )
    seen = even[box] - even[box].mean()
    left = []
    for blur in LENSES:
        model = ndimage.gaussian_filter(mask.astype(float), blur)[box]
        model = model - model.mean()
        contrast = float((seen * model).mean() / max(float((model**2).mean()), 1e-9))
        left.append(float((seen - contrast * model).std()) / max(contrast, 1e-3))
    return min(*left, 1.0)


def grow(mask: Mask, faint: Mask) -> Mask:
    """Add to the marks the faint strokes that hang on them, such as a pen's hairlines.

    If that reaches the picture's edge or doubles the ink, it was a shadow: nothing is added.
    """
    from scipy import ndimage  # noqa: PLC0415

    mask, faint = _mask(mask, "mask"), _mask(faint, "faint")
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
    mask = _marks(mask, "mask")
    return 4 * float(_depth(mask)[mask].mean()) - 1


def _depth(mask: Mask) -> Floats:
    """Measure how far each pixel of the marks is from what is none; beyond the picture is none."""
    from scipy import ndimage  # noqa: PLC0415

    return np.asarray(ndimage.distance_transform_edt(np.pad(mask, 1))[1:-1, 1:-1])


def thicken(ink: Floats, mask: Mask) -> Floats:
    """Make strokes that are thinner than MNIST's as thick as a pen's."""
    from scipy import ndimage  # noqa: PLC0415

    ink, mask = validation.array(ink, "ink", "height width"), _marks(mask, "mask")
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


def count_signs(mask: Mask) -> int:
    """Count the signs that stand side by side; strokes above each other belong together."""
    from scipy import ndimage  # noqa: PLC0415

    mask = _mask(mask, "mask")
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
    tallest = max((bottom - top for _, _, top, bottom in spans), default=0)
    return sum(bottom - top >= 0.55 * tallest for _, _, top, bottom in spans)


def _best(found: list[Prepared]) -> tuple[Prepared, ...]:
    """Order candidates by plausibility, and leave out those that say the same."""
    chosen: list[Prepared] = []
    for candidate in sorted(found, key=lambda c: -c.plausibility):
        alike = any(
            np.abs(candidate.picture - other.picture).sum() < 0.25 * other.picture.sum()
            for other in chosen
        )
        if not alike:
            chosen.append(candidate)
    for i, candidate in enumerate(chosen[1:], start=1):  # the hole of a zero comes after the zero
        if is_hole(chosen[0], candidate):
            chosen.insert(0, chosen.pop(i))
            break
    return tuple(chosen[:MAX_CANDIDATES])


def lies_within(inner: Prepared, outer: Prepared) -> bool:
    """Whether `inner` shows through the holes of `outer`: the eye of a zero, a sign on a plate."""
    inner = validation.instance(inner, "inner", Prepared)
    outer = validation.instance(outer, "outer", Prepared)
    if inner.dark_ink == outer.dark_ink:
        return False
    return bool((inner.mask & _holes(outer.mask)).sum() > 0.7 * inner.mask.sum())


def is_hole(inner: Prepared, outer: Prepared) -> bool:
    """Whether `inner` is only the paper that shows through the loop of `outer`."""
    if not lies_within(inner, outer) or is_plate(outer.mask):
        return False
    ink, paper = outer.mask.sum(), _holes(outer.mask).sum()
    return bool(THINNEST_LOOP * paper < ink < BOLDEST_LOOP * paper)


def is_plate(mask: Mask) -> bool:
    """Whether marks are what a sign is cut out of, not ink: a rectangle, or a plate of other shape.

    The eye of a zero is as wide as it is; a sign in a plate has strokes.
    """
    from scipy import ndimage  # noqa: PLC0415

    mask = _marks(mask, "mask")
    holes = _holes(mask)
    if not holes.any():
        return False
    rows, columns = np.nonzero(mask)
    covered = (mask | holes).sum() / ((np.ptp(rows) + 1) * (np.ptp(columns) + 1))
    if covered > RECTANGLE or covered < DISC:
        return bool(covered > RECTANGLE)
    labels, _ = ndimage.label(holes, structure=np.ones((3, 3)))
    largest = labels == np.bincount(labels.ravel())[1:].argmax() + 1
    rows, columns = np.nonzero(largest)
    return bool(stroke_width(largest) < SLENDER * min(np.ptp(rows) + 1, np.ptp(columns) + 1))


def _holes(mask: Mask) -> Mask:
    from scipy import ndimage  # noqa: PLC0415

    return np.asarray(ndimage.binary_fill_holes(mask)) & ~mask
