"""Sentences on how robust networks are say something else of other measurements."""

from types import SimpleNamespace

import numpy as np
import pytest
from conclusions import sentence

#: Test sets as in the chapter, of which only the sizes count.
SETS = {
    name: (np.zeros(n), None) for name, n in (("clean", 10_000), ("other hands", 1797), ("own", 9))
}


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
    ("read", "conclusion"), [((4, 4, 4), "reads in every run 4"), ((3, 5, 4), "reads 3 to 5")]
)
def test_three_runs_are_said_to_differ_only_where_they_do(read, conclusion):
    def run(n):
        return {"clean": 0.99, "inverted": 0.1 * n, "noisy": 0.1 * n, "own": n / 9}

    runs = [run(n) for n in read]
    measured = {
        "results": {"plain": runs, "inverted": runs[::-1], "robust": runs[:1]},
        "test_sets": SETS,
    }
    line = sentence("robust-reader", "own-lab-clean-gap", **measured)
    assert "within 0.0 percentage points" in line
    assert "at most 0.5 points for 10,000 digits" in line
    line = sentence("robust-reader", "own-lab-inverted-plain", **measured)
    assert conclusion in line


@pytest.mark.parametrize(
    ("inverted", "robust", "of_copies", "of_robust"),
    [
        ([0.8, 0.9], 0.9, "the inverted copies cost accuracy", "less than every run of the plain"),
        ([0.98, 0.99], 0.97, "the inverted copies help", "more than any run of the plain"),
        ([0.9, 0.94], 0.94, "The ranges overlap", "within the range of the plain"),
    ],
)
def test_noise_tells_networks_apart_only_where_every_run_did(
    inverted, robust, of_copies, of_robust
):
    def runs(*noisy):
        return [{"clean": 0.99, "inverted": 0.3, "own": 0.3, "noisy": one} for one in noisy]

    results = {"plain": runs(0.93, 0.95), "inverted": runs(*inverted), "robust": runs(robust)}
    line = sentence("robust-reader", "own-lab-noisy-verdict", results=results, test_sets=SETS)
    assert of_copies in line
    line = sentence("robust-reader", "own-lab-robust-verdict", results=results, test_sets=SETS)
    assert of_robust in line


@pytest.mark.parametrize(
    ("robust", "conclusion"),
    [(0.7, "suffers more"), (0.99, "suffers less"), (0.92, "lies among the runs")],
)
def test_stripes_tell_networks_apart_only_where_every_run_did(robust, conclusion):
    striped = {"plain": [0.9, 0.95], "inverted": [0.85, 0.9], "robust": [robust]}
    assert conclusion in sentence("robust-reader", "own-striped-verdict", striped=striped)
