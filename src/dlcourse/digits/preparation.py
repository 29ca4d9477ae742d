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

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dlcourse import validation
from dlcourse.digits import marks
from dlcourse.digits.mnist_form import centre, fit
from dlcourse.errors import InputError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]
    Mask = NDArray[np.bool_]

WORKING_SIDE = 224  #: pixels of the longer side while the ink is looked for
SMALLEST = 16  #: pixels of a side below which there is nothing to look at more closely
MAX_CANDIDATES = 3
FAINTEST = 0.1  #: what differs from the paper by less than this part of full ink is paper
THINNEST_LOOP, BOLDEST_LOOP = 0.6, 4.0  #: ink around a hole, in areas of the hole
MOST = 0.5  #: part of what a loop encloses that its eye covers at least, and a sign does not
PART = 0.5  #: of ink that is part of other ink, so much is shared with it, at least
LENSES = (1.5, 4.5)  #: blurs, in working pixels, through which ink may be seen
SURROUNDED = 0.6  #: part of the ink that has paper on both sides, at least
DEEP = 0.3  #: … which is lighter (or darker) than it by this part of full ink
FAINT, TIDY = 0.1, 0.15  #: ink of less contrast than the first is tidier than the second


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
        `dlcourse.digits.load_picture.load_grey`.

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
    smooth = smoothed(grey)
    found: list[Prepared] = []
    for paper in (np.median(smooth), background(smooth), local_level(smooth)):
        even = smooth - paper
        threshold = otsu(even)
        for dark_ink in (True, False):
            kind = even < threshold if dark_ink else even > threshold
            kept = marks.keep_marks(kind)
            candidate = as_ink(grey, even, kind, kept, dark_ink=dark_ink)
            if candidate is not None:
                found.append(candidate)
    return in_order(found)


def _checked(picture: ArrayLike, name: str) -> Floats:
    return validation.brightness(picture, name, "height width").astype(np.float64, copy=False)


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


def smoothed(grey: Floats) -> Floats:
    """Take the noise out of a picture of working size, the more the noisier it is."""
    from scipy import ndimage  # noqa: PLC0415

    grey = _checked(grey, "grey")
    return np.asarray(ndimage.gaussian_filter(grey, 1.0 if _noise(grey) < 0.02 else 2.0))


def _noise(grey: Floats) -> float:
    """Estimate the spread of the noise from differences that edges hardly touch.

    After J. Immerkær, "Fast noise variance estimation", 1996.
    """
    from scipy import ndimage  # noqa: PLC0415

    mask = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]])
    return float(np.median(np.abs(ndimage.convolve(grey, mask)))) / 0.6745 / 6


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


def as_ink(
    grey: Floats, even: Floats, kind: Mask, mask: Mask, *, dark_ink: bool
) -> Prepared | None:
    """Turn kept marks into a prepared digit, with a judgement; None if they cannot be ink.

    Parameters
    ----------
    grey, even
        The picture at working size, and with its light evened.
    kind
        The pixels of the ink's kind, of which the marks are some.
    mask
        The marks that were kept.
    dark_ink
        Whether the ink is darker than its paper.
    """
    from scipy import ndimage  # noqa: PLC0415

    grey = _checked(grey, "grey")
    even = validation.array(even, "even", "height width")
    kind, mask = marks.require_mask(kind, "kind"), marks.require_mask(mask, "mask")
    for name, other in (("even", even), ("kind", kind), ("mask", mask)):
        validation.same_shape(grey, "grey", other, name)
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
    if full < 0.025 or full < 3 * spread or full < 0.8 * _noise(grey) or is_soft:
        return None
    rows, columns = np.nonzero(mask)
    height, width = np.ptp(rows) + 1, np.ptp(columns) + 1
    if max(height, width) < 0.07 * max(grey.shape):
        return None
    relative = sign * (even - paper) / full
    mask = marks.grow(mask, relative > max(0.3, 4 * spread / full))
    mess = untidiness(sign * even, mask)
    if (full < FAINT and mess > TIDY) or not _is_surrounded(sign * smoothed(grey), mask, full):
        return None
    soft = ((relative - FAINTEST) / (1 - FAINTEST)).clip(0, 1)
    soft *= marks.halo(mask, kind & ~mask)
    ink = marks.thicken(soft, mask)
    border = np.concatenate([kind[0], kind[-1], kind[:, 0], kind[:, -1]])
    filled = mask.sum() / (height * width)
    plausibility = (
        float(full)
        - 1.5 * mess
        - 1.5 * max(0.0, float(border.mean()) - 0.35)
        - (0.8 if (filled > 0.72 and 0.5 < width / height < 2) or marks.is_plate(mask) else 0.0)
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
        n_signs=marks.count_signs(mask),
        contrast=min(float(full), 1.0),
        untidiness=mess,
        plausibility=plausibility,
    )


def _is_surrounded(bright: Floats, mask: Mask, full: float) -> bool:
    """Whether marks, brighter than their paper, have it on both sides, as strokes do.

    Wherever a window a little wider than two strokes has room within what is as bright, it stays
    as it is; all narrower is filled up with the paper around (a morphological opening). So ink is
    filled up, and the edge of a shadow, or of a patch of light, is not.
    """
    opened = opening(bright, 2 * math.ceil(marks.stroke_width(mask)) + 3)
    return bool(((bright - opened)[mask] > DEEP * full).mean() >= SURROUNDED)


def opening(bright: Floats, size: int) -> Floats:
    """Replace what is bright and narrower than `size` pixels by what is around it.

    Beyond its edges the picture goes on as it ends there.

    Examples
    --------
    >>> opening(np.array([[0.2, 0.2, 0.9, 0.2, 0.5, 0.5]]), 3)
    array([[0.2, 0.2, 0.2, 0.2, 0.5, 0.5]])
    """
    from scipy import ndimage  # noqa: PLC0415

    bright = validation.array(bright, "bright", "height width")
    size = validation.count(size, "size", at_most=1_000)
    inside = (slice(size, -size), slice(size, -size))
    return np.asarray(ndimage.grey_opening(np.pad(bright, size, mode="edge"), (size, size))[inside])


def untidiness(even: Floats, mask: Mask) -> float:
    """Measure how badly "ink of one shade on paper of another" describes the marks' surroundings.

    Through a lens, sharp or soft, such ink looks like its own mask, blurred, in two shades. What
    the best such picture (a least-squares line for each of two blurs) leaves unexplained within
    the marks' box, a little enlarged, is compared with the contrast.
    """
    from scipy import ndimage  # noqa: PLC0415

    even, mask = validation.array(even, "even", "height width"), marks.require_marks(mask, "mask")
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


def in_order(found: list[Prepared]) -> tuple[Prepared, ...]:
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
    return bool((inner.mask & marks.holes_of(outer.mask)).sum() > 0.7 * inner.mask.sum())


def fills(inner: Prepared, outer: Prepared) -> bool:
    """Whether `inner` is most of what `outer` encloses, as the eye of a zero is, and no sign."""
    inner = validation.instance(inner, "inner", Prepared)
    outer = validation.instance(outer, "outer", Prepared)
    holes = marks.holes_of(outer.mask)
    return bool((inner.mask & holes).sum() > MOST * holes.sum())


def is_part(part: Prepared, whole: Prepared) -> bool:
    """Whether `part` is ink of `whole`, seen without the rest, or a gap in it."""
    part = validation.instance(part, "part", Prepared)
    whole = validation.instance(whole, "whole", Prepared)
    shared = (part.mask & whole.mask).sum()
    if part.dark_ink == whole.dark_ink:
        return bool(shared > PART * part.mask.sum())
    return is_gap(part, whole)


def is_gap(inner: Prepared, outer: Prepared) -> bool:
    """Whether `inner` is paper among the ink of `outer`: between legs, within a loop.

    A plate has no gaps; what shows through it is a sign.
    """
    inner = validation.instance(inner, "inner", Prepared)
    outer = validation.instance(outer, "outer", Prepared)
    if inner.dark_ink == outer.dark_ink or inner.mask.shape != outer.mask.shape:
        return False
    (rows, columns), (all_rows, all_columns) = np.nonzero(inner.mask), np.nonzero(outer.mask)
    is_inside = (
        rows.min() >= all_rows.min()
        and rows.max() <= all_rows.max()
        and columns.min() >= all_columns.min()
        and columns.max() <= all_columns.max()
    )
    return bool(is_inside) and not marks.is_plate(outer.mask)


def is_hole(inner: Prepared, outer: Prepared) -> bool:
    """Whether `inner` is only the paper that shows through the loop of `outer`."""
    if not lies_within(inner, outer) or marks.is_plate(outer.mask):
        return False
    ink, paper = outer.mask.sum(), marks.holes_of(outer.mask).sum()
    return bool(THINNEST_LOOP * paper < ink < BOLDEST_LOOP * paper)
