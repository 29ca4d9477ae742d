"""A landscape drawn by us: what each of its pixels belongs to, and three manners of painting it."""

import numpy as np
from matplotlib.axes import Axes

from dlcourse.argument_checks import Floats, Integers
from dlcourse.figures.alt_text import described
from dlcourse.figures.axes_and_panels import bare_frame, panels
from dlcourse.figures.style import DARK, PALETTE, styled
from dlcourse.figures.wording import listing

#: What the scene is made of, and its natural colours.
_COLOURS = {
    "sky": (0.62, 0.80, 0.94),
    "hill": (0.45, 0.66, 0.34),
    "house": (0.80, 0.45, 0.34),
    "tree": (0.16, 0.42, 0.24),
    "sun": (0.98, 0.82, 0.3),
}
#: Where the names of things stand whose middle is hidden or has no room.
_NAMED_AT = {"sky": (15.0, 30.0), "hill": (110.0, 85.0)}


def _scene() -> Integers:
    """Return a landscape as the index of the thing at each pixel, shape (120, 160)."""
    height, width = 120, 160
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
    return np.clip(np.array(list(_COLOURS.values()))[things] + texture + shade, 0, 1)


def _picture(panel: Axes, picture: Floats, title: str) -> None:
    panel.imshow((17 * np.round(15 * picture)).astype(np.uint8))  # few colours, small file
    panel.set_title(title, pad=4)
    bare_frame(panel)


@styled
def image_segmentation() -> Axes:
    """Draw a scene, and the same scene with each pixel coloured by what it belongs to."""
    things = _scene()
    axes, (left, right) = panels(2.35, 2, columns=2, gap=(0.06, 0.1))
    _picture(left, _painted(), "picture")
    order = (0, 2, 1, 3, 4)  # neighbours far apart in colour
    colours = np.array([[int(PALETTE[k][i : i + 2], 16) / 255 for i in (1, 3, 5)] for k in order])
    _picture(right, 0.75 * colours[things] + 0.25, "each pixel named")
    for k, name in enumerate(_COLOURS):
        middle = [float(np.median(axis)) for axis in np.nonzero(things == k)]
        row, column = _NAMED_AT.get(name, middle)
        right.text(column, row, name, ha="center", va="center", color=DARK)
    shares = np.bincount(things.ravel(), minlength=len(_COLOURS)) / things.size
    details = listing(f"{name} {share:.0%}" for name, share in zip(_COLOURS, shares, strict=True))
    return described(
        axes,
        "Image segmentation: left a drawn landscape with a house, a tree and the sun; right the "
        f"same with every pixel in the colour of what it belongs to: {details} of the pixels.",
    )


@styled
def painting_styles() -> Axes:
    """Draw one scene in three manners of painting."""
    rng = np.random.default_rng(0)
    picture = _painted()
    manners = (picture, _dots(picture, rng), _strokes(picture, rng), _woodcut(picture))
    titles = ("as it is", "dots", "strokes", "woodcut")
    axes, grid = panels(4.75, 4, columns=2, gap=(0.06, 0.16))
    for panel, manner, title in zip(grid, manners, titles, strict=True):
        _picture(panel, manner, title)
    return described(
        axes,
        "The same drawn landscape four times: as it is; in the manner of pointillism, all dots of "
        "strong colour; in swirling brush strokes; as a woodcut of black lines on cream.",
    )


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
