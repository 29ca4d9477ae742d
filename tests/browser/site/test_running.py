"""Every cell that has a *Run* button says in Pyodide what the page says."""

import gzip
import json
import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from pages import CHECK, NUMPY, TOPICS, cells_of, weekly

SCRIPT = Path(__file__).parents[2] / "publishing" / "in_page" / "run_cells.mjs"
NODE = Path(sys.executable).with_name("node")
#: What `make test` runs: a page with scikit-learn's stand-ins, and one that Keras trains most of.
ALWAYS = {"irises", "robust-reader"}
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


def same(one, other):
    """Whether two numbers agree, but for one unit in the last digit that they show.

    The text is the same here to the last character. Elsewhere it need not be: another processor
    adds in another order than WebAssembly does, and a digit on the edge is rounded the other way.
    What is nothing but rounding (1e-17 for 0) may be any such thing.
    """
    a, b = Decimal(one), Decimal(other)
    last = max(a.as_tuple().exponent, b.as_tuple().exponent)
    return abs(a - b) <= Decimal(10) ** last or max(abs(a), abs(b)) < 1e-12


def alike(one, other):
    """Whether two texts agree."""
    if NUMBER.sub("", one) != NUMBER.sub("", other):
        return False
    return all(map(same, NUMBER.findall(one), NUMBER.findall(other)))


def test_numbers_are_alike_only_within_their_last_digit():
    assert alike("loss 0.251, 3 of 4", "loss 0.252, 3 of 4")
    assert alike("[1e-17]", "[-3.2e-17]")
    for text in ("loss 0.253, 3 of 4", "loss 0.251, 3 of 6", "loss 0.251", "gain 0.251, 3 of 4"):
        assert not alike("loss 0.251, 3 of 4", text)


def run(site, topic, numbers=None):
    """Run the cells of a page in Node, all that can run or some."""
    only = [json.dumps(numbers)] if numbers else []
    done = subprocess.run(
        [NODE, SCRIPT, site / "run", topic, *only], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


def differences(site, topic):
    """Name the cells that say something else than the page."""
    [path] = (site / "executions").glob(f"chapters--{topic}-*.json.gz")
    cells = json.loads(gzip.decompress(path.read_bytes()))["cells"]
    texts = {
        number: (stored(cells[int(number)]), shown(result["outputs"]))
        for number, result in run(site, topic).items()
    }
    return {number: both for number, both in texts.items() if not alike(*both)}


@pytest.mark.parametrize("topic", weekly(TOPICS, ALWAYS))
def test_a_page_says_the_same_in_the_page(site, topic):
    """Figures and numbers, verdicts on exercises, tables: whatever a cell shows."""
    assert differences(site, topic) == {}


@pytest.mark.slow
def test_fifty_runs_take_no_more_memory_than_one(site):
    """Of a cell that draws: its figures are closed, and what it stored is stored anew."""
    cells = enumerate(cells_of(site, "neurons"))
    number = next(n for n, cell in cells if cell["runs"] and "plt." in cell["source"])
    result = run(site, "neurons", [number] * 50)[str(number)]
    assert result["outputs"]
    assert len(result["bytes"]) == 50
    assert result["bytes"][-1] <= 1.1 * result["bytes"][4]


def test_exercises_are_answered_in_the_page(site):
    """All that need no TensorFlow; `test_a_page_says_the_same_in_the_page` runs them."""
    answered = {}
    for topic in TOPICS:
        solved = [cell for cell in cells_of(site, topic) if "answer = ..." not in cell["source"]]
        runs = {n: cell["runs"] for cell in solved for n in CHECK.findall(cell["source"])}
        answered[topic] = list(runs.values())
    assert sum(map(sum, answered.values())) >= 35
    for topic in NUMPY:
        assert answered[topic]
        assert all(answered[topic])
