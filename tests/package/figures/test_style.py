"""The style, the alt text, and what IPython shows."""

import itertools
import re
import xml.etree.ElementTree as ET
from io import BytesIO
from pathlib import Path

import matplotlib as mpl
import nbformat
import numpy as np
import pydata_sphinx_theme
import pytest
from matplotlib.figure import Figure
from nbclient import NotebookClient
from PIL import Image

from dlcourse.errors import InputError
from dlcourse.figures import style as fs

SVG = "{http://www.w3.org/2000/svg}"


def line_figure(alt="A line that rises from 1 to 3."):
    with mpl.rc_context(fs.style()):
        figure = Figure()
        axes = figure.subplots()
        axes.plot([1, 2, 3])
        axes.set_xlabel("step")
    if alt:
        fs.set_alt(axes, alt)
    return figure


def linear(colour):
    c = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)


def contrast(one, other):
    """WCAG 2.2's contrast ratio."""
    darker, lighter = sorted(float(linear(c) @ [0.2126, 0.7152, 0.0722]) for c in (one, other))
    return (lighter + 0.05) / (darker + 0.05)


def test_the_dark_page_is_that_of_the_theme():
    styles = Path(pydata_sphinx_theme.__file__).parent / "theme" / "pydata_sphinx_theme" / "static"
    text = (styles / "styles" / "pydata-sphinx-theme.css").read_text(encoding="utf-8")
    dark = text.partition("html[data-theme=dark]{")[2].partition("}")[0]
    assert re.findall(r"--pst-color-background:(#\w+)", dark) == [fs.DARK_PAGE]


@pytest.mark.parametrize("colour", fs.PALETTE)
@pytest.mark.parametrize("page", [fs.PAPER, fs.DARK_PAGE, "#121212"])
def test_data_colours_stand_out_on_both_pages(colour, page):
    assert contrast(colour, page) >= 3


@pytest.mark.parametrize("text", [fs.INK, fs.MUTED])
@pytest.mark.parametrize(
    "paper", [c for c in fs.DARK_TWINS if c not in (fs.INK, fs.MUTED, fs.GRID)]
)
def test_words_are_legible_on_every_fill_light_and_dark(text, paper):
    assert contrast(text, paper) >= 4.5
    assert contrast(fs.DARK_TWINS[text], fs.DARK_TWINS[paper]) >= 4.5


def lab(rgb):
    xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    f = np.cbrt(xyz @ np.clip(rgb, 1e-4, 1) / [0.9505, 1, 1.089])
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


# Machado, Oliveira and Fernandes (2009), table 1, severity 1.
DEUTERANOPIA = [[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]]
PROTANOPIA = [[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]]


@pytest.mark.parametrize("vision", [np.eye(3), DEUTERANOPIA, PROTANOPIA])
def test_the_first_three_colours_differ_for_colour_blind_readers(vision):
    for one, other in itertools.combinations(fs.PALETTE[:3], 2):
        distance = np.linalg.norm(lab(vision @ linear(one)) - lab(vision @ linear(other)))
        assert distance > 40, (one, other)


def test_markers_and_lines_differ_too():
    assert len(set(fs.MARKERS)) == len(set(fs.LINES)) == len(fs.PALETTE)


def test_alt_of_a_figure_joins_those_of_its_axes_unless_it_has_its_own():
    figure = Figure()
    left, right = figure.subplots(1, 2)
    fs.set_alt(left, "Left.")
    fs.set_alt(right, "Right\n  side.")
    assert fs.alt_of(figure) == "Left. Right side."
    fs.set_alt(figure, "Both.")
    assert fs.alt_of(figure) == "Both."
    assert fs.alt_of(left) == "Left."


def test_alt_errors():
    with pytest.raises(InputError, match="`text` must say what is seen"):
        fs.set_alt(Figure(), "  ")
    with pytest.raises(InputError, match="`target` must be a Figure or Axes: got str"):
        fs.set_alt("figure", "text")
    with pytest.raises(InputError, match="`target`"):
        fs.alt_of(None)


def test_svg_carries_alt_text_and_both_schemes():
    root = ET.fromstring(fs.svg(line_figure("Rises. From 1 & on <up>.")))  # noqa: S314 - ours
    assert root.find(f"{SVG}title").text == "Rises."
    assert root.find(f"{SVG}desc").text == "Rises. From 1 & on <up>."
    style = root.find(f"{SVG}style").text
    assert "prefers-color-scheme:dark" in style
    for light, dark in fs.DARK_TWINS.items():
        assert f'[style*="fill: {light}"]{{fill:{dark}!important}}' in style


def test_svg_uses_no_colour_that_vanishes_in_the_dark():
    drawing = fs.svg(line_figure())
    colours = set(re.findall(r"(?:fill|stroke): (#[0-9a-f]{6})", drawing.split("</style>", 1)[1]))
    assert colours <= set(fs.DARK_TWINS) | set(fs.PALETTE)
    assert fs.INK in colours


def test_files_are_the_same_byte_for_byte_and_hold_no_date():
    assert fs.svg(line_figure()) == fs.svg(line_figure())
    assert fs.png(line_figure()) == fs.png(line_figure())
    assert "<dc:date>" not in fs.svg(line_figure())


def test_without_alt_text_there_is_no_description():
    assert "<desc>" not in fs.svg(line_figure(alt=None))
    assert "Description" not in Image.open(BytesIO(fs.png(line_figure(alt=None)))).info


def test_png_is_on_white_and_carries_the_alt_text():
    image = Image.open(BytesIO(fs.png(line_figure("Größer als 1."))))
    assert image.info["Description"] == "Größer als 1."
    assert image.convert("RGBA").getpixel((0, 0)) == (255, 255, 255, 255)


@pytest.mark.parametrize("book", ["1", ""])
def test_a_notebook_shows_figures_through_this_module(book, monkeypatch):
    monkeypatch.setenv("DLCOURSE_BOOK", book)
    source = """
import matplotlib.pyplot as plt
from dlcourse.figures.style import set_alt, use_style
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
        fs.use_style()
        assert mpl.rcParams["axes.labelsize"] == 12
