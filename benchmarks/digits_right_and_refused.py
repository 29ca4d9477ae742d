"""The digit networks against what they are to reach: digits read right, other pictures refused.

`benchmarks.reader_scores` measures how well whole pictures are read; `readings` reports it here.
"""

from __future__ import annotations

import numpy as np

from benchmarks import Row, reader_scores
from dlcourse.data import mnist, own_digits
from dlcourse.digits import benchmark_results, reader
from dlcourse.networks import pretrained
from dlcourse.robust import robustness, unseen_pictures


def run() -> list[Row]:
    """Measure accuracy and refusal."""
    return [
        *accuracies(),
        *refusals(),
        *own_pictures(),
        *readings(),
    ]


def _share(name: str, value: float, goal: float, meaning: str = "to reach") -> Row:
    return Row(name, float(value), goal, meaning, unit="%")


def accuracies() -> list[Row]:
    """Score the three networks on MNIST's test set, and the robust one on other hands."""
    images, labels = mnist.as_arrays("test")
    X = (images / 255).astype(np.float32)
    rows = []
    networks = {name: pretrained.load(name) for name in pretrained.NAMES}
    goals = {"clean": 0.992, "inverted": 0.988}
    for name, scores in robustness.compare(networks, X, labels).items():
        for condition, score in scores.items():
            goal = goals.get(condition) if name == "robust" else None
            rows.append(
                _share(
                    f"{name}: MNIST test, {condition}",
                    score.right,
                    goal or 1.0,
                    "to reach" if goal else "perfect",
                )
            )
    robust = networks["robust"]
    answers = robustness.answers(robust, X, refuse_at=2.0)  # never refuses
    rows.append(_share("robust: MNIST test, not refusing", (answers == labels).mean(), 0.992))
    for in_form, how in ((True, "in MNIST's form"), (False, "from edge to edge")):
        H, y = unseen_pictures.other_hands(in_mnist_form=in_form)
        for polarity, V in (("white on black", H), ("black on white", 1 - H)):
            name = f"robust: load_digits {how}, {polarity}"
            rows.append(_share(name, robustness.score(robust, V, y).right, 0.95))
    return rows


def refusals() -> list[Row]:
    """Score what the robust network refuses."""
    robust = pretrained.load("robust")
    images, labels = mnist.as_arrays("test")
    X = (images / 255).astype(np.float32)
    refused = robustness.score(robust, X, labels).refused
    rows = [_share("robust: MNIST test digits refused", refused, 0.02, "at most")]
    shares = []
    for kind, pictures in unseen_pictures.unseen_no_digits().items():
        for polarity, V in (("", pictures), (", inverted", 1 - pictures)):
            none = np.full(len(V), -1)
            shares.append(robustness.score(robust, V, none).right)
            rows.append(_share(f"robust: unseen {kind}{polarity} refused", shares[-1], 0.95))
    rows.append(_share("robust: all unseen kinds refused", float(np.mean(shares)), 0.95))
    return rows


def own_pictures() -> list[Row]:
    """Count our nine digits and the dog, prepared and as they are."""
    rows = []
    X, y = own_digits.load_small()
    truth = np.array([-1 if digit is None else digit for digit in y])
    for name in pretrained.NAMES:
        network = pretrained.load(name)
        as_is = robustness.answers(network, X) == truth
        rows.append(_share(f"{name}: own nine digits, 28 by 28 as they are", as_is[:9].mean(), 1.0))
        read = [
            reader.read(own_digits.path(p.name), network=name).digit == p.digit
            for p in own_digits.PICTURES
        ]
        rows.append(_share(f"{name}: own nine digits, prepared", np.mean(read[:9]), 1.0))
        rows.append(_share(f"{name}: the dog refused", float(read[9]), 1.0))
    return rows


def readings() -> list[Row]:
    """Read the pictures by which thresholds are chosen; of those to score by, repeat the record.

    The latter may be read only once for each reader, so what scores.json has of the one that ships
    is repeated.
    """
    (record,) = (one for one in benchmark_results.scorings() if reader_scores.shipped(one))
    rows = []
    chosen_by = reader_scores.measure(reader_scores.choosing())
    halves = {"choosing": chosen_by, "scoring": record["scores"]}
    for half, counts in halves.items():
        for name, count in counts.items():
            right, misread = (count[key] / count["n"] for key in ("right", "misread"))
            rows.append(_share(f"reading, {half}: {name}, right", right, 0.96))
            rows.append(_share(f"reading, {half}: {name}, misread", misread, 0.005, "at most"))
    return rows
