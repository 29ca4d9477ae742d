"""Sentences that draw a conclusion from measurements draw another one from others."""

import re
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from dlcourse.networks import speed

CHAPTERS = Path(__file__).parents[3] / "book" / "chapters"
HIDDEN = re.compile(
    r"^```\{code-cell\} ipython3\n:tags: \[remove-cell\]\n(.*?)^```$", re.MULTILINE | re.DOTALL
)


def sentence(chapter, about, **measurements):
    """Run the hidden cell that glues `about` on these measurements, and read the line with it."""
    text = (CHAPTERS / f"{chapter}.md").read_text(encoding="utf-8")
    (code,) = (cell for cell in HIDDEN.findall(text) if f'glue("{about}"' in cell)
    glued = {}
    exec(code, {"np": np, "glue": glued.__setitem__, **measurements})  # noqa: S102
    (line,) = (line for line in text.splitlines() if f"{{glue:text}}`{about}" in line)
    return re.sub(
        r"\{glue:text\}`([\w-]+):?([^`]*)`",
        lambda role: format(glued[role[1]], role[2]) if role[1] in glued else role[0],
        line,
    )


@pytest.mark.parametrize(
    ("last", "conclusion"),
    [
        (4000, "was then 2.0 times as fast."),
        (2000, "was then about as fast as before."),
        (1000, "was then slower: it took 2.0 times as long."),
    ],
)
def test_a_larger_batch_is_called_faster_only_where_it_was(last, conclusion):
    rates = [100, 500, 1000, 2000, last]
    line = sentence("going-faster", "fast-further", rates=rates, speed=speed)
    assert "2,000 in batches of 128" in line.replace(" images a second", "")
    assert conclusion in line


@pytest.mark.parametrize(("after", "conclusion"), [(0.99, "even gains"), (0.5, "pays little")])
def test_a_neighbour_gains_only_where_it_did(after, conclusion):
    many = np.array([[1, 0.9, 0.9, 0.95]])
    few = np.array([[1, after, 0.3, 0.7]])
    line = sentence("ethics", "ethics-versicolor", many=many, few=few)
    assert "from 90 % to 30 %" in line
    assert conclusion in line


@pytest.mark.parametrize(
    ("digit", "conclusion"), [(None, "it refuses the dog"), (5, "still names")]
)
def test_the_dog_is_refused_only_where_it_was(digit, conclusion):
    readings = [SimpleNamespace(digit=7)] * 9 + [SimpleNamespace(digit=digit)]
    line = sentence(
        "robust-reader",
        "own-dog-verdict",
        readings={"robust": readings},
        own_truths=[7] * 8 + [8, None],
        robust_weights=SimpleNamespace(about={"epochs": "1"}, n_weights=1),
        plain=SimpleNamespace(count_params=lambda: 1),
    )
    assert "reads 8 of the nine" in line
    assert conclusion in line


@pytest.mark.parametrize(
    ("read", "conclusion"), [((4, 4, 4), "reads 4 each time"), ((3, 5, 4), "reads 3 to 5")]
)
def test_three_runs_are_said_to_differ_only_where_they_do(read, conclusion):
    def run(n):
        return {"clean": 0.99, "inverted": 0.1 * n, "noisy": 0.1 * n, "own": n / 9}

    runs = [run(n) for n in read]
    results = {"plain": runs, "inverted": runs[::-1], "robust": runs[:1]}
    line = sentence("robust-reader", "own-lab-clean-gap", results=results)
    assert "within 0.0 percentage points" in line
    line = sentence("robust-reader", "own-lab-inverted-plain", results=results)
    assert conclusion in line
