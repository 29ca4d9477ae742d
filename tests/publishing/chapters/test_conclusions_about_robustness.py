"""Sentences on how robust networks are say something else of other measurements."""

from types import SimpleNamespace

import numpy as np
from conclusions import concludes, sentence

#: Test sets as in the chapter, of which only the sizes count.
SETS = {
    name: (np.zeros(n), None) for name, n in (("clean", 10_000), ("other hands", 1797), ("own", 9))
}


@concludes((None, "reads 8 of the nine", "it refuses the dog"), (5, "still names"))
def test_the_dog_is_refused_only_where_it_was(digit):
    readings = [SimpleNamespace(digit=7)] * 9 + [SimpleNamespace(digit=digit)]
    return sentence(
        "robust-reader",
        "own-dog-verdict",
        readings={"robust": readings},
        own_truths=[7] * 8 + [8, None],
        robust_weights=SimpleNamespace(about={"epochs": "1"}, n_weights=1),
        plain=SimpleNamespace(count_params=lambda: 1),
    )


def in_lab(about, results):
    return sentence("robust-reader", about, results=results, test_sets=SETS)


@concludes(((4, 4, 4), "reads in every run 4"), ((3, 5, 4), "reads 3 to 5"))
def test_three_runs_are_said_to_differ_only_where_they_do(read):
    runs = [{"clean": 0.99, "inverted": 0.1 * n, "noisy": 0.1 * n, "own": n / 9} for n in read]
    results = {"plain": runs, "inverted": runs[::-1], "robust": runs[:1]}
    line = in_lab("own-lab-clean-gap", results)
    assert "within 0.0 percentage points" in line
    assert "at most 0.5 points for 10,000 digits" in line
    return in_lab("own-lab-inverted-plain", results)


def runs(*noisy):
    return [{"clean": 0.99, "inverted": 0.3, "own": 0.3, "noisy": one} for one in noisy]


PLAIN = runs(0.93, 0.95)


@concludes(
    ([0.8, 0.9], "the inverted copies cost accuracy"),
    ([0.98, 0.99], "the inverted copies help"),
    ([0.9, 0.94], "The ranges overlap"),
)
def test_noise_tells_inverted_copies_apart_only_where_every_run_did(noisy):
    results = {"plain": PLAIN, "inverted": runs(*noisy), "robust": PLAIN}
    return in_lab("own-lab-noisy-verdict", results)


@concludes(
    (0.9, "less than every run of the plain"),
    (0.97, "more than any run of the plain"),
    (0.94, "within the range of the plain"),
)
def test_noise_tells_the_robust_network_apart_only_where_every_run_did(noisy):
    results = {"plain": PLAIN, "inverted": PLAIN, "robust": runs(noisy)}
    return in_lab("own-lab-robust-verdict", results)


@concludes((0.7, "suffers more"), (0.99, "suffers less"), (0.92, "lies among the runs"))
def test_stripes_tell_networks_apart_only_where_every_run_did(robust):
    striped = {"plain": [0.9, 0.95], "inverted": [0.85, 0.9], "robust": [robust]}
    return sentence("robust-reader", "own-striped-verdict", striped=striped)
