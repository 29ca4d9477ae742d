"""The SVG and the PNG of a figure, and what a notebook shows."""

import re
import xml.etree.ElementTree as ET
from io import BytesIO

import matplotlib as mpl
import nbformat
import pytest
from matplotlib.figure import Figure
from nbclient import NotebookClient
from PIL import Image

from dlcourse.figures.alt_text import set_alt
from dlcourse.figures.rendering import png, svg, use_style
from dlcourse.figures.style import DARK_TWINS, INK, LABEL_SIZE, PALETTE, style

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


def test_svg_carries_alt_text_and_both_schemes():
    root = ET.fromstring(svg(line_figure("Rises. From 1 & on <up>.")))  # noqa: S314 - ours
    assert root.find(f"{SVG}title").text == "Rises."
    assert root.find(f"{SVG}desc").text == "Rises. From 1 & on <up>."
    style_sheet = root.find(f"{SVG}style").text
    assert "prefers-color-scheme:dark" in style_sheet
    for light, dark in DARK_TWINS.items():
        assert f'[style*="fill: {light}"]{{fill:{dark}!important}}' in style_sheet


def test_svg_uses_no_colour_that_vanishes_in_the_dark():
    drawing = svg(line_figure())
    colours = set(re.findall(r"(?:fill|stroke): (#[0-9a-f]{6})", drawing.split("</style>", 1)[1]))
    assert colours <= set(DARK_TWINS) | set(PALETTE)
    assert INK in colours


def test_files_are_the_same_byte_for_byte_and_hold_no_date():
    assert svg(line_figure()) == svg(line_figure())
    assert png(line_figure()) == png(line_figure())
    assert "<dc:date>" not in svg(line_figure())


def test_without_alt_text_there_is_no_description():
    assert "<desc>" not in svg(line_figure(alt=None))
    assert "Description" not in Image.open(BytesIO(png(line_figure(alt=None)))).info


def test_png_is_on_white_and_carries_the_alt_text():
    image = Image.open(BytesIO(png(line_figure("Größer als 1."))))
    assert image.info["Description"] == "Größer als 1."
    assert image.convert("RGBA").getpixel((0, 0)) == (255, 255, 255, 255)


@pytest.mark.parametrize("book", ["1", ""])
def test_a_notebook_shows_figures_through_this_module(book, monkeypatch):
    monkeypatch.setenv("DLCOURSE_BOOK", book)
    source = """
import matplotlib.pyplot as plt
from dlcourse.figures import set_alt, use_style
use_style()
figure, axes = plt.subplots()
axes.plot([1, 2])
set_alt(axes, "Rises.")
axes"""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
    NotebookClient(notebook, kernel_name="python3", timeout=120).execute()
    (output,) = notebook.cells[0].outputs  # the figure once, and no repr of the axes
    assert output.output_type == "display_data"
    if book:
        assert "<desc>Rises.</desc>" in output.data["image/svg+xml"]
        assert "image/png" not in output.data
    else:
        assert "image/svg+xml" not in output.data
        assert output.metadata["image/png"]["alt"] == "Rises."


def test_ipython_in_a_terminal_is_left_as_it_is(monkeypatch):
    """Its shell has no kernel, and would show a figure in no other way."""
    shell = object()
    monkeypatch.setattr("IPython.core.getipython.get_ipython", lambda: shell)
    with mpl.rc_context():
        use_style()
        assert mpl.rcParams["font.size"] == LABEL_SIZE
