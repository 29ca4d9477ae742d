"""More pictures to choose the thresholds of `dlcourse.digits.reader` by: digits, letters, animals.

`validation_and_test` has pictures in two halves: thresholds are chosen by the one, and the other
only scores. By these here they are chosen, too. The scenes are much alike, drawn by other code;
all ink comes from fonts, some of them also in the half that scores, and none from scans.

Nothing here is ever trained on. The pictures are made with Pillow from fonts that `dlcourse`
does not use: Roboto Flex, of a package that requirements.lock fixes, and, where they are
installed, handwriting-like and other fonts of Debian's packages. Each is laid on paper, lit,
photographed badly and turned a little.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from benchmarks.reader_pictures.validation_and_test import OPENGRAPH, installed

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.reader_pictures.validation_and_test import Picture

#: Scenes, as people send them.
SCENES = (
    "pencil", "bold print", "grey on grey", "white on black", "pen on white",
    "marker on coloured paper", "framed plate", "photo with shadow", "squared paper", "28 by 28",
)  # fmt: skip
#: Letters and signs that look like no digit, and animals (for fonts that have them).
LETTERS = "AEFHKMNPRVWXadehkmnwx@&%#"
ANIMALS = "🐀🐁🐂🐃🐄🐅🐆🐇🐈🐉🐊🐋🐌🐍🐎🐏🐐🐑🐒🐓🐔🐕🐖🐗🐘🐙🐛🐜🐝🐞🐟🐠🐡🐢🐣🐤🐦🐧🐨🐩🐫🐬🐭🐮🐯🐰🐱🐲🐳🐴🐵🐶🐷🐸🐹🐺🐻🐼"
HANDS = (
    "Rufscript*.ttf", "Ecolier*", "Humor-Sans*", "Kristi*", "Breip*", "ComicNeue-Regular*",
    "ComicNeue-Bold.*", "femkeklaver.ttf", "YuseiMagic*", "Delphine*", "SteveHand*", "Tomson*",
    "C059-Roman.otf", "NimbusSans-Bold.otf", "URWBookman-Light.otf", "Z003-MediumItalic.otf",
    "URWGothic-Book.otf", "P052-Bold.otf", "LiberationSansNarrow-Bold.ttf", "LiberationMono-Regular.ttf",
)  # fmt: skip


def fonts() -> list[Path]:
    """Find the fonts: Roboto Flex, of a package in requirements.lock, and what Debian has installed."""
    debian = [path for pattern in HANDS if (path := installed(pattern))]
    return [OPENGRAPH / "Roboto-Flex.ttf", *debian]


def _glyph(text: str, font: Path) -> Image.Image:
    face = ImageFont.truetype(str(font), 220)
    left, top, right, bottom = face.getbbox(text)
    glyph = Image.new("L", (int(right - left) + 4, int(bottom - top) + 4))
    ImageDraw.Draw(glyph).text((2 - left, 2 - top), text, font=face, fill=255)
    return glyph


def scene(look: str, glyph: Image.Image, rng: np.random.Generator) -> Image.Image:
    """Lay a glyph (white on black) into a scene."""
    side = int(rng.choice([240, 320, 480, 640]))
    share = rng.uniform(0.35, 0.75)
    if look == "framed plate":
        share *= 0.6
    scale = share * side / max(glyph.size)
    size = tuple(max(2, round(n * scale)) for n in glyph.size)
    glyph = glyph.resize(size, Image.Resampling.BICUBIC)
    glyph = glyph.rotate(rng.uniform(-10, 10), expand=True, resample=Image.Resampling.BICUBIC)
    if look == "pencil":
        glyph = glyph.filter(ImageFilter.MinFilter(3))
    if look == "bold print":
        glyph = glyph.filter(ImageFilter.MaxFilter(2 * int(side / 160) + 1))
    height = side if rng.random() < 0.5 else int(side * 0.75)
    x = (side - glyph.width) // 2 + int(rng.uniform(-0.1, 0.1) * side * (1 - share))
    y = (height - glyph.height) // 2 + int(rng.uniform(-0.1, 0.1) * height * (1 - share))
    canvas = Image.new("L", (side, height))
    canvas.paste(glyph, (x, y))
    mask = np.asarray(canvas, dtype=float)[..., None] / 255
    v, u = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : side * 1j]
    white = np.ones(3)
    noise, blur = 0.0, 0.0
    paper, ink = white * rng.uniform(0.9, 1), white * rng.uniform(0, 0.15)
    if look == "pencil":
        ink, noise = paper - rng.uniform(0.12, 0.35), 0.015
    elif look == "grey on grey":
        paper = white * rng.uniform(0.35, 0.8)
        ink = paper + rng.choice([-1, 1]) * rng.uniform(0.1, 0.2)
        noise = rng.choice([0, 0.02])
    elif look in {"white on black", "28 by 28"} and (look != "28 by 28" or rng.random() < 0.5):
        paper, ink = white * rng.uniform(0, 0.15), white * rng.uniform(0.8, 1)
    elif look == "pen on white":
        ink, noise = np.array([0.1, 0.15, 0.5]) * rng.uniform(0.5, 1.2), 0.01
    elif look == "marker on coloured paper":
        paper = rng.uniform(0.4, 1, 3)
        ink = paper * rng.uniform(0.05, 0.5, 3)
        noise = 0.02
    background = np.broadcast_to(paper, (height, side, 3)).copy()
    if look == "framed plate":
        paper = rng.choice([0.95, 0.1]) * np.array([1, 1, rng.uniform(0.8, 1)])
        ink = 1 - paper if rng.random() < 0.7 else np.array([0.1, 0.2, 0.5])
        if abs(ink.mean() - paper.mean()) < 0.3:
            ink = 1 - paper
        wall = rng.uniform(0.25, 0.75, 3)
        bricks = 0.06 * np.sign(np.sin(40 * v)) + 0.04 * rng.normal(size=(height, side))
        background = wall + bricks[..., None]
        plate = Image.new("L", (side, height))
        gap = 0.2 * max(glyph.size)
        box = (x - gap, y - gap, x + glyph.width + gap, y + glyph.height + gap)
        pen = ImageDraw.Draw(plate)
        if rng.random() < 0.25:
            oval = (box[0] - gap, box[1] - gap * 0.6, box[2] + gap, box[3] + gap * 0.6)
            pen.ellipse(oval, fill=255)
        else:
            pen.rounded_rectangle(box, radius=gap * rng.uniform(0, 0.8), fill=255)
        on = np.asarray(plate, dtype=float)[..., None] / 255
        background = background * (1 - on) + paper * on
        if rng.random() < 0.7:  # a frame, and screws
            frame, inset = Image.new("L", (side, height)), gap * 0.25
            corners = (box[0] + inset, box[1] + inset, box[2] - inset, box[3] - inset)
            ImageDraw.Draw(frame).rectangle(corners, outline=255, width=max(2, side // 90))
            line = np.asarray(frame, dtype=float)[..., None] / 255
            background = background * (1 - line) + ink * line
        noise, blur = 0.02, 1.0
    if look == "squared paper":
        lines = (np.sin(u * 40) > 0.97) | (np.sin(v * 40) > 0.97)
        background[lines] = background[lines] * np.array([0.85, 0.9, 0.97])
        ink, noise = np.array([0.1, 0.1, 0.3]), 0.01
    picture = background * (1 - mask) + ink * mask
    if look in {"photo with shadow", "squared paper", "pencil"}:
        angle = rng.uniform(0, 2 * np.pi)
        along = np.cos(angle) * u + np.sin(angle) * v
        light = 1 - rng.uniform(0.1, 0.3) * (along + 1) / 2
        if look == "photo with shadow":
            edge = 1 / (1 + np.exp(-(along - rng.uniform(-0.4, 0.4)) / rng.uniform(0.03, 0.2)))
            light = light * (1 - rng.uniform(0.2, 0.5) * edge)
            noise, blur = 0.04, side / 300
        picture = picture * light[..., None]
    picture = picture + noise * rng.normal(size=picture.shape)
    image = Image.fromarray((picture.clip(0, 1) * 255).astype(np.uint8))
    if blur:
        image = image.filter(ImageFilter.GaussianBlur(blur))
    if look == "28 by 28":
        # The side is the longer one.
        square = Image.new("RGB", (side, side), tuple(int(255 * c) for c in paper))
        square.paste(image, (0, (side - height) // 2))
        image = square.resize((28, 28), Image.Resampling.BOX)
    return image


def everyday_digits(n: int, *, seed: int) -> list[Picture]:
    """Make `n` pictures of digits, scene after scene."""
    rng = np.random.default_rng(seed)
    faces = fonts()
    made = []
    for i in range(n):
        look, digit = SCENES[i % len(SCENES)], int(rng.integers(10))
        face = faces[rng.integers(len(faces))]
        made.append((scene(look, _glyph(str(digit), face), rng), digit))
    return made


def everyday_others(n: int, *, seed: int) -> list[Picture]:
    """Make `n` pictures of letters, and of animals where a font has them, in the same scenes."""
    rng = np.random.default_rng(seed)
    faces, zoo = fonts(), installed("Symbola*")
    made = []
    for i in range(n):
        look = SCENES[i % len(SCENES)]
        is_animal = zoo is not None and rng.random() < 0.5
        text = ANIMALS[rng.integers(len(ANIMALS))] if is_animal else rng.choice(list(LETTERS))
        face = zoo if is_animal else faces[rng.integers(len(faces))]
        made.append((scene(look, _glyph(str(text), face), rng), None))
    return made
