"""Draw for each page the picture that a message shows with a link to it.

``_static/cards/<page>.png`` names the page and the book beside a small network. A card is
drawn when its words are new and kept between builds.
"""

import io
from functools import partial
from itertools import pairwise, product
from pathlib import Path

import PIL
from PIL import Image, ImageDraw, ImageFont
from sphinx.application import Sphinx
from sphinx.util.nodes import clean_astext

from _publishing.build_cache import remembered
from _publishing.connect_for_html_only import after_build
from _publishing.write_if_changed import write_folder

SIZE = (1200, 630)
FOLDER = "_static/cards"
PAPER, INK, FAINT = (250, 249, 246), (24, 32, 48), (96, 104, 120)
BLUE, ORANGE, GREY = (0, 94, 162), (200, 80, 20), (196, 202, 212)
Colour = tuple[int, int, int]
#: Neurons of each layer, and where the layers stand.
LAYERS = ((820, 3), (950, 4), (1080, 2))
MARGIN, WIDTH = 72, 640


def card_name(page: str) -> str:
    """Return the name of a page's card, below `FOLDER`."""
    return f"{page.replace('/', '-')}.png"


def draw(title: str, book: str) -> bytes:
    """Draw a card as a PNG; a long title is set smaller, in up to four lines."""
    picture = Image.new("RGB", (2 * SIZE[0], 2 * SIZE[1]), PAPER)
    _network(ImageDraw.Draw(picture))
    picture = picture.resize(SIZE, Image.Resampling.BOX)  # that makes its lines smooth
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 0, 18, SIZE[1]), fill=BLUE)
    if title == book:
        _text(pen, title, "-Bold", INK, top=150, size=76, lines=4)
    else:
        _text(pen, book, "", FAINT, top=MARGIN, size=30, lines=2)
        _text(pen, title, "-Bold", INK, top=190, size=68, lines=4)
    out = io.BytesIO()
    picture.quantize(64, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def _network(pen: ImageDraw.ImageDraw) -> None:
    """Draw a small network of three layers, twice as large as it will be."""
    middle = SIZE[1]  # half of twice the height
    places = [
        [(2 * x, middle + round((i - (n - 1) / 2) * 240)) for i in range(n)] for x, n in LAYERS
    ]
    for left, right in pairwise(places):
        for start, end in product(left, right):
            pen.line((*start, *end), fill=GREY, width=7)
    for layer, colour in zip(places, (BLUE, PAPER, ORANGE), strict=True):
        for x, y in layer:
            pen.ellipse((x - 68, y - 68, x + 68, y + 68), fill=colour, outline=INK, width=9)


def _text(
    pen: ImageDraw.ImageDraw,
    text: str,
    style: str,
    colour: Colour,
    *,
    top: int,
    size: int,
    lines: int,
) -> None:
    """Write a text beside the network in at most so many lines, as large as it then can be."""
    from matplotlib import get_data_path  # noqa: PLC0415  (only when a title is new)

    font = ImageFont.truetype(f"{get_data_path()}/fonts/ttf/DejaVuSans{style}.ttf", size)
    set_out = [""]
    for word in text.split():
        longer = f"{set_out[-1]} {word}".strip()
        if set_out[-1] and font.getlength(longer) > WIDTH:
            set_out.append(word)
        else:
            set_out[-1] = longer
    if len(set_out) > lines and size >= 20:
        _text(pen, text, style, colour, top=top, size=size - 4, lines=lines)
        return
    for number, line in enumerate(set_out):
        pen.text((MARGIN, top + round(1.3 * size * number)), line, font=font, fill=colour)


def write(app: Sphinx) -> None:
    """Write a card for each page."""
    book = str(app.config.html_title)
    cards = {}
    for page in sorted(app.env.found_docs & app.env.titles.keys()):
        title = book if page == app.config.root_doc else clean_astext(app.env.titles[page])
        recipe = Path(__file__).read_bytes() + f"{PIL.__version__}\0{title}\0{book}".encode()
        cards[card_name(page)] = remembered(recipe, partial(draw, title, book))
    write_folder(Path(app.outdir) / FOLDER, cards)


def setup(app: Sphinx) -> None:
    """Write at the end, when every title is known."""
    after_build(app, write)
