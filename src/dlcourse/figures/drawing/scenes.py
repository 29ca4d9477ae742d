"""Small scenes drawn by us: segmentation, painting styles, layers of abstraction, augmentation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.patches import Circle, Ellipse, Polygon, Rectangle

from dlcourse.errors import InputError
from dlcourse.figures.alt_text import set_alt
from dlcourse.figures.common import array, host, listing, panels, styled
from dlcourse.figures.drawing._shapes import arrow, label, sheet
from dlcourse.figures.style import BLUE, INK, MUTED, ORANGE, ORANGE_TINT, PALETTE, PANEL, WIDE

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]

#: What the scene is made of, and its natural colours.
_THINGS = ("sky", "hill", "house", "tree", "sun")
_COLOURS = np.array(
    [
        [0.62, 0.80, 0.94],
        [0.45, 0.66, 0.34],
        [0.80, 0.45, 0.34],
        [0.16, 0.42, 0.24],
        [0.98, 0.82, 0.3],
    ]
)


def _scene(height: int = 120, width: int = 160) -> NDArray[np.intp]:
    """Return a landscape as the index of the thing at each pixel, shape (height, width)."""
    v, u = np.mgrid[0:height, 0:width] / np.array([height, width]).reshape(2, 1, 1)
    things = np.zeros((height, width), np.intp)
    things[np.hypot((u - 0.82) * width / height, v - 0.2) < 0.11] = 4
    things[v > 0.68 - 0.1 * np.sin(3.4 * u + 0.3)] = 1
    walls = (np.abs(u - 0.33) < 0.13) & (v > 0.45) & (v < 0.78)
    roof = (v > 0.26) & (v <= 0.45) & (np.abs(u - 0.33) < 0.9 * (v - 0.26))
    things[walls | roof] = 2
    trunk = (np.abs(u - 0.68) < 0.018) & (v > 0.55) & (v < 0.8)
    crown = np.hypot((u - 0.68) * width / height, v - 0.47) < 0.17
    things[trunk | crown] = 3
    return things


def _painted() -> Floats:
    """Return the scene in natural colours with a little texture, shape (height, width, 3)."""
    things = _scene()
    texture = np.random.default_rng(0).normal(0, 0.035, (*things.shape, 1))
    shade = np.linspace(0.06, -0.06, len(things)).reshape(-1, 1, 1)
    return np.clip(_COLOURS[things] + texture + shade, 0, 1)


def _picture(panel: Axes, picture: Floats, title: str) -> None:
    panel.imshow((17 * np.round(15 * picture)).astype(np.uint8))  # few colours, small file
    panel.set_xticks([])
    panel.set_yticks([])
    panel.set_title(title, fontsize=11, pad=4)
    for spine in panel.spines.values():
        spine.set(visible=True, color=MUTED, linewidth=0.8)


@styled
def segmentation() -> Axes:
    """Draw a scene, and the same scene with each pixel coloured by what it belongs to.

    Examples
    --------
    >>> [panel.get_title() for panel in segmentation().child_axes]
    ['picture', 'each pixel named']
    """
    things = _scene()
    axes = host(WIDE, 2.35)
    left, right = panels(axes, 2, columns=2, gap=(0.06, 0.1))
    _picture(left, _painted(), "picture")
    order = (0, 2, 1, 3, 4)  # neighbours far apart in colour
    colours = np.array([[int(PALETTE[k][i : i + 2], 16) / 255 for i in (1, 3, 5)] for k in order])
    _picture(right, 0.75 * colours[things] + 0.25, "each pixel named")
    for k, name in enumerate(_THINGS):
        row, column = (float(np.median(axis)) for axis in np.nonzero(things == k))
        if name == "sky":
            row, column = 15.0, 30.0
        if name == "hill":
            row, column = 110.0, 85.0
        right.text(column, row, name, ha="center", va="center", fontsize=10.5, color="#010101")
    shares = np.bincount(things.ravel(), minlength=len(_THINGS)) / things.size
    details = listing(f"{name} {share:.0%}" for name, share in zip(_THINGS, shares, strict=True))
    set_alt(
        axes,
        "Image segmentation: left a drawn landscape with a house, a tree and the sun; right the "
        f"same with every pixel in the colour of what it belongs to: {details} of the pixels.",
    )
    return axes


@styled
def painting_styles() -> Axes:
    """Draw one scene in three manners of painting.

    Examples
    --------
    >>> [panel.get_title() for panel in painting_styles().child_axes]
    ['as it is', 'dots', 'strokes', 'woodcut']
    """
    rng = np.random.default_rng(0)
    picture = _painted()
    axes = host(WIDE, 4.75)
    manners = (picture, _dots(picture, rng), _strokes(picture, rng), _woodcut(picture))
    titles = ("as it is", "dots", "strokes", "woodcut")
    for panel, manner, title in zip(
        panels(axes, 4, columns=2, gap=(0.06, 0.16)), manners, titles, strict=True
    ):
        _picture(panel, manner, title)
    set_alt(
        axes,
        "The same drawn landscape four times: as it is; in the manner of pointillism, all dots of "
        "strong colour; in swirling brush strokes; as a woodcut of black lines on cream.",
    )
    return axes


def _dots(picture: Floats, rng: np.random.Generator) -> Floats:
    """Paint in dots of exaggerated colour."""
    height, width, _ = picture.shape
    canvas = np.full((2 * height, 2 * width, 3), 0.95)
    v, u = np.mgrid[-4:5, -4:5]
    for row, column in rng.permutation(np.argwhere(np.ones((height // 2, width // 2)))):
        at = 4 * np.array([row, column]) + rng.integers(0, 4, 2)
        colour = picture[min(at[0] // 2, height - 1), min(at[1] // 2, width - 1)]
        colour = np.clip((colour - 0.5) * 1.3 + 0.5 + rng.normal(0, 0.1, 3), 0, 1)
        disc = np.hypot(v, u) < rng.uniform(1.8, 2.9)
        rows = np.clip(at[0] + v[disc], 0, 2 * height - 1)
        columns = np.clip(at[1] + u[disc], 0, 2 * width - 1)
        canvas[rows, columns] = colour
    return canvas


def _strokes(picture: Floats, rng: np.random.Generator) -> Floats:
    """Smear noise along a swirling field and lay it over enlarged colours."""
    from scipy import ndimage  # noqa: PLC0415

    base = np.clip(ndimage.zoom(picture, (2, 2, 1), order=0), 0, 1)
    height, width, _ = base.shape
    v, u = np.mgrid[0:height, 0:width]
    angle = 0.9 * np.sin(u / 37) + 0.8 * np.cos(v / 27)
    noise = rng.normal(size=(height, width))
    bristles = np.zeros((height, width))
    colours = np.zeros_like(base)
    reach = range(-8, 9)
    for step in reach:
        where = [v + step * np.sin(angle), u + step * np.cos(angle)]
        bristles += ndimage.map_coordinates(noise, where, order=1, mode="reflect")
        rows, columns = (
            np.clip(np.rint(w).astype(int), 0, n - 1)
            for w, n in zip(where, (height, width), strict=True)
        )
        colours += base[rows, columns]
    colours /= len(reach)
    painted = (colours - 0.5) * 1.2 + 0.5 + 0.09 * (bristles / bristles.std())[..., None]
    return np.asarray(np.clip(painted, 0, 1))


def _woodcut(picture: Floats) -> Floats:
    """Cut the brightness into black lines on cream."""
    from scipy import ndimage  # noqa: PLC0415

    grey = ndimage.zoom(picture.mean(axis=2), 2, order=1)
    v, u = np.mgrid[0 : grey.shape[0], 0 : grey.shape[1]]
    wave = 0.5 + 0.5 * np.sin(1.2 * (v + 4 * np.sin(u / 27)))
    edges = ndimage.gaussian_gradient_magnitude(grey, 1.5) > 0.035
    black = (wave > (grey - 0.15) / 0.65) | edges
    return np.where(black[..., None], [0.12, 0.1, 0.1], [0.96, 0.92, 0.82])


@styled
def layers_of_abstraction() -> Axes:
    """Draw what early, middle and late layers answer to: edges, an eye, a person.

    Examples
    --------
    >>> [text.get_text() for text in layers_of_abstraction().texts][::2]
    ['edges', 'an eye', 'a person']
    """
    axes = sheet(WIDE, 2.65)
    for i, (name, layer) in enumerate(
        (("edges", "first layers"), ("an eye", "middle layers"), ("a person", "last layers"))
    ):
        x = 0.05 + 1.9 * i
        axes.add_patch(Rectangle((x, 0.75), 1.5, 1.5, facecolor=PANEL, edgecolor=INK, zorder=1))
        label(axes, (x + 0.75, 2.45), name, bold=True)
        label(axes, (x + 0.75, 0.5), layer, colour=MUTED)
        if i:
            arrow(axes, (x - 0.36, 1.5), (x - 0.06, 1.5))
    _draw_edges(axes)
    _draw_eye(axes)
    _draw_person(axes)
    set_alt(
        axes,
        "Layers of abstraction, three pictures joined by arrows: the first layers answer to edges "
        "in several directions, the middle layers to an eye, the last layers to a person.",
    )
    return axes


def _draw_edges(axes: Axes) -> None:
    """Draw four edges in four directions."""
    for k in range(4):
        row, column = divmod(k, 2)
        centre = np.array([0.43 + 0.74 * column, 1.87 - 0.74 * row])
        way = 0.26 * np.array([np.cos(k * np.pi / 4), np.sin(k * np.pi / 4)])
        ends = np.array([centre - way, centre + way])
        axes.plot(*ends.T, color=BLUE, linewidth=5, linestyle="-")


def _draw_eye(axes: Axes) -> None:
    eye = (2.7, 1.5)
    lid = np.linspace(-0.6, 0.6, 40)
    for sign in (1, -1):
        axes.plot(
            eye[0] + lid,
            eye[1] + sign * 0.36 * np.cos(lid / 0.6 * np.pi / 2),
            color=INK,
            linestyle="-",
        )
    axes.add_patch(Circle(eye, 0.25, facecolor=BLUE, edgecolor=INK, zorder=3))
    axes.add_patch(Circle(eye, 0.11, facecolor="#010101", zorder=4))


def _draw_person(axes: Axes) -> None:
    face = (4.6, 1.62)
    axes.add_patch(
        Polygon(
            [(4.05, 0.76), (4.25, 1.12), (4.95, 1.12), (5.15, 0.76)],
            facecolor=BLUE,
            edgecolor=INK,
            zorder=2,
        )
    )
    axes.add_patch(
        Ellipse(face, 0.72, 0.92, facecolor=ORANGE_TINT, edgecolor=INK, linewidth=1.2, zorder=3)
    )
    for side in (-0.16, 0.16):
        axes.add_patch(
            Ellipse((face[0] + side, face[1] + 0.08), 0.13, 0.08, facecolor=INK, zorder=4)
        )
    axes.plot(
        [4.6, 4.57, 4.63], [1.66, 1.5, 1.5], color=INK, linewidth=1.3, linestyle="-", zorder=4
    )
    smile = np.linspace(-0.16, 0.16, 20)
    axes.plot(
        4.6 + smile, 1.33 + 2.2 * smile**2, color=ORANGE, linewidth=2.2, linestyle="-", zorder=4
    )
    hair = np.linspace(0.08 * np.pi, 0.92 * np.pi, 30)
    axes.fill(4.6 + 0.38 * np.cos(hair), 1.68 + 0.43 * np.sin(hair), color=MUTED, zorder=4)


@styled
def augmentation_chain(image: ArrayLike) -> Axes:
    """Draw one digit and the copies that augmentation makes of it.

    Parameters
    ----------
    image : array_like, shape (height, width)
        A grey picture, values from 0 to 1.

    Raises
    ------
    InputError
        If the picture's values are not between 0 and 1.

    Examples
    --------
    >>> import numpy as np
    >>> [panel.get_title() for panel in augmentation_chain(np.eye(28)).child_axes]
    ['original', 'rotated', 'scaled', 'blurred', 'noisy', 'inverted']
    """
    from scipy import ndimage  # noqa: PLC0415

    digit = array("image", image, ndim=2)
    if digit.min() < 0 or digit.max() > 1:
        raise InputError(f"`image` must lie in 0 to 1: got {digit.min():g} to {digit.max():g}.")
    noise = np.random.default_rng(0).normal(0, 0.18, digit.shape)
    smaller = ndimage.zoom(digit, 0.7, order=1)
    spare = [n - m for n, m in zip(digit.shape, smaller.shape, strict=True)]
    copies = {
        "original": digit,
        "rotated": ndimage.rotate(digit, 15, reshape=False, order=1),
        "scaled": np.pad(smaller, [(s // 2, s - s // 2) for s in spare]),
        "blurred": ndimage.gaussian_filter(digit, 1.2),
        "noisy": digit + noise,
        "inverted": 1 - digit,
    }
    axes = host(WIDE, 3.95)
    for panel, (name, copy) in zip(
        panels(axes, 6, columns=3, gap=(0.1, 0.18)), copies.items(), strict=True
    ):
        shown = np.repeat(np.clip(copy, 0, 1)[..., None], 3, axis=2)
        _picture(panel, shown, name)
    set_alt(
        axes,
        f"One picture and {len(copies) - 1} copies of it by augmentation: "
        f"{listing(list(copies)[1:])}. Each shows the same thing, so the label stays.",
    )
    return axes
