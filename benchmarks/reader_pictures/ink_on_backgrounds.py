"""Lay one thing's ink (1 on 0) on a background: paper, plate, board or photograph.

`validation_and_test` makes the ink and has two halves, one to choose thresholds by and one to
score; both are laid in the same way here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Generator = np.random.Generator

SCENES = (
    "pencil", "bold print", "grey on grey", "white on black", "pen on white", "marker", "plate",
    "photo", "lined paper", "whiteboard", "28 by 28", "28 by 28, framed",
)  # fmt: skip


def _values(image: Image.Image) -> Floats:
    return np.asarray(image, dtype=float) / 255


def _warped(ink: Floats, rng: Generator, side: int, share: float) -> Floats:
    """Fit ink into a part of a square, seen a little askew."""
    image = Image.fromarray((255 * ink.clip(0, 1)).astype(np.uint8))
    scale = share * side / max(image.size)
    size = tuple(max(3, round(n * scale)) for n in image.size)
    image = image.resize(size, Image.Resampling.LANCZOS)
    canvas = Image.new("L", (side, side))
    room = side - np.array(size)
    x, y = (room / 2 + rng.uniform(-0.3, 0.3, 2) * room).astype(int)
    canvas.paste(image, (int(x), int(y)))
    turned = canvas.rotate(rng.uniform(-9, 9), Image.Resampling.BICUBIC)
    lean = rng.uniform(-0.12, 0.12)
    turned = turned.transform(
        turned.size, Image.Transform.AFFINE, (1, lean, -lean * side / 2, 0, 1, 0),
        Image.Resampling.BICUBIC,
    )  # fmt: skip
    return _values(turned)


def _thin(ink: Floats, n: int) -> Floats:
    """Make strokes thinner, as far as enough ink is left."""
    image = Image.fromarray((255 * ink).astype(np.uint8))
    for _ in range(n):
        thinner = image.filter(ImageFilter.MinFilter(3))
        if (np.asarray(thinner) > 128).sum() < 0.3 * (ink > 0.5).sum():
            break
        image = thinner
    return _values(image)


def _smooth_field(rng: Generator, side: int, cells: int = 3) -> Floats:
    """Make light that changes slowly, -1 to 1."""
    coarse = Image.fromarray(rng.uniform(-1, 1, (cells, cells)).astype(np.float32))
    return np.asarray(coarse.resize((side, side), Image.Resampling.BICUBIC), dtype=float)


def _plate(m: Floats, u: Floats, v: Floats, rng: Generator) -> tuple[Floats, Floats]:
    """Return a wall with a plate around the ink, and the ink's tone.

    `m` is the ink as laid in the square; `u` and `v` are places across and down, -1 to 1.
    """
    side = len(m)
    rows, columns = np.nonzero(m > 0.4)
    gap = rng.uniform(0.12, 0.3) * np.ptp(rows)
    box = (columns.min() - gap, rows.min() - gap, columns.max() + gap, rows.max() + gap)
    dark = rng.random() < 0.5
    is_blue = dark and rng.random() < 0.5
    field = np.array([0.08, 0.15, 0.45]) if is_blue else np.full(3, 0.08 if dark else 0.95)
    tone = np.full(3, 0.95) if dark else np.array([[0.05] * 3, [0.1, 0.2, 0.5]])[rng.integers(2)]
    wall = rng.uniform(0.3, 0.8, 3)
    ground = np.broadcast_to(wall, (side, side, 3)) + 0.07 * _smooth_field(rng, side, 24)[..., None]
    if rng.random() < 0.4:
        mortar = (np.sin(v * 22) > 0.93) | (np.sin(u * 11 + (np.sin(v * 11) > 0) * 2) > 0.98)
        ground = np.where(mortar[..., None], 0.85, ground)

    def lay(ground: Floats, edge: float, colour: Floats, radius: float) -> Floats:
        layer = Image.new("L", (side, side))
        corners = (box[0] + edge, box[1] + edge, box[2] - edge, box[3] - edge)
        ImageDraw.Draw(layer).rounded_rectangle(corners, radius=radius, fill=255)
        on = _values(layer)[..., None]
        return ground * (1 - on) + colour * on

    innermost = gap * (0.3 + rng.uniform(0.12, 0.25))
    ground = lay(ground, 0, field, gap * 0.4)
    if rng.random() >= 0.25:  # a frame
        ground = lay(ground, gap * 0.3, tone, gap * 0.4)
        ground = lay(ground, gap * (0.3 + rng.uniform(0.1, 0.22)), field, 0)
    elif rng.random() >= 0.25:
        ground = lay(ground, innermost, field, gap * 0.4)
    return ground, tone


def scene(look: str, ink: Floats, rng: Generator) -> Image.Image:
    """Lay ink into one of `SCENES`."""
    side = int(rng.choice([200, 300, 450, 700, 1100]))
    share = {"plate": 0.42, "28 by 28": 0.8, "28 by 28, framed": 0.55}.get(look, 0.6)
    share *= rng.uniform(0.75, 1.15)
    if look == "pencil":
        ink = _thin(ink, int(rng.integers(2, 9)))
    if look.startswith("28"):
        side = 280
    m = _warped(ink, rng, side, share)
    if look == "bold print":
        size = 2 * int(side * rng.uniform(0.003, 0.012)) + 1
        bold = Image.fromarray((255 * m).astype(np.uint8))
        m = _values(bold.filter(ImageFilter.MaxFilter(max(3, size))))
    white, noise, blur = np.ones(3), 0.004, 0.0
    paper, tone = white * rng.uniform(0.88, 1), white * rng.uniform(0, 0.2)
    v, u = np.mgrid[-1 : 1 : side * 1j, -1 : 1 : side * 1j]
    if look == "pencil":
        tone, noise = paper - rng.uniform(0.12, 0.3), 0.012
        m = m * (0.6 + 0.4 * (rng.random((side, side)) < 0.8))
    elif look == "grey on grey":
        paper = white * rng.uniform(0.3, 0.75)
        tone, noise = paper + rng.choice([-1, 1]) * rng.uniform(0.09, 0.2), 0.01
    elif look == "white on black":
        paper, tone = white * rng.uniform(0, 0.2), white * rng.uniform(0.75, 1)
    elif look == "pen on white":
        tone = np.array([[0.1, 0.1, 0.45], [0.5, 0.05, 0.1], [0.05, 0.3, 0.1]])[rng.integers(3)]
    elif look == "marker":
        paper = np.array([[1, 0.9, 0.3], [0.6, 0.85, 1], [1, 0.65, 0.7], [0.6, 0.9, 0.6]])[rng.integers(4)]  # fmt: skip
        tone = np.array([[0.1, 0.1, 0.1], [0.75, 0.1, 0.15], [0.1, 0.2, 0.6]])[rng.integers(3)]
        m = m * (0.8 + 0.2 * _smooth_field(rng, side, 9))
    ground = np.broadcast_to(paper, (side, side, 3)).copy()
    if look == "lined paper":
        pace = rng.uniform(14, 30)
        lines = np.sin(pace * np.pi * v) > 0.96
        ground[lines] = np.array([0.7, 0.8, 0.95])
        tone = np.array([0.1, 0.1, 0.3])
    if look == "whiteboard":
        ground *= (1 - 0.12 * np.hypot(u, v))[..., None]
        tone = np.array([[0.1, 0.4, 0.2], [0.1, 0.1, 0.1], [0.7, 0.1, 0.1]])[rng.integers(3)]
        shine = np.exp(-(((u - rng.uniform(-1, 1)) / 0.3) ** 2 + ((v + 0.8) / 0.3) ** 2))
        ground = ground + 0.2 * shine[..., None]
    if look in {"plate", "28 by 28, framed"}:
        ground, tone = _plate(m, u, v, rng)
        noise, blur = 0.015, side / 500
    picture = ground * (1 - m[..., None]) + tone * m[..., None]
    if look in {"photo", "lined paper"}:
        picture = picture * (1 + 0.18 * _smooth_field(rng, side))[..., None]
    if look == "photo":
        angle = rng.uniform(0, 6.3)
        along = np.cos(angle) * u + np.sin(angle) * v
        edge = np.tanh((along - rng.uniform(-0.5, 0.5)) / rng.uniform(0.02, 0.3))
        picture = picture * (1 - rng.uniform(0.15, 0.28) * (1 + edge))[..., None]
        noise, blur = 0.035, side / 250
    picture = picture + noise * rng.normal(size=picture.shape)
    image = Image.fromarray((255 * picture.clip(0, 1)).astype(np.uint8))
    if blur:
        image = image.filter(ImageFilter.GaussianBlur(blur))
    if look == "28 by 28" and rng.random() < 0.5:
        image = Image.eval(image, lambda value: 255 - value)
    return image.resize((28, 28), Image.Resampling.BOX) if look.startswith("28") else image
