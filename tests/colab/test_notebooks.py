"""Every published notebook runs where Colab's packages are, and not ours.

The real set-up cell installs the wheel that the site serves; then the notebook runs to
its end with another TensorFlow, NumPy and Keras than the pages were made with.
"""

import json
import re
from pathlib import Path

import pytest
import yaml

import dlcourse

BOOK = Path(__file__).parents[2] / "book"
OURS = re.compile(r"dlcourse|ipykernel_\d|<ipython-input|<cell")


@pytest.fixture
def result(path, rehearsed):
    return rehearsed[path]


def test_it_runs_to_its_end(result):
    assert result.code == 0, result.log[-4000:]


def test_its_set_up_installs_dlcourse_and_nothing_else(result):
    assert result.installed == {"dlcourse", f"dlcourse-{dlcourse.__version__}.dist-info"}


def test_a_chapter_that_trains_on_images_asks_colab_for_a_gpu(path):
    """And no other does: Colab's GPUs are few."""
    source = (BOOK / "chapters" / path.name).with_suffix(".md").read_text("utf-8")
    about = yaml.safe_load(source.split("---\n")[1])["dlcourse"]
    metadata = json.loads(path.read_text("utf-8"))["metadata"]
    wanted = "GPU" if about.get("trains_on_images") else None
    assert metadata.get("accelerator") == wanted
    assert metadata["colab"].get("gpuType") == (wanted and "T4")


def test_it_says_what_it_found(result):
    outputs = result.notebook["cells"][0]["outputs"]
    lines = "".join("".join(output["text"]) for output in outputs).splitlines()
    assert re.fullmatch(r"Python 3\.\d+\.\d+", lines[0])
    assert re.fullmatch(r"TensorFlow 2\.(19|20)\.\d+", lines[1])
    assert lines[2].startswith("GPU: ")
    assert lines[-1] == f"dlcourse {dlcourse.__version__} is ready."


def test_its_numbers_are_numbers(result):
    assert not re.search(r"\bnan\b|\binf\b", result.text(), re.IGNORECASE)


def test_our_code_uses_nothing_that_will_go(result):
    warned = re.findall(r".*(?:Deprecation|Future)Warning.*", result.stderr())
    assert not [line for line in warned if OURS.search(line)]


def test_its_figures_are_drawn(result):
    """A cell that plots shows a picture here as it does on the page."""
    shown = [set(output.get("data", {})) for output in result.outputs()]
    pictures = [kinds for kinds in shown if kinds & {"image/png", "image/svg+xml"}]
    code = "\n".join("".join(cell["source"]) for cell in result.notebook["cells"])
    assert pictures or "plotting." not in code


def test_the_set_up_can_run_twice(rehearse, published, address):
    notebook = json.loads(published[0].read_text("utf-8"))
    set_up = notebook["cells"][0]
    where = {"id": "where", "metadata": {}, "source": "print('from', dlcourse.__file__)"}
    notebook["cells"] = [set_up, set_up | {"id": "again"}, set_up | where]
    result = rehearse(notebook, site=address)
    assert result.code == 0, result.log
    assert result.text().count("is ready.") == 2
    assert "/env/lib/" in result.text(), "not from the sources"
