"""Pictures without a digit, made for training: letters, doodles, shapes, textures, spoilt digits.

A network can only refuse if it has seen things to refuse. So it is trained on these with an extra
class, "none of these". Everything is made here from a seed: nothing is downloaded, and no one's
picture is used. Each maker draws one picture, ink 1 on paper 0, shape (28, 28).

Source: A. R. Dhamija, M. Günther and T. E. Boult, "Reducing network agnostophobia", 2018 (section
2: the background class); D. Hendrycks, M. Mazeika and T. Dietterich, "Deep anomaly detection with
outlier exposure", 2019.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from string import ascii_lowercase, ascii_uppercase

import numpy as np
from numpy.typing import NDArray

from dlcourse import argument_checks
from dlcourse.digits.mnist_form import SIZE, as_bytes, to_mnist_form
from dlcourse.robust import strokes
from dlcourse.robust.abstract_pictures import blot, leaves, paper, shape, texture
from dlcourse.robust.creatures import animal, body, outdoors, silhouette
from dlcourse.robust.printed_text import font, printed, squeeze, thicken

Maker = Callable[[np.random.Generator], NDArray[np.float32]]

NONE = 10  #: the label of "none of these"

#: Letters that look like a digit in some handwriting; used neither as digits nor as none, but for
#: a drawn T among the doodles.
#: (0: C D O Q U c o u v; 1: I J L i j l r t f; 2: Z z; 4: Y y; 5: S s; 6: G b; 7: T; 8: B;
#: 9: g q p)
LOOK_ALIKES = frozenset("CDOQUcouvIJLijlrtfZzYySsGbTBgqp")
PLAIN_LETTERS = "".join(
    letter for letter in ascii_uppercase + ascii_lowercase if letter not in LOOK_ALIKES
)
#: Signs of DejaVu unlike any digit (but Ч, which is an open 4 in some hands): Greek, Cyrillic,
#: arithmetic, arrows, games, weather; relations, Armenian, Hebrew, Arabic, Tifinagh, ornaments,
#: planets.
SIGNS = (
    "ΓΔΛΞΠΣΦΨΩαεζηκλμξπχψωЖДЙЛФЦЧШЩЫЭЮЯждфцшщыэюя"
    "@#&%+=*?~¤§¶±×÷¥€£¿«»≠≈≤≥∞∑∏√∇∈∩∪⊕⊗"
    "←↑→↓↔↕↺↻⇐⇒⇧⇩⌂⌘⌛☀☁☂☃★☆☎☏☐☑☒☘☠☢☣☮☯☹☺☻♀♂♔♕♖♗♘♙♠♣♥♦♪♫♬⚀⚁⚂⚃⚄⚅⚑⚒⚓⚔⚖⚙⚛⚠⚡✂✈✉✌✍✎✏✓✗✚✠✦✪✱✳❀❄❖❤➔➤"
    "■▲▶▼◀◆◈◐◑◒◓◢◣◤◥▣▤▥▦▧▨▩◫"
    "∄∉∋∎∥∦∷∸∻∽≁≂≄≆≇≉≊≌≍≎≏≐≑≒≓≔≖≗≙≚≛≜≝≟≣≦≧≨≩≭≰≱≲≳≴≵≶≷≸≹≼≽≾≿⊀⊁⊄⊅⊈⊉⊊⊋⊑⊒"
    "⊙⊚⊛⊜⊝⊡⊢⊣⊩⊪⊫⊬⊭⊮⊯⊰⊱⊲⊳⊴⊵⋇⋍⋐⋑⋔⋖⋗⋘⋙⋚⋛⋪⋫⋬⋭⋯⋱ԺԽԾԿՃՄՆՊՋՎՓՖխծմպփאבהחטלמע"
    "פצקשתشضصغكحخⴱⴲⴳⴴⴵⴶⴷⴸⴻⴼⵀⵃⵄⵅⵆⵋⵌⵖⵗⵙⵚⵜⵝⵞⵟⵠⵡⵣⵥⵯ⠿⠧⠮䷀䷫✃✄✆✇✐✑✒✔✖✘✙✛✜✝✞✟✡"
    "✢✣✤✥✧✩✫✬✭✮✯✰✲✴✵✶✷✸✹✺✻✼✽✾✿❁❂❃❅❆❇❈❉❊❋❍❏❐❑❒❡❢❣❥❦❧☄☇☈☉☊☋☌☍☓☔☖☗☙☚☛☜☝☞"
    "☟☡☤☥☦☧☨☩☫☬☭☰☵♁♅♆♇♈♉♊♌♍♏♐♑♒♓♝♞♟♤♧♨♰♱♲♻♼♽⚌⚐⚕⚗⚘⚚⚜⚞⚟⚢⚣⚤⚦⚨⚩⚭⚮⚰⚱⚳⚴⚵⚶⚷"
)
LETTER_FONTS = ("DejaVuSans", "DejaVuSerif", "STIXGeneral", "cmr10", "cmss10", "cmtt10")


def printed_letter(rng: np.random.Generator) -> NDArray[np.float32]:
    """Print a letter that does not look like a digit."""
    face = font(LETTER_FONTS[rng.integers(len(LETTER_FONTS))])
    letter = PLAIN_LETTERS[rng.integers(len(PLAIN_LETTERS))]
    return to_mnist_form(thicken(squeeze(printed(letter, face), rng), rng))


def printed_sign(rng: np.random.Generator) -> NDArray[np.float32]:
    """Print a sign: an arrow, a star, a Greek letter."""
    face = font("DejaVuSans" if rng.random() < 0.7 else "DejaVuSans-Bold")
    sign = printed(SIGNS[rng.integers(len(SIGNS))], face)
    return to_mnist_form(thicken(squeeze(sign, rng), rng))


def drawn_letter(rng: np.random.Generator) -> NDArray[np.float32]:
    """Draw a letter or a sign by hand, sometimes turned."""
    names = sorted(strokes.LETTERS)
    return strokes.by_hand(strokes.LETTERS[names[rng.integers(len(names))]], rng)


def doodle(rng: np.random.Generator) -> NDArray[np.float32]:
    """Draw something that people doodle."""
    names = sorted(strokes.DOODLES)
    return strokes.by_hand(strokes.DOODLES[names[rng.integers(len(names))]], rng)


def scribble(rng: np.random.Generator) -> NDArray[np.float32]:
    """Draw a few strokes that mean nothing."""
    sign = tuple(
        (
            "curve" if rng.random() < 0.6 else "line",
            tuple(map(tuple, rng.uniform(0, 1, (int(rng.integers(4, 8)), 2)))),
        )
        for _ in range(rng.integers(2, 4))
    )
    return strokes.by_hand(sign, rng)


def word(rng: np.random.Generator) -> NDArray[np.float32]:
    """Print two or three letters side by side."""
    text = "".join(rng.choice(list(PLAIN_LETTERS + "Oolis"), rng.integers(2, 4)))
    return to_mnist_form(printed(text, font(LETTER_FONTS[rng.integers(len(LETTER_FONTS))])))


def mirrored(rng: np.random.Generator) -> NDArray[np.float32]:
    """Draw a sign that is symmetric left to right or in quarter turns, or repeats a stroke.

    Of the digits only 0, 1 and 8 are symmetric left to right. Strokes that reach the middle or
    cross it, and their mirror images, make none of these.
    """
    strokes_ = []
    for _ in range(rng.integers(1, 3)):
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
    return strokes.by_hand(tuple(sign), rng)


#: Makers of pictures without a digit, and their relative frequencies.
NOT_DIGITS: Mapping[str, tuple[Maker, int]] = {
    "printed letters": (printed_letter, 13),
    "drawn letters": (drawn_letter, 10),
    "doodles": (doodle, 16),
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


def not_digits(
    n: int, *, rng: np.random.Generator, category: str | None = None
) -> NDArray[np.uint8]:
    """Make pictures without a digit, shape (n, 28, 28).

    `category` is a key of `NOT_DIGITS`; default: all of them, mixed.
    """
    n = argument_checks.count(n, "n")
    if category is not None:
        category = argument_checks.choice(category, "category", NOT_DIGITS)
    categories = list(NOT_DIGITS) if category is None else [category]
    shares = np.array([NOT_DIGITS[name][1] for name in categories])
    drawn = rng.choice(len(categories), n, p=shares / shares.sum())
    return as_bytes([_not_a_bar(NOT_DIGITS[categories[i]][0], rng) for i in drawn])


def _not_a_bar(make: Maker, rng: np.random.Generator) -> NDArray[np.float32]:
    """Make pictures until one is not an upright bar, which would be a one."""
    while True:
        picture = make(rng)
        rows, columns = np.nonzero(picture > 0.3)
        if not rows.size or np.ptp(rows) < 12 or np.ptp(columns) >= 0.45 * np.ptp(rows):
            return picture


def spoilt_digits(X: NDArray[np.uint8], n: int, *, rng: np.random.Generator) -> NDArray[np.uint8]:
    """Make pictures without a digit from digits: two side by side, cut up, or far too large.

    `X` has shape (n_samples, 28, 28), what comes back (n, 28, 28).
    """
    spoilt = []
    for _ in range(n):
        one, two = (X[rng.integers(len(X))].astype(np.float32) / 255 for _ in range(2))
        way = rng.integers(4)
        if way <= 1:
            gap = np.zeros((SIZE, int(rng.integers(0, 4))), np.float32)
            left, right = one[:, one.any(axis=0)], two[:, two.any(axis=0)]
            spoilt.append(to_mnist_form(np.hstack([left, gap, right])))
        elif way == 2:
            halves = one.reshape(2, 14, 2, 14)  # upper and lower, left and right: exchange them
            cut = (halves[::-1, :, ::-1], halves[:, :, ::-1], halves[::-1])[rng.integers(3)]
            spoilt.append(to_mnist_form(cut.reshape(SIZE, SIZE)))
        else:
            large = np.kron(one, np.ones((4, 4), np.float32))
            i, j = rng.integers(24, 60, 2)
            spoilt.append(large[i : i + SIZE, j : j + SIZE])
    return as_bytes(spoilt)
