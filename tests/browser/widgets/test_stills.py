"""A figure in page, deck and notebook: numbered, static by itself, with a fresh still picture."""

import contextlib
import gzip
import io
import json
import re
import shutil
from html import unescape

import matplotlib.pyplot as plt
import pytest
from _publishing.figure_registry import FIGURES
from tiny_book import NOTEBOOK_HEADER, ROOT

from dlcourse.data.worked_example import DOG_OR_CAT
from dlcourse.errors import InputError
from dlcourse.figures import stills
from dlcourse.figures.alt_text import alt_of

NEURON = f"""{NOTEBOOK_HEADER}(chapter)=
# Chapter

See {{numref}}`fig-neuron`.

+++ {{"slideshow": {{"slide_type": "slide"}}}}

```{{interactive}} neuron
:name: fig-neuron
:caption: A neuron to turn.
:inputs: -1 2

A neuron adds its *weighted* inputs.
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
    axes = stills.neuron(inputs=(2, 1), activation="relu")
    assert axes.get_title() == "$z$ = 0.700,  $a$ = 0.700 (relu)"
    assert "lies on the shaded side: its sum is 0.700" in alt_of(axes)


def test_what_cannot_be_drawn_is_refused():
    with pytest.raises(InputError, match="`inputs` must be two numbers: got 3"):
        stills.neuron(inputs=(1, 2, 3))
    with pytest.raises(InputError, match=r"the loss falls: got 0\.1"):
        stills.line_and_bowl(rate=0.1)


def test_the_networks_still_shows_the_chapters_numbers():
    texts = {text.get_text() for text in stills.backpropagation().texts}
    assert {f"{x:.2f}" for x in DOG_OR_CAT.x} | {"0.37", "−1.260"} <= texts


def test_the_pads_still_says_what_the_network_reads():
    verdicts = [panel.get_xlabel() for panel in stills.digit_pad().child_axes]
    assert len(verdicts) == 10
    assert sum(verdict.startswith("✓") for verdict in verdicts) >= 8


def test_page_deck_and_notebook_have_the_still(build_book):
    built = build_book({"chapters/chapter.md": NEURON})
    for file in ("chapters/chapter.html", "slides/chapter.html"):
        image = re.search(r"<dl-neuron[^>]*>\s*<img[^>]*>", built.read(file))[0]
        assert "The input (-1, 2) lies off the shaded side" in unescape(image)
        assert 'width="' in image
        source = re.search(r'src="([^"]+)"', image)[1]
        assert (built.html / "chapters" / source).is_file()
    page = built.read("chapters/chapter.html")
    assert re.search(r"See.*Fig\. 1\b", page)
    assert '<dl-neuron data-widget="neuron" inputs="-1 2"' in page
    assert "A neuron adds its <em>weighted</em> inputs." in page
    assert page.count("widgets/loader.js") == 1
    assert "loader.js" not in built.read("index.html")
    assert len(gzip.compress((built.html / "widgets/loader.js").read_bytes())) < 1000
    notebook = json.loads(built.read("notebooks/chapter.ipynb"))
    text = "".join("".join(cell["source"]) for cell in notebook["cells"])
    assert "![The plane of a neuron's two inputs" in text.replace("\\", "")
    assert "Try it on the site: a neuron" in text
    assert "from dlcourse.neuron import fire" in text
    # Another neuron, another still.
    build_book({"chapters/chapter.md": NEURON.replace("-1 2", "1 2")}, before=built)
    assert "The input (1, 2) lies" in unescape(built.read("chapters/chapter.html"))
    # A picture of the author's own is not doubled.
    chapter = {"chapters/chapter.md": NEURON.replace("A neuron adds", "![Mine](own.svg)")}
    build_book(chapter | {"chapters/own.svg": OWN}, before=built)
    assert built.read("chapters/chapter.html").count("<img") == 1


@pytest.mark.slow
def test_a_still_follows_the_package(build_book):
    built = build_book({"chapters/chapter.md": NEURON})
    assert "divides it; the side" in built.read("chapters/chapter.html")
    source = built.html.parents[2] / "src"
    source.unlink()
    shutil.copytree(ROOT / "src", source)
    module = source / "dlcourse/figures/stills.py"
    module.write_text(module.read_text().replace("divides it; the side", "cuts it; the side"))
    paths = {"PYTHONPATH": f"{source}:{ROOT / 'book'}"}
    build_book({"chapters/chapter.md": NEURON}, before=built, environment=paths)
    assert "cuts it; the side" in built.read("chapters/chapter.html")


@pytest.mark.parametrize("widget", [widget for widget, figure in FIGURES.items() if figure.python])
def test_the_lines_for_the_notebook_run(widget):
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        exec(FIGURES[widget].python, {})  # noqa: S102
    expected = {"neuron": "0.5 0.622", "backpropagation": "step 9", "digit-pad": "digit=7"}
    assert expected.get(widget, "") in output.getvalue()
