"""Colours that stand out, also in the dark and for colour-blind readers."""

import itertools
import re
from pathlib import Path

import numpy as np
import pydata_sphinx_theme
import pytest

from dlcourse.figures import style


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
    assert re.findall(r"--pst-color-background:(#\w+)", dark) == [style.DARK_PAGE]


@pytest.mark.parametrize("colour", style.PALETTE)
@pytest.mark.parametrize("page", [style.PAPER, style.DARK_PAGE, "#121212"])
def test_data_colours_stand_out_on_both_pages(colour, page):
    assert contrast(colour, page) >= 3


@pytest.mark.parametrize("text", [style.INK, style.MUTED])
@pytest.mark.parametrize(
    "paper", [c for c in style.DARK_TWINS if c not in (style.INK, style.MUTED, style.GRID)]
)
def test_words_are_legible_on_every_fill_light_and_dark(text, paper):
    assert contrast(text, paper) >= 4.5
    assert contrast(style.DARK_TWINS[text], style.DARK_TWINS[paper]) >= 4.5


def lab(rgb):
    xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    f = np.cbrt(xyz @ np.clip(rgb, 1e-4, 1) / [0.9505, 1, 1.089])
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


# Machado, Oliveira and Fernandes (2009), table 1, severity 1.
DEUTERANOPIA = [[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]]
PROTANOPIA = [[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]]


@pytest.mark.parametrize("vision", [np.eye(3), DEUTERANOPIA, PROTANOPIA])
def test_the_first_three_colours_differ_for_colour_blind_readers(vision):
    for one, other in itertools.combinations(style.PALETTE[:3], 2):
        distance = np.linalg.norm(lab(vision @ linear(one)) - lab(vision @ linear(other)))
        assert distance > 40, (one, other)


def test_markers_and_lines_differ_too():
    assert len(set(style.MARKERS)) == len(set(style.LINES)) == len(style.PALETTE)
