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
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from benchmarks.reader_pictures.ink_on_backgrounds import SCENES, scene

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Generator = np.random.Generator

ROOT = Path(__file__).resolve().parents[2]
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


@dataclass(frozen=True)
class Held:
    """A picture, what it shows (None: no digit), its scene and where its ink comes from."""

    image: Image.Image
    digit: int | None
    scene: str
    source: str


def fonts(half: str) -> list[Path]:
    """Find the half's fonts."""
    roots = [Path("/usr/share/fonts"), ROOT / "node_modules" / "reveal.js" / "dist"]
    spec = importlib.util.find_spec("sphinxext.opengraph")
    if spec is not None and spec.origin is not None:
        roots.append(Path(spec.origin).parent / "_static")
    return [
        path
        for pattern in FAMILIES[half]
        for root in roots
        for path in sorted(root.rglob(pattern))
        if root.is_dir()
    ]


def symbola() -> Path | None:
    """Find Symbola, which has animals and signs."""
    return next(iter(sorted(Path("/usr/share/fonts").rglob("Symbola*"))), None)


def icons() -> Path:
    """Find Font Awesome's filled icons, which the site uses."""
    return ROOT / "node_modules/@fortawesome/fontawesome-free/webfonts/fa-solid-900.ttf"


#: Icons of animals, faces, vehicles and tools in Font Awesome (code points of its documentation).
ICONS = "\uf6be\uf6d3\uf578\uf6f0\uf700\uf520\uf535\uf6ed\uf717\uf4ba\uf5ab\uf1b0\uf118\uf21e\uf1b9\uf207\uf5d1\uf072\uf0f4\uf015\uf084\uf030\uf004\uf005\uf0e7\uf0c4\uf13d\uf1bb\uf06c\uf0eb"


def glyph(text: str, path: Path, size: int = 260) -> Floats | None:
    """Print a glyph, ink 1 on paper 0; None if the font has no such glyph."""
    face = ImageFont.truetype(str(path), size)
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


def enlarged(small: Floats, *, side: int = 260, sharp: float = 9.0) -> Floats:
    """Enlarge scanned handwriting to a crisp, large drawing."""
    image = Image.fromarray(small.astype(np.float32)).resize((side, side), Image.Resampling.BICUBIC)
    values = np.asarray(image, dtype=float)
    ink = 1 / (1 + np.exp(-sharp * (values - 0.42)))
    rows, columns = np.nonzero(ink > 0.3)
    return np.asarray(ink[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1])


def handwriting(half: str) -> tuple[Floats, NDArray[np.int64]]:
    """Return scanned digits: MNIST's validation digits, or ``load_digits``."""
    if half == "validation":
        from dlcourse.data import mnist  # noqa: PLC0415

        X, y = mnist.as_arrays("validation")
        return X / 255.0, np.asarray(y, dtype=np.int64)
    from sklearn.datasets import load_digits  # noqa: PLC0415

    digits = load_digits()
    padded = np.pad(digits.images / 16.0, ((0, 0), (1, 1), (1, 1)))
    return padded, np.asarray(digits.target, dtype=np.int64)


def digit_ink(half: str, rng: Generator) -> tuple[Floats, int, str]:
    """Take a digit from a font, or from a hand."""
    if rng.random() < 0.5:
        X, y = _hands(half)
        i = int(rng.integers(len(X)))
        return enlarged(X[i]), int(y[i]), "hand"
    faces = fonts(half)
    while True:
        face = faces[rng.integers(len(faces))]
        digit = int(rng.integers(10))
        ink = glyph(str(digit), face)
        if ink is not None:
            return ink, digit, face.stem


_CACHE: dict[str, tuple[Floats, NDArray[np.int64]]] = {}


def _hands(half: str) -> tuple[Floats, NDArray[np.int64]]:
    if half not in _CACHE:
        _CACHE[half] = handwriting(half)
    return _CACHE[half]


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


def other_ink(half: str, rng: Generator) -> tuple[Floats, str]:
    """Take ink that is no digit: a letter, a sign, an animal, a scribble."""
    zoo = symbola()
    while True:
        kind = ["letter", "sign", "animal", "animal", "scribble", "script"][rng.integers(6)]
        if kind == "scribble":
            return _scribble(rng), kind
        if kind == "letter" or (zoo is None and half == "validation"):
            faces = fonts(half)
            text, face = rng.choice(list(LETTERS[half])), faces[rng.integers(len(faces))]
        elif zoo is None or (half == "test" and kind == "animal" and rng.random() < 0.4):
            text, face, kind = ICONS[rng.integers(len(ICONS))], icons(), "icon"
        elif kind == "script":
            face = _script_font()
            if face is None or half == "validation":
                continue
            text = SCRIPTS[rng.integers(len(SCRIPTS))]
        else:
            chosen = (SIGNS if kind == "sign" else ANIMALS)[half]
            text, face = chosen[rng.integers(len(chosen))], zoo
        ink = glyph(str(text), face)
        if ink is not None:
            return ink, kind


def _script_font() -> Path | None:
    """Find a font with Japanese signs."""
    return next(iter(sorted(Path("/usr/share/fonts").rglob("YuseiMagic*"))), None)


def _photograph(half: str, rng: Generator) -> Image.Image:
    """Cut a square out of a photograph."""
    if half == "validation":
        from sklearn.datasets import load_sample_image  # noqa: PLC0415

        whole = Image.fromarray(load_sample_image("china.jpg"))
    elif rng.random() < 0.5:
        from sklearn.datasets import load_sample_image  # noqa: PLC0415

        whole = Image.fromarray(load_sample_image("flower.jpg"))
    else:
        import matplotlib as mpl  # noqa: PLC0415

        whole = Image.open(Path(mpl.get_data_path()) / "sample_data" / "grace_hopper.jpg").convert(
            "RGB"
        )
    side = int(rng.uniform(0.25, 0.9) * min(whole.size))
    x, y = (int(rng.integers(0, n - side + 1)) for n in whole.size)
    cut = whole.crop((x, y, x + side, y + side))
    size = int(rng.choice([28, 120, 400, 900]))
    return cut.resize((size, size), Image.Resampling.LANCZOS)


def _pattern(rng: Generator) -> Image.Image:
    """Weave cloth, lay tiles, or let leaves fall."""
    n = 300
    kind = rng.integers(3)
    image = Image.new("RGB", (n, n), tuple(int(c) for c in rng.integers(0, 256, 3)))
    pen = ImageDraw.Draw(image)
    if kind == 0:
        step = int(rng.integers(12, 60))
        for i in range(0, n, step):
            tone = tuple(int(c) for c in rng.integers(0, 256, 3))
            pen.line((i, 0, i + int(rng.normal(0, 20)), n), fill=tone, width=step // 3 + 1)
            pen.line((0, i, n, i + int(rng.normal(0, 20))), fill=tone, width=step // 3 + 1)
    elif kind == 1:
        step = int(rng.integers(25, 90))
        for i in range(0, n, step):
            for j in range(0, n, step):
                tone = tuple(int(c) for c in rng.integers(0, 256, 3))
                pen.rectangle((i, j, i + step - 3, j + step - 3), fill=tone)
    else:
        for _ in range(int(rng.integers(60, 300))):
            x, y = rng.uniform(0, n, 2)
            a, b = 6 + 40 * rng.pareto(2.5, 2).clip(0, 3)
            tone = tuple(int(c) for c in rng.integers(0, 256, 3))
            pen.ellipse((x - a, y - b, x + a, y + b), fill=tone)
    return image


def digits(half: str, n: int) -> list[Held]:
    """Make `n` pictures of digits, scene after scene."""
    rng = np.random.default_rng([HALVES.index(half), 1])
    made = []
    for i in range(n):
        kind = SCENES[i % len(SCENES)]
        ink, digit, source = digit_ink(half, rng)
        made.append(Held(scene(kind, ink, rng), digit, kind, source))
    return made


def others(half: str, n: int) -> list[Held]:
    """Make `n` pictures of what is no digit: of eight, six in scenes, a photograph and a pattern."""
    rng = np.random.default_rng([HALVES.index(half), 2])
    made = []
    for i in range(n):
        if i % 8 == 3:
            made.append(Held(_photograph(half, rng), None, "photograph", "photograph"))
        elif i % 8 == 7:
            made.append(Held(_pattern(rng), None, "pattern", "pattern"))
        else:
            kind = SCENES[int(rng.integers(len(SCENES)))]
            ink, source = other_ink(half, rng)
            made.append(Held(scene(kind, ink, rng), None, kind, source))
    return made
