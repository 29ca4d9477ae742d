"""What the robust network is shown beside MNIST: printed and drawn digits, and no digits at all.

Everything is made here, from a seed: by the pen of `dlcourse.strokes`, by the fonts that come
with matplotlib, and by arithmetic. Nothing is downloaded, no picture of anybody is used.

To be able to refuse, a network must have seen things to refuse: an extra class "none of these"
is trained on letters, signs, shapes, textures, animal-like blobs, and MNIST digits that are no
longer digits (two side by side, cut up, far too large).

References
----------
A. R. Dhamija, M. Günther and T. E. Boult, "Reducing network agnostophobia", 2018 (section 2:
the background class); D. Hendrycks, M. Mazeika and T. Dietterich, "Deep anomaly detection with
outlier exposure", 2019.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from dlcourse import strokes
from dlcourse.errors import InputError
from dlcourse.mnist_form import SIZE, to_mnist_form

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray
    from PIL.ImageFont import FreeTypeFont

    Maker = Callable[[np.random.Generator], NDArray[np.float32]]

NONE = 10  #: the label of "none of these"

#: Letters that can be taken for a digit, in one hand or another; neither digits nor none.
#: (0: C D O Q U c o u; 1: I J L i j l r t; 2: Z z; 4: Y y; 5: S s; 6: G b; 7: T; 8: B; 9: g q p)
LOOK_ALIKES = frozenset("CDOQUcouvIJLijlrtfZzYySsGbTBgqp")
PLAIN_LETTERS = "".join(
    c for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz" if c not in LOOK_ALIKES
)
#: Signs of DejaVu that look like no digit: Greek, Cyrillic, arithmetic, arrows, games, weather;
#: relations, Armenian, Hebrew, Arabic, Tifinagh, ornaments, planets.
SIGNS = (
    "ΓΔΛΞΠΣΦΨΩαεζηκλμξπχψωЖДЙЛФЦЧШЩЫЭЮЯждфцшщыэюя"
    "@#&%+=*?~¤§¶±×÷¥€£¿«»≠≈≤≥∞∑∏√∇∈∩∪⊕⊗"
    "←↑→↓↔↕↺↻⇐⇒⇧⇩⌂⌘⌛☀☁☂☃★☆☎☏☐☑☒☘☠☢☣☮☯☹☺☻♀♂♔♕♖♗♘♙♠♣♥♦♪♫♬⚀⚁⚂⚃⚄⚅⚑⚒⚓⚔⚖⚙⚛⚠⚡✂✈✉✌✍✎✏✓✗✚✠✦✪✱✳❀❄❖❤➔➤"
    "■▲▶▼◀◆◈◐◑◒◓◢◣◤◥▣▤▥▦▧▨▩◫"
    "∄∉∋∎∥∦∷∸∻∽≁≂≄≆≇≉≊≌≍≎≏≐≑≒≓≔≖≗≙≚≛≜≝≟≣≦≧≨≩≭≰≱≲≳≴≵≶≷≸≹≼≽≾≿⊀⊁⊄⊅⊈⊉⊊⊋⊑⊒"
    "⊘⊙⊚⊛⊜⊝⊡⊢⊣⊩⊪⊫⊬⊭⊮⊯⊰⊱⊲⊳⊴⊵⋇⋍⋐⋑⋔⋖⋗⋘⋙⋚⋛⋪⋫⋬⋭⋯⋱ԺԽԾԿՃՄՆՊՋՎՓՖխծմպփאבהחטלמע"
    "פצקשתشضصغكحخⴱⴲⴳⴴⴵⴶⴷⴸⴻⴼⵀⵃⵄⵅⵆⵋⵌⵖⵗⵙⵚⵜⵝⵞⵟⵠⵡⵣⵥⵯ⠿⠧⠮䷀䷫✃✄✆✇✐✑✒✔✖✘✙✛✜✝✞✟✡"
    "✢✣✤✥✧✩✫✬✭✮✯✰✲✴✵✶✷✸✹✺✻✼✽✾✿❁❂❃❅❆❇❈❉❊❋❍❏❐❑❒❡❢❣❥❦❧☄☇☈☉☊☋☌☍☓☔☖☗☙☚☛☜☝☞"
    "☟☡☤☥☦☧☨☩☫☬☭☰☵♁♅♆♇♈♉♊♌♍♏♐♑♒♓♝♞♟♤♧♨♰♱♲♻♼♽⚌⚐⚕⚗⚘⚚⚜⚞⚟⚢⚣⚤⚦⚨⚩⚭⚮⚰⚱⚳⚴⚵⚶⚷"
)
LETTER_FONTS = ("DejaVuSans", "DejaVuSerif", "STIXGeneral", "cmr10", "cmss10", "cmtt10")
DIGIT_FONTS = (
    "DejaVuSans",
    "DejaVuSans-Bold",
    "DejaVuSans-Oblique",
    "DejaVuSansMono",
    "DejaVuSansMono-Bold",
    "DejaVuSerif",
    "DejaVuSerif-Bold",
    "DejaVuSerif-Italic",
    "STIXGeneral",
    "STIXGeneralBol",
    "STIXGeneralItalic",
    "STIXGeneralBolIta",
    "cmr10",
    "cmb10",
    "cmss10",
    "cmtt10",
)


@cache
def font(name: str, size: int = 64) -> FreeTypeFont:
    """Load one of matplotlib's own fonts."""
    import matplotlib as mpl  # noqa: PLC0415
    from PIL import ImageFont  # noqa: PLC0415

    return ImageFont.truetype(
        str(Path(mpl.get_data_path()) / "fonts" / "ttf" / f"{name}.ttf"), size
    )


def printed(text: str, font: FreeTypeFont) -> NDArray[np.float32]:
    """Print `text` in a font: white on black, as large as it comes."""
    from PIL import Image, ImageDraw  # noqa: PLC0415

    left, top, right, bottom = font.getbbox(text)
    image = Image.new("L", (int(right - left) + 8, int(bottom - top) + 8))
    ImageDraw.Draw(image).text((4 - left, 4 - top), text, font=font, fill=255)
    return np.asarray(image, dtype=np.float32) / np.float32(255)


def _thicken(ink: NDArray[np.float32], rng: np.random.Generator) -> NDArray[np.float32]:
    """Make strokes bolder or thinner by a random number of pixels."""
    from scipy import ndimage  # noqa: PLC0415

    n = int(rng.integers(-2, 5))
    if n > 0:
        return np.asarray(ndimage.grey_dilation(np.pad(ink, n), size=(n + 1, n + 1)))
    if n < 0:
        thin = ndimage.grey_erosion(ink, size=(2, 2))
        return np.asarray(thin) if (thin > 0.5).sum() > 0.4 * (ink > 0.5).sum() else ink
    return ink


def printed_digits(
    n: int, *, rng: np.random.Generator
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Print `n` digits in matplotlib's fonts, in MNIST's form.

    Returns
    -------
    X : ndarray of shape (n, 28, 28)
    y : ndarray of shape (n,)
    """
    fonts = [font(name) for name in DIGIT_FONTS]
    y = rng.integers(0, 10, n)
    X = [
        to_mnist_form(
            _thicken(_squeeze(printed(str(d), fonts[rng.integers(len(fonts))]), rng), rng)
        )
        for d in y
    ]
    return _bytes(X), y.astype(np.uint8)


def _squeeze(ink: NDArray[np.float32], rng: np.random.Generator) -> NDArray[np.float32]:
    """Make a print narrower or wider, as condensed and extended faces are."""
    from PIL import Image  # noqa: PLC0415

    height, width = ink.shape
    new = (max(4, round(width * rng.uniform(0.65, 1.25))), height)
    return np.asarray(Image.fromarray(ink).resize(new), dtype=np.float32)


def drawn_digits(
    n: int, *, rng: np.random.Generator
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Draw `n` digits with the pen of `dlcourse.strokes`, in MNIST's form (as `printed_digits`)."""
    y = rng.integers(0, 10, n)
    X = []
    for digit in y:
        ways = strokes.DIGITS[int(digit)]
        X.append(_drawn(ways[rng.integers(len(ways))], rng))
    return _bytes(X), y.astype(np.uint8)


def _drawn(sign: strokes.Sign, rng: np.random.Generator) -> NDArray[np.float32]:
    paths = strokes.write(sign, rng=rng, wobble=rng.uniform(0.01, 0.04))
    return to_mnist_form(strokes.draw(paths, width=rng.uniform(0.05, 0.2), size=64))


# What is no digit. Each maker draws one picture, ink 1 on paper 0, in MNIST's form or full size.


def printed_letter(rng: np.random.Generator) -> NDArray[np.float32]:
    """Print a letter that looks like no digit."""
    face = font(LETTER_FONTS[rng.integers(len(LETTER_FONTS))])
    letter = PLAIN_LETTERS[rng.integers(len(PLAIN_LETTERS))]
    return to_mnist_form(_thicken(_squeeze(printed(letter, face), rng), rng))


def printed_sign(rng: np.random.Generator) -> NDArray[np.float32]:
    """Print a sign: an arrow, a star, a Greek letter."""
    face = font("DejaVuSans" if rng.random() < 0.7 else "DejaVuSans-Bold")
    sign = printed(SIGNS[rng.integers(len(SIGNS))], face)
    return to_mnist_form(_thicken(_squeeze(sign, rng), rng))


def drawn_letter(rng: np.random.Generator) -> NDArray[np.float32]:
    """Draw a letter or a sign by hand, sometimes turned."""
    names = sorted(strokes.LETTERS)
    return _drawn(strokes.LETTERS[names[rng.integers(len(names))]], rng)


def scribble(rng: np.random.Generator) -> NDArray[np.float32]:
    """Draw a few strokes that mean nothing."""
    sign = tuple(
        (
            "curve" if rng.random() < 0.6 else "line",
            tuple(map(tuple, rng.uniform(0, 1, (int(rng.integers(4, 8)), 2)))),
        )
        for _ in range(rng.integers(2, 4))
    )
    return _drawn(sign, rng)


def word(rng: np.random.Generator) -> NDArray[np.float32]:
    """Print two or three letters side by side."""
    n = int(rng.integers(2, 4))
    text = "".join(rng.choice(list(PLAIN_LETTERS + "Oolis"), n))
    return to_mnist_form(printed(text, font(LETTER_FONTS[rng.integers(len(LETTER_FONTS))])))


def shape(rng: np.random.Generator) -> NDArray[np.float32]:
    """Draw a polygon, a star, a disc or a cross, filled or as an outline."""
    from PIL import Image, ImageDraw  # noqa: PLC0415

    image = Image.new("L", (96, 96))
    pen = ImageDraw.Draw(image)
    n, spiky = int(rng.integers(3, 9)), rng.random() < 0.4
    turn = rng.uniform(0, 2 * np.pi)
    angles = turn + 2 * np.pi * np.arange(n * (2 if spiky else 1)) / (n * (2 if spiky else 1))
    radius = np.where(np.arange(len(angles)) % 2, rng.uniform(0.3, 0.6), 1.0) if spiky else 1.0
    squash = rng.uniform(0.5, 1, 2)
    x, y = (
        48 + 44 * squash[0] * radius * np.cos(angles),
        48 + 44 * squash[1] * radius * np.sin(angles),
    )
    corners = list(zip(x.tolist(), y.tolist(), strict=True))
    what = rng.integers(4)
    if what == 0:
        pen.ellipse(
            (48 - 44 * squash[0], 48 - 44 * squash[1], 48 + 44 * squash[0], 48 + 44 * squash[1]),
            fill=255,
        )
    elif what == 1 and (spiky or n < 6):  # an outline with six corners or more is a zero
        pen.line([*corners, corners[0]], fill=255, width=int(rng.integers(4, 14)), joint="curve")
    else:
        pen.polygon(corners, fill=255)
        if rng.random() < 0.3:
            hole = rng.uniform(30, 60, 2)
            pen.ellipse((hole[0] - 9, hole[1] - 9, hole[0] + 9, hole[1] + 9), fill=0)
    return to_mnist_form(np.asarray(image, dtype=np.float32) / 255)


def animal(rng: np.random.Generator) -> NDArray[np.float32]:
    """Draw an animal of ellipses: a body, a head, ears, legs and a tail, filled or in outline."""
    from PIL import Image, ImageDraw, ImageFilter  # noqa: PLC0415

    image = Image.new("L", (128, 128))
    pen = ImageDraw.Draw(image)

    def blob(x: float, y: float, a: float, b: float) -> None:
        pen.ellipse((x - a, y - b, x + a, y + b), fill=255)

    length, depth = rng.uniform(22, 40), rng.uniform(10, 24)
    x, y = 64 + rng.uniform(-6, 6), 62 + rng.uniform(-8, 8)
    blob(x, y, length, depth)
    head = rng.uniform(9, 18)
    hx, hy = x - length - rng.uniform(-8, 6), y - rng.uniform(0, 26)
    blob(hx, hy, head, head * rng.uniform(0.7, 1.1))
    pen.line([(hx, hy), (x - length * 0.5, y)], fill=255, width=int(head))
    blob(hx - head, hy + head * 0.3, head * rng.uniform(0.2, 0.8), head * 0.35)  # muzzle or beak
    for side in (-0.6, 0.5) if rng.random() < 0.8 else ():
        ear = rng.uniform(5, 16)
        pen.polygon(
            [(hx + side * head - 4, hy - head * 0.5), (hx + side * head + 4, hy - head * 0.5),
             (hx + side * head + rng.uniform(-4, 4), hy - head * 0.5 - ear)], fill=255)  # fmt: skip
    legs = rng.uniform(10, 34)
    for at in np.linspace(-0.75, 0.75, int(rng.choice([0, 2, 4, 4, 4]))):
        foot = x + at * length + rng.uniform(-6, 6), y + depth * 0.6 + legs
        pen.line([(x + at * length, y), foot], fill=255, width=int(rng.integers(3, 9)))
    tail = x + length + rng.uniform(6, 22), y + rng.uniform(-30, 16)
    pen.line([(x + length * 0.8, y), tail], fill=255, width=int(rng.integers(3, 9)))
    if rng.random() < 0.3:
        image = image.filter(ImageFilter.FIND_EDGES).filter(ImageFilter.MaxFilter(5))
    turned = image.rotate(rng.normal(0, 12), resample=Image.Resampling.BILINEAR)
    ink = np.asarray(turned, dtype=np.float32) / 255
    if rng.random() < 0.5:
        ink = ink[:, ::-1]
    if rng.random() < 0.4:  # fur, spots, shading
        ink = ink * (0.35 + 0.65 * _texture(rng, 128))
    return to_mnist_form(ink)


def _texture(rng: np.random.Generator, size: int = SIZE) -> NDArray[np.float32]:
    """Make a random pattern: stripes, checks, clouds, waves, rings or noise; values 0 to 1."""
    from scipy import ndimage  # noqa: PLC0415

    v, u = np.mgrid[:size, :size] / size
    angle, pace = rng.uniform(0, np.pi), rng.uniform(2, 9)
    along = np.cos(angle) * u + np.sin(angle) * v
    across = np.cos(angle) * v - np.sin(angle) * u
    phase = rng.uniform(0, 2 * np.pi)
    kind = rng.integers(7)
    if kind == 0:
        z = np.sin(2 * np.pi * pace * along + phase)
    elif kind == 1:
        z = np.sign(np.sin(2 * np.pi * pace * along + phase))
    elif kind == 2:
        z = np.sign(np.sin(2 * np.pi * pace * along) * np.sin(2 * np.pi * pace * across + phase))
    elif kind == 3:
        z = np.sin(2 * np.pi * pace * np.hypot(u - rng.random(), v - rng.random()) + phase)
    elif kind == 4:
        z = ndimage.gaussian_filter(rng.normal(size=(size, size)), size * rng.uniform(0.02, 0.12))
    elif kind == 5:
        z = np.sign(
            ndimage.gaussian_filter(rng.normal(size=(size, size)), size * rng.uniform(0.03, 0.1))
        )
    else:
        z = rng.normal(size=(size, size))
    z = z - z.min()
    return np.asarray(z / max(float(z.max()), 1e-9), dtype=np.float32)


def texture(rng: np.random.Generator) -> NDArray[np.float32]:
    """Fill the whole picture, or a box in it, with a random pattern."""
    pattern = _texture(rng)
    if rng.random() < 0.5:
        return pattern
    box = np.zeros((SIZE, SIZE), np.float32)
    height, width = rng.integers(8, 21, 2)
    box[14 - height // 2 : 14 + height // 2, 14 - width // 2 : 14 + width // 2] = 1
    return box * pattern


def mirrored(rng: np.random.Generator) -> NDArray[np.float32]:
    """Draw a sign that is its own mirror image, or its own quarter turn, or says things twice.

    Of the digits only 0, 1 and 8 are mirrored left to right: two strokes on either side that
    reach to the middle or cross it are none of these.
    """
    n = int(rng.integers(1, 3))
    strokes_ = []
    for _ in range(n):
        points = rng.uniform((0.0, 0.0), (0.5, 1.0), (int(rng.integers(2, 4)), 2))
        points[0, 0] = rng.choice([0.0, 0.1, 0.3])
        points[-1, 0] = rng.choice([0.5, 0.6, 0.8])
        strokes_.append(points)
    how = rng.integers(4)
    if how <= 1:
        copies = [p * (-1, 1) + (1, 0) for p in strokes_]
    elif how == 2:  # four times around the middle
        copies = []
        for p in strokes_:
            x, y = (p[:, 0] - 0.5), (p[:, 1] - 0.5)
            copies += [np.column_stack(xy) + 0.5 for xy in ((-y, x), (-x, -y), (y, -x))]
    else:  # the same stroke two or three times, side by side or one above the other
        along = np.array([(0.0, 0.3), (0.35, 0.0)][rng.integers(2)])
        strokes_ = [p * (1, 0.45 if along[1] else 1) for p in strokes_[:1]]
        copies = [strokes_[0] + k * along for k in range(1, int(rng.integers(2, 4)))]
    sign = [
        ("curve" if how < 3 and rng.random() < 0.3 else "line", tuple(map(tuple, p)))
        for p in (*strokes_, *copies)
    ]
    if how <= 1 and rng.random() < 0.5:
        bar = rng.uniform(0.1, 0.9)
        sign.append(("line", ((0.1, bar), (0.9, bar))))
    return _drawn(tuple(sign), rng)


def silhouette(rng: np.random.Generator) -> NDArray[np.float32]:
    """Cut a creature out of paper: a closed wavy outline with limbs, some with eyes and folds."""
    from PIL import Image, ImageDraw  # noqa: PLC0415
    from scipy import ndimage  # noqa: PLC0415

    image = Image.new("L", (112, 112))
    pen = ImageDraw.Draw(image)
    n = int(rng.integers(7, 13))
    angles = 2 * np.pi * (np.arange(n) + rng.uniform(-0.4, 0.4, n)) / n
    radius = rng.uniform(14, 30, n) * np.where(rng.random(n) < 0.35, 1.7, 1.0)
    squash = rng.uniform(0.6, 1.4)
    x, y = 56 + radius * np.cos(angles) * squash, 56 + radius * np.sin(angles) / squash
    outline = strokes.smooth([*zip(x, y, strict=True), (x[0], y[0])], n_between=8)
    pen.polygon([tuple(p) for p in outline], fill=255)
    for _ in range(rng.integers(2, 7)):  # legs, ears, wings, a tail
        i = rng.integers(len(outline))
        out = outline[i] - 56
        out = out / max(float(np.hypot(*out)), 1.0) + rng.normal(0, 0.3, 2)
        root, tip = outline[i] - 6 * out, outline[i] + rng.uniform(8, 30) * out
        if rng.random() < 0.6:
            pen.line([tuple(root), tuple(tip)], fill=255, width=int(rng.integers(3, 9)))
        else:
            aside = rng.uniform(4, 10) * np.array([-out[1], out[0]])
            pen.polygon([tuple(root - aside), tuple(root + aside), tuple(tip)], fill=255)
    for _ in range(rng.integers(0, 4)):
        i, j = rng.normal(56, 14, 2)
        r = rng.uniform(2, 6)
        pen.ellipse((i - r, j - r, i + r, j + r), fill=int(rng.integers(0, 120)))
    if rng.random() < 0.3:
        fold = strokes.smooth(rng.normal(56, 18, (4, 2)))
        pen.line([tuple(p) for p in fold], fill=0, width=int(rng.integers(2, 5)))
    ink = np.asarray(image, dtype=np.float32) / 255
    if rng.random() < 0.25:  # its outline only
        ink = np.asarray(ndimage.morphological_gradient(ink, size=(5, 5)))
    return to_mnist_form(ink)


def leaves(rng: np.random.Generator) -> NDArray[np.float32]:
    """Let leaves fall over each other: the statistics of a photograph, without one.

    After D. Ruderman, "Origins of scaling in natural images", 1997. Half of them are shown in
    shades of grey from edge to edge, half as the ink that a threshold finds in them.
    """
    from PIL import Image, ImageDraw  # noqa: PLC0415
    from scipy import ndimage  # noqa: PLC0415

    image = Image.new("L", (84, 84), int(rng.integers(256)))
    pen = ImageDraw.Draw(image)
    for _ in range(rng.integers(25, 120)):
        x, y = rng.uniform(0, 84, 2)
        a, b = np.minimum(4 * (1 + rng.pareto(1.6, 2)), 45)
        box, shade = (x - a, y - b, x + a, y + b), int(rng.integers(256))
        (pen.ellipse if rng.random() < 0.6 else pen.rectangle)(box, fill=shade)
    grey = ndimage.gaussian_filter(np.asarray(image, dtype=np.float32) / 255, rng.uniform(0.5, 2))
    if rng.random() < 0.5:
        return np.asarray(Image.fromarray(grey).resize((SIZE, SIZE), Image.Resampling.BOX))
    labels, _ = ndimage.label(grey > np.quantile(grey, rng.uniform(0.5, 0.8)))
    sizes = np.bincount(labels.ravel())[1:]
    kept = np.argsort(sizes)[-int(rng.integers(1, 4)) :] + 1
    ink = ndimage.gaussian_filter(np.isin(labels, kept).astype(np.float32), 0.8)
    return to_mnist_form(ink) if ink.max() > 0.1 else grey[:SIZE, :SIZE]


def blot(rng: np.random.Generator) -> NDArray[np.float32]:
    """Spill ink: a blob with a wild edge, sometimes several."""
    from scipy import ndimage  # noqa: PLC0415

    field = ndimage.gaussian_filter(rng.normal(size=(64, 64)), rng.uniform(3, 9))
    v, u = np.mgrid[-1:1:64j, -1:1:64j]
    field = field / field.std() - 3 * (u**2 + v**2) ** rng.uniform(0.7, 2)
    ink = field > np.quantile(field, rng.uniform(0.6, 0.85))
    return to_mnist_form(ndimage.gaussian_filter(ink.astype(np.float32), 1))


def body(rng: np.random.Generator) -> NDArray[np.float32]:
    """Heap up a few ellipses into a body with limbs, patches and holes."""
    v, u = np.mgrid[-1.3:1.3:64j, -1.3:1.3:64j]

    def blob(x: float, y: float, smallest: float, largest: float) -> NDArray[np.bool_]:
        a, b, turn = (
            rng.uniform(smallest, largest),
            rng.uniform(smallest, largest),
            rng.uniform(0, 3),
        )
        along = np.cos(turn) * (u - x) + np.sin(turn) * (v - y)
        across = np.cos(turn) * (v - y) - np.sin(turn) * (u - x)
        inside: NDArray[np.bool_] = (along / a) ** 2 + (across / b) ** 2 < 1
        return inside

    ink = np.zeros_like(u)
    x, y = 0.0, 0.0
    for _ in range(rng.integers(3, 8)):  # each part hangs on the one before
        ink[blob(x, y, 0.15, 0.55)] = rng.uniform(0.5, 1) if rng.random() < 0.3 else 1.0
        x, y = np.clip((x + rng.normal(0, 0.4), y + rng.normal(0, 0.4)), -0.9, 0.9)
    for _ in range(rng.integers(0, 6)):  # legs, tails, ears
        i, j = np.argwhere(ink > 0)[rng.integers(int((ink > 0).sum()))]
        ink[blob(u[i, j], v[i, j], 0.05, 0.35)] = 1.0
    for _ in range(rng.integers(0, 4)):  # light patches
        i, j = np.argwhere(ink > 0)[rng.integers(int((ink > 0).sum()))]
        ink[blob(u[i, j], v[i, j], 0.05, 0.25)] = 0.0
    ink[32, 32] = 1.0
    return to_mnist_form(ink)


def outdoors(rng: np.random.Generator) -> NDArray[np.float32]:
    """Set a creature or a thing before a sky and a ground, in shades, as a small photo has it."""
    from scipy import ndimage  # noqa: PLC0415

    makers = (animal, silhouette, body, blot, shape)
    ink = makers[rng.integers(len(makers))](rng)
    ink = ndimage.shift(ink, rng.uniform(-4, 4, 2), order=1)
    horizon = np.clip(np.arange(SIZE) - rng.uniform(8, 26), 0, 1)[:, np.newaxis]
    sky, ground, creature = rng.random(3)
    if abs(creature - sky) < 0.2:
        creature = sky + (0.35 if sky < 0.5 else -0.35)
    back = sky + horizon * (ground - sky) + rng.uniform(0, 0.12) * rng.normal(size=(SIZE, SIZE))
    shaded = creature + rng.uniform(0, 0.2) * (_texture(rng) - 0.5)
    return np.asarray((back + ink * (shaded - back)).clip(0, 1), dtype=np.float32)


def paper(rng: np.random.Generator) -> NDArray[np.float32]:
    """Leave the paper blank, but for a speck or a line."""
    blank = np.zeros((SIZE, SIZE), np.float32)
    if rng.random() < 0.6:
        for _ in range(rng.integers(1, 12)):
            i, j = rng.integers(0, SIZE - 2, 2)
            blank[i : i + rng.integers(1, 3), j : j + rng.integers(1, 3)] = rng.random()
    return blank


#: Makers of pictures that are no digits, and how often each is drawn beside the others.
NOT_DIGITS: Mapping[str, tuple[Maker, int]] = {
    "printed letters": (printed_letter, 13),
    "drawn letters": (drawn_letter, 10),
    "signs": (printed_sign, 18),
    "mirrored signs": (mirrored, 8),
    "scribbles": (scribble, 8),
    "words": (word, 3),
    "shapes": (shape, 6),
    "animals": (animal, 8),
    "silhouettes": (silhouette, 8),
    "bodies": (body, 6),
    "outdoors": (outdoors, 7),
    "textures": (texture, 6),
    "leaves": (leaves, 5),
    "blots": (blot, 3),
    "blank paper": (paper, 2),
}


def not_digits(n: int, *, rng: np.random.Generator, kind: str | None = None) -> NDArray[np.uint8]:
    """Make `n` pictures that are no digits.

    Parameters
    ----------
    kind
        A key of `NOT_DIGITS`; default: all of them, mixed.

    Returns
    -------
    ndarray of shape (n, 28, 28)
    """
    if kind is not None and kind not in NOT_DIGITS:
        raise InputError(f"`kind` must be one of {', '.join(NOT_DIGITS)}: got {kind!r}.")
    kinds = list(NOT_DIGITS) if kind is None else [kind]
    shares = np.array([NOT_DIGITS[name][1] for name in kinds])
    drawn = rng.choice(len(kinds), n, p=shares / shares.sum())
    return _bytes([_no_bar(NOT_DIGITS[kinds[i]][0], rng) for i in drawn])


def _no_bar(make: Maker, rng: np.random.Generator) -> NDArray[np.float32]:
    """Make a picture anew until it is no upright bar, which would be a one."""
    while True:
        picture = make(rng)
        rows, columns = np.nonzero(picture > 0.3)
        if not rows.size or np.ptp(rows) < 12 or np.ptp(columns) >= 0.45 * np.ptp(rows):
            return picture


def spoilt_digits(X: NDArray[np.uint8], n: int, *, rng: np.random.Generator) -> NDArray[np.uint8]:
    """Spoil digits until they are none: two side by side, cut up and shuffled, far too large.

    Parameters
    ----------
    X
        Digits, shape (n_samples, 28, 28).

    Returns
    -------
    ndarray of shape (n, 28, 28)
    """
    spoilt = []
    for _ in range(n):
        one, two = (X[rng.integers(len(X))].astype(np.float32) / 255 for _ in range(2))
        kind = rng.integers(4)
        if kind <= 1:
            gap = np.zeros((SIZE, int(rng.integers(0, 4))), np.float32)
            left, right = one[:, one.any(axis=0)], two[:, two.any(axis=0)]
            spoilt.append(to_mnist_form(np.hstack([left, gap, right])))
        elif kind == 2:
            quarters = [one[:14, :14], one[:14, 14:], one[14:, :14], one[14:, 14:]]
            a, b, c, d = (
                quarters[i] for i in ((3, 2, 1, 0), (1, 0, 3, 2), (2, 3, 0, 1))[rng.integers(3)]
            )
            spoilt.append(to_mnist_form(np.vstack([np.hstack([a, b]), np.hstack([c, d])])))
        else:
            large = np.kron(one, np.ones((4, 4), np.float32))
            i, j = rng.integers(24, 60, 2)
            spoilt.append(large[i : i + SIZE, j : j + SIZE])
    return _bytes(spoilt)


def _bytes(pictures: list[NDArray[np.float32]]) -> NDArray[np.uint8]:
    """Stack pictures of values 0 to 1 as bytes, shape (n, 28, 28)."""
    if not pictures:
        return np.empty((0, SIZE, SIZE), np.uint8)
    return np.round(np.clip(np.stack(pictures), 0, 1) * 255).astype(np.uint8)
