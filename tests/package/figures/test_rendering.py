"""The SVG and the PNG of a figure."""

import re
import xml.etree.ElementTree as ET
from io import BytesIO

import matplotlib as mpl
from matplotlib.figure import Figure
from PIL import Image

from dlcourse.figures.alt_text import set_alt
from dlcourse.figures.rendering import png, svg
from dlcourse.figures.style import DARK_TWINS, INK, PALETTE, style

SVG = "{http://www.w3.org/2000/svg}"


def line_figure(alt="A line that rises from 1 to 3."):
    with mpl.rc_context(style()):
        figure = Figure()
        axes = figure.subplots()
        axes.plot([1, 2, 3])
        axes.set_xlabel("step")
    if alt:
        set_alt(axes, alt)
    return figure


def test_svg_carries_alt_text_and_both_schemes_and_no_colour_that_vanishes_in_the_dark():
    text = svg(line_figure("Rises. From 1 & on <up>."))
    root = ET.fromstring(text)  # noqa: S314 - ours
    assert root.find(f"{SVG}title").text == "Rises."
    assert root.find(f"{SVG}desc").text == "Rises. From 1 & on <up>."
    style_sheet = root.find(f"{SVG}style").text
    assert "prefers-color-scheme:dark" in style_sheet
    for light, dark in DARK_TWINS.items():
        assert f'[style*="fill: {light}"]{{fill:{dark}!important}}' in style_sheet
    colours = set(re.findall(r"(?:fill|stroke): (#[0-9a-f]{6})", text.split("</style>", 1)[1]))
    assert colours <= set(DARK_TWINS) | set(PALETTE)
    assert INK in colours


def test_files_are_the_same_byte_for_byte_and_hold_no_date():
    assert svg(line_figure()) == svg(line_figure())
    assert png(line_figure()) == png(line_figure())
    assert "<dc:date>" not in svg(line_figure())


def test_a_picture_keeps_its_scale():
    """Cut to hundredths it would end before its frame."""
    figure = Figure()
    figure.subplots().imshow([[0] * 300] * 100, interpolation="none")
    scale = re.search(r"matrix\(([\d.]+) ", svg(figure))[1]
    pixels = ET.fromstring(svg(figure)).find(f".//{SVG}image").attrib  # noqa: S314 - ours
    frame = re.search(r'clipPath[^>]*>\s*<rect[^>]*width="([\d.]+)"', svg(figure))[1]
    assert abs(float(scale) * float(pixels["width"]) - float(frame)) < 0.05


def test_without_alt_text_there_is_no_description():
    assert "<desc>" not in svg(line_figure(alt=None))
    assert "Description" not in Image.open(BytesIO(png(line_figure(alt=None)))).info


def test_png_is_on_white_and_carries_the_alt_text():
    image = Image.open(BytesIO(png(line_figure("Größer als 1."))))
    assert image.info["Description"] == "Größer als 1."
    assert image.convert("RGBA").getpixel((0, 0)) == (255, 255, 255, 255)
