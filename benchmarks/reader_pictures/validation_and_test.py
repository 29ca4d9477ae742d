"""Pictures to judge `dlcourse.digits.reader` by: a validation and a test half, never trained on.

The reader's thresholds are chosen by the *validation* half; the *test* half only scores it. The
halves share no font, no animal, no photograph, no handwriting and no seed:

========== ====================================== ==========================================
half       digits                                 what is no digit
========== ====================================== ==========================================
validation fonts of one half, MNIST's validation  letters of those fonts, signs and animals
           digits                                 of one half of Symbola, a temple
test       fonts of the other half, scikit-learn's the others; icons of Font Awesome; a
           ``load_digits``                        flower, a portrait, other scripts
========== ====================================== ==========================================

One overlap: the test half takes its hands from all 1,797 digits of ``load_digits``, and 300 of
these (the even ones of the first 600) are also among the pictures that thresholds are chosen by:
`reader_scores.choosing`.

Fonts come from packages that requirements.lock (Roboto Flex) and package-lock.json (Source Sans,
League Gothic, Font Awesome) fix, and from Debian's where they are installed. `dlcourse.robust.not_digits` uses matplotlib's fonts only.
"""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import matplotlib as mpl
import numpy as np
from PIL import Image, ImageDraw, ImageFont
from sklearn.datasets import load_digits, load_sample_image

from benchmarks.reader_pictures.ink_on_backgrounds import SCENES, scene
from dlcourse.data import mnist

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Generator = np.random.Generator
    #: A picture, and the digit that it shows (None: no digit).
    Picture = tuple[Image.Image, int | None]

NODE_MODULES = Path(__file__).resolve().parents[2] / "node_modules"
DEBIAN = Path("/usr/share/fonts")
#: Where Roboto Flex is.
OPENGRAPH = Path(str(importlib.util.find_spec("sphinxext.opengraph").origin)).parent / "_static"
HALVES = ("validation", "test")
#: Which families belong to which half.
FAMILIES = {
    "validation": (
        "NimbusRoman-*.otf", "NimbusSans-*.otf", "URWGothic-*.otf", "ComicNeue-*.otf", "Breip.ttf",
        "Ecolier-court.ttf", "Kristi.ttf", "SteveHand.ttf", "Roboto-Flex.ttf", "LiberationMono-*.ttf",
    ),
    "test": (
        "C059-*.otf", "P052-*.otf", "URWBookman-*.otf", "Z003-*.otf", "LiberationSansNarrow-*.ttf",
        "LiberationSerif-*.ttf", "Delphine.ttf", "Humor-Sans.ttf", "Rufscript010.ttf", "femkeklaver.ttf",
        "TomsonTalks.ttf", "YuseiMagic-Regular.ttf", "lobster.otf", "breipfont.ttf",
        "source-sans-pro-*.ttf", "league-gothic.ttf",
    ),
}  # fmt: skip
#: Letters that nobody takes for a digit.
LETTERS = {"validation": "AEHKMRXdhkw", "test": "FNPVWaemn"}
#: Signs and animals of Symbola.
SIGNS = {
    "validation": "+×÷=#&@%★♥♫⚓✂☂∞∑√⊕⚙✈☎☘♞⚖∀∃⊗≈±¶§❀☃",
    "test": "−≠≤≥∫∂∆∏⊥∠∪⊂♣♠☀☁☠☯⚑✉✎❄➔▲♜⚔⌘€¥∇∅",  # noqa: RUF001
}
ANIMALS = {
    "validation": "🐀🐃🐅🐇🐉🐋🐍🐏🐑🐓🐕🐗🐙🐜🐞🐠🐢🐤🐧🐩🐬🐮🐰🐲🐵🐸🐺",
    "test": "🐁🐂🐄🐆🐈🐊🐌🐎🐐🐒🐔🐖🐘🐛🐝🐟🐡🐣🐦🐨🐪🐫🐭🐯🐱🐴🐶🐷🐹🐻🐼",
}
SCRIPTS = "अकखगजझटठडतथबमयरलशषसहกขคงจชซญฐฒณดตถธนบผฝพฟภมลวหอฮあいうえおかきけさすせたちなぬねはひふへほまみむめもやゆよらりれろわをアイウエオカキサスセソタチナヌネハフヘホマミムモヤユヨルレワヲ木水火土日月山川田中人大"


#: Font Awesome's filled icons, which the site uses.
ICON_FONT = NODE_MODULES / "@fortawesome/fontawesome-free/webfonts/fa-solid-900.ttf"
#: Those of animals, faces, vehicles and tools (code points of its documentation).
ICONS = "\uf6be\uf6d3\uf578\uf6f0\uf700\uf520\uf535\uf6ed\uf717\uf4ba\uf5ab\uf1b0\uf118\uf21e\uf1b9\uf207\uf5d1\uf072\uf0f4\uf015\uf084\uf030\uf004\uf005\uf0e7\uf0c4\uf13d\uf1bb\uf06c\uf0eb"


def fonts(half: str) -> list[Path]:
    """Find the half's fonts."""
    return [
        path
        for pattern in FAMILIES[half]
        for root in (DEBIAN, NODE_MODULES / "reveal.js" / "dist", OPENGRAPH)
        for path in sorted(root.rglob(pattern))
    ]


def installed(pattern: str) -> Path | None:
    """Find a font of Debian's: Symbola has animals and signs, Yusei Magic Japanese signs."""
    return min(DEBIAN.rglob(pattern), default=None)


def glyph(text: str, path: Path) -> Floats | None:
    """Print a glyph, ink 1 on paper 0; None if the font has no such glyph."""
    face = ImageFont.truetype(str(path), 260)
    left, top, right, bottom = face.getbbox(text)
    if right - left < 4 or bottom - top < 4:
        return None
    image = Image.new("L", (int(right - left) + 8, int(bottom - top) + 8))
    ImageDraw.Draw(image).text((4 - left, 4 - top), text, font=face, fill=255)
    ink = np.asarray(image, dtype=float) / 255
    missing = Image.new("L", image.size)
    ImageDraw.Draw(missing).text((4 - left, 4 - top), "\U0010fffe", font=face, fill=255)
    if np.abs(np.asarray(missing, dtype=float) / 255 - ink).mean() < 1e-3:
        return None
    return ink


def enlarged(small: Floats) -> Floats:
    """Enlarge scanned handwriting to a crisp, large drawing."""
    image = Image.fromarray(small.astype(np.float32)).resize((260, 260), Image.Resampling.BICUBIC)
    values = np.asarray(image, dtype=float)
    ink = 1 / (1 + np.exp(-9.0 * (values - 0.42)))
    rows, columns = np.nonzero(ink > 0.3)
    return np.asarray(ink[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1])


@cache
def handwriting(half: str) -> tuple[Floats, NDArray[np.int64]]:
    """Return scanned digits: MNIST's validation digits, or ``load_digits``."""
    if half == "validation":
        X, y = mnist.as_arrays("validation")
        return X / 255.0, np.asarray(y, dtype=np.int64)
    digits = load_digits()
    padded = np.pad(digits.images / 16.0, ((0, 0), (1, 1), (1, 1)))
    return padded, np.asarray(digits.target, dtype=np.int64)


def digit_ink(half: str, rng: Generator) -> tuple[Floats, int]:
    """Take a digit from a font, or from a hand."""
    if rng.random() < 0.5:
        X, y = handwriting(half)
        i = int(rng.integers(len(X)))
        return enlarged(X[i]), int(y[i])
    faces = fonts(half)
    while True:
        face = faces[rng.integers(len(faces))]
        digit = int(rng.integers(10))
        ink = glyph(str(digit), face)
        if ink is not None:
            return ink, digit


def _scribble(rng: Generator) -> Floats:
    """Let a pen wander: a walk whose direction changes at random, with loops."""
    image = Image.new("L", (260, 260))
    pen = ImageDraw.Draw(image)
    heading, bend = rng.uniform(0, 6.3), 0.0
    place = rng.uniform(70, 190, 2)
    points = []
    for _ in range(int(rng.integers(160, 420))):
        bend = 0.9 * bend + rng.normal(0, 0.07)
        heading += bend
        place = place + 4 * np.array([np.cos(heading), np.sin(heading)])
        if place.min() < 8 or place.max() > 252:
            heading += 2.2
            place = place.clip(8, 252)
        points.append(tuple(place))
    pen.line(points, fill=255, width=int(rng.integers(5, 14)), joint="curve")
    return np.asarray(image, dtype=float) / 255


def other_ink(half: str, rng: Generator) -> Floats:
    """Take ink that is no digit: a letter, a sign, an animal, a scribble."""
    zoo = installed("Symbola*")
    while True:
        motif = ["letter", "sign", "animal", "animal", "scribble", "script"][rng.integers(6)]
        if motif == "scribble":
            return _scribble(rng)
        if motif == "letter" or (zoo is None and half == "validation"):
            faces = fonts(half)
            text, face = rng.choice(list(LETTERS[half])), faces[rng.integers(len(faces))]
        elif zoo is None or (half == "test" and motif == "animal" and rng.random() < 0.4):
            text, face = ICONS[rng.integers(len(ICONS))], ICON_FONT
        elif motif == "script":
            face = installed("YuseiMagic*")
            if face is None or half == "validation":
                continue
            text = SCRIPTS[rng.integers(len(SCRIPTS))]
        else:
            chosen = (SIGNS if motif == "sign" else ANIMALS)[half]
            text, face = chosen[rng.integers(len(chosen))], zoo
        ink = glyph(str(text), face)
        if ink is not None:
            return ink


def _photograph(half: str, rng: Generator) -> Image.Image:
    """Cut a square out of a photograph."""
    if half == "validation":
        whole = Image.fromarray(load_sample_image("china.jpg"))
    elif rng.random() < 0.5:
        whole = Image.fromarray(load_sample_image("flower.jpg"))
    else:
        portrait = Path(mpl.get_data_path()) / "sample_data" / "grace_hopper.jpg"
        whole = Image.open(portrait).convert("RGB")
    side = int(rng.uniform(0.25, 0.9) * min(whole.size))
    x, y = (int(rng.integers(0, n - side + 1)) for n in whole.size)
    cut = whole.crop((x, y, x + side, y + side))
    size = int(rng.choice([28, 120, 400, 900]))
    return cut.resize((size, size), Image.Resampling.LANCZOS)


def _colour(rng: Generator) -> tuple[int, ...]:
    return tuple(int(c) for c in rng.integers(0, 256, 3))


def _pattern(rng: Generator) -> Image.Image:
    """Weave cloth, lay tiles, or let leaves fall."""
    n = 300
    surface = rng.integers(3)
    image = Image.new("RGB", (n, n), _colour(rng))
    pen = ImageDraw.Draw(image)
    if surface == 0:
        step = int(rng.integers(12, 60))
        for i in range(0, n, step):
            tone = _colour(rng)
            pen.line((i, 0, i + int(rng.normal(0, 20)), n), fill=tone, width=step // 3 + 1)
            pen.line((0, i, n, i + int(rng.normal(0, 20))), fill=tone, width=step // 3 + 1)
    elif surface == 1:
        step = int(rng.integers(25, 90))
        for i in range(0, n, step):
            for j in range(0, n, step):
                pen.rectangle((i, j, i + step - 3, j + step - 3), fill=_colour(rng))
    else:
        for _ in range(int(rng.integers(60, 300))):
            x, y = rng.uniform(0, n, 2)
            a, b = 6 + 40 * rng.pareto(2.5, 2).clip(0, 3)
            pen.ellipse((x - a, y - b, x + a, y + b), fill=_colour(rng))
    return image


def digits(half: str, n: int) -> list[Picture]:
    """Make `n` pictures of digits, scene after scene."""
    rng = np.random.default_rng([HALVES.index(half), 1])
    made = []
    for i in range(n):
        look = SCENES[i % len(SCENES)]
        ink, digit = digit_ink(half, rng)
        made.append((scene(look, ink, rng), digit))
    return made


def others(half: str, n: int) -> list[Picture]:
    """Make `n` pictures of what is no digit: of eight, six in scenes, a photograph and a pattern."""
    rng = np.random.default_rng([HALVES.index(half), 2])
    made = []
    for i in range(n):
        if i % 8 == 3:
            image = _photograph(half, rng)
        elif i % 8 == 7:
            image = _pattern(rng)
        else:
            look = SCENES[int(rng.integers(len(SCENES)))]
            image = scene(look, other_ink(half, rng), rng)
        made.append((image, None))
    return made
