"""Every cell that has a *Run* button says in Pyodide what the page says."""

import gzip
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from _publishing.assets import nodejs

SCRIPT = Path(__file__).parents[2] / "publishing" / "in_page" / "run_cells.mjs"
NODE = Path(sys.executable).with_name("node")
BOOK = Path(__file__).parents[3] / "book"
TOPICS = sorted(path.stem for path in (BOOK / "chapters").glob("*.md"))
NUMBER = re.compile(r"-?\d+\.?\d*(?:e[+-]?\d+)?")


def stored(outputs):
    """What the page shows of a cell: its text, and a word for each picture."""
    parts = []
    for output in outputs:
        data = output.get("data", {})
        if output["output_type"] == "stream":
            parts.append("".join(output["text"]))
        elif "scrapbook" in output.get("metadata", {}) or any("dlcourse" in key for key in data):
            continue  # for the prose, or for a figure elsewhere
        elif any(key.startswith("image/") for key in data):
            parts.append("[figure]")
        else:
            first = next(k for k in ("text/html", "text/markdown", "text/plain") if k in data)
            parts.append("".join(data[first]))
    return "".join(parts).strip()


def shown(outputs):
    """The same for what the page's Python hands out."""
    pictures = {"figure", "image"}
    return "".join("[figure]" if o["kind"] in pictures else o["value"] for o in outputs).strip()


def alike(one, other):
    """Whether two texts agree, numbers to the last digits but one that they show."""
    if NUMBER.sub("", one) != NUMBER.sub("", other):
        return False
    pairs = zip(NUMBER.findall(one), NUMBER.findall(other), strict=True)
    return all(float(a) == pytest.approx(float(b), rel=2e-2, abs=2e-2) for a, b in pairs)


def run(site, topic):
    """Run the cells of a page in Node."""
    done = subprocess.run(
        [NODE, SCRIPT, site / "run", topic], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


def differences(site, topic):
    """Name the cells that say something else than the page."""
    [path] = (site / "executions").glob(f"chapters--{topic}-*.json.gz")
    cells = json.loads(gzip.decompress(path.read_bytes()))["cells"]
    results = run(site, topic)
    texts = {
        number: (stored(cells[int(number)]), shown(result["outputs"]))
        for number, result in results.items()
    }
    return {number: both for number, both in texts.items() if not alike(*both)}


@pytest.mark.slow
@pytest.mark.parametrize("topic", TOPICS)
def test_a_page_says_the_same_in_the_page(site, topic):
    assert differences(site, topic) == {}


def test_pyodide_is_the_one_that_the_lock_pins(site):
    """And every package that the site carries is one that Pyodide's lock names."""
    lock = json.loads((nodejs.package("pyodide") / "pyodide-lock.json").read_text("utf-8"))
    ours = json.loads((site / "run" / "pyodide" / "pyodide-lock.json").read_text("utf-8"))
    assert {"numpy", "matplotlib", "pillow"} <= ours["packages"].keys()
    assert ours["packages"].items() <= lock["packages"].items()


def test_the_exercises_of_the_numpy_chapters_can_be_answered_in_the_page(site):
    for topic in ("machine-learning", "neurons", "networks", "backpropagation", "kernels"):
        page = json.loads((site / "run" / "pages" / f"{topic}.json").read_text("utf-8"))
        checks = [cell for cell in page["cells"] if 'check("' in cell["source"]]
        assert checks
        assert all(cell["runs"] for cell in checks)
