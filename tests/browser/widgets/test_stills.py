"""Stills: every figure has a picture, with words, in page, deck and notebook, and a fresh one."""

import contextlib
import io
import json
import re
import shutil
from html import unescape
from pathlib import Path

import matplotlib.pyplot as plt
import pytest
from _publishing.figure_registry import FIGURES

from dlcourse.data.worked_example import DOG_OR_CAT
from dlcourse.errors import InputError
from dlcourse.figures import stills
from dlcourse.figures.alt_text import alt_of

ROOT = Path(__file__).resolve().parents[3]
NEURON = """(chapter)=
# Chapter

+++ {"slideshow": {"slide_type": "slide"}}

```{interactive} neuron
:name: fig-neuron
:caption: A neuron to turn.
:inputs: -1 2

Words.
```
"""
#: A picture of a single point.
OWN = '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="300"><desc>Mine.</desc></svg>'


@pytest.fixture(autouse=True)
def closed():
    """Close what a test has drawn."""
    yield
    plt.close("all")


def test_a_neurons_still_shows_its_numbers():
    axes = stills.neuron(inputs=(2, 1), weights=(1, -1), bias=0.5, activation="relu")
    assert axes.get_title() == "$z$ = 1.500,  $a$ = 1.500 (relu)"
    assert "lies on the shaded side: its sum is 1.500" in alt_of(axes)
    with pytest.raises(InputError, match="`inputs` must be two numbers: got 3"):
        stills.neuron(inputs=(1, 2, 3))
    with pytest.raises(InputError, match="must let the line"):
        stills.neuron(weights=(0, 0))


def test_steps_that_run_away_have_no_still():
    with pytest.raises(InputError, match=r"the loss falls: got 0\.1"):
        stills.line_and_bowl(rate=0.1)


def test_the_networks_still_shows_the_chapters_numbers():
    texts = {text.get_text() for text in stills.backpropagation().texts}
    assert {f"{x:.2f}" for x in DOG_OR_CAT.x} | {"0.37", "−1.260"} <= texts


def test_the_pads_still_says_what_the_network_reads():
    verdicts = [panel.get_xlabel() for panel in stills.digit_pad().child_axes]
    assert len(verdicts) == 10
    assert sum(verdict.startswith("✓") for verdict in verdicts) >= 8


def test_page_deck_and_notebook_have_the_still(book):
    book.chapter("chapter", NEURON)
    book.build()
    for file in ("chapters/chapter.html", "slides/chapter.html"):
        page = (book.site / file).read_text()
        image = re.search(r"<dl-neuron[^>]*>\s*<img[^>]*>", page)[0]
        assert "The input (-1, 2) lies off the shaded side" in unescape(image)
        assert 'width="' in image
        source = re.search(r'src="([^"]+)"', image)[1]
        assert (book.site / "chapters" / source).is_file()
    notebook = json.loads((book.site / "notebooks/chapter.ipynb").read_text())
    text = "".join("".join(cell["source"]) for cell in notebook["cells"])
    assert "![The plane of a neuron's two inputs" in text.replace("\\", "")
    assert "Try it on the site: a neuron" in text
    assert "from dlcourse.neuron import fire" in text
    # Another neuron, another still.
    book.chapter("chapter", NEURON.replace("-1 2", "1 2"))
    book.build()
    assert "The input (1, 2) lies" in unescape(book.page("chapter"))
    # A picture of the author's own is not doubled.
    (book.source / "chapters/own.svg").write_text(OWN)
    book.chapter("chapter", NEURON.replace("Words.", "![Mine](own.svg)"))
    book.build()
    assert book.page("chapter").count("<img") == 1


@pytest.mark.slow
def test_a_still_follows_the_package(book):
    (book.folder / "src").unlink()
    shutil.copytree(ROOT / "src", book.folder / "src")
    module = book.folder / "src/dlcourse/figures/stills.py"
    book.chapter("chapter", NEURON)
    book.build(source=book.folder / "src")
    assert "divides it; the side" in book.page("chapter")
    module.write_text(module.read_text().replace("divides it; the side", "cuts it; the side"))
    book.build(source=book.folder / "src")
    assert "cuts it; the side" in book.page("chapter")


@pytest.mark.parametrize("widget", [widget for widget, figure in FIGURES.items() if figure.python])
def test_the_lines_for_the_notebook_run(widget):
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        exec(FIGURES[widget].python, {})  # noqa: S102
    expected = {"neuron": "0.5 0.622", "backpropagation": "step 9", "digit-pad": "digit=7"}
    assert expected.get(widget, "") in output.getvalue()
