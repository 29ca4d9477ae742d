"""Each exercise on transfer learning: its solution, and mistakes that people make."""

import numpy as np
import pytest

from dlcourse.exercises.checking import check


def cheapest(truth, p, miss, look):
    costs = [
        miss * np.sum(truth & (p < threshold)) + look * np.sum(~truth & (p >= threshold))
        for threshold in p
    ]
    return p[np.argmin(costs)]


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("standing-on-a-trained-network-1", 5124),
        ("standing-on-a-trained-network-2", [0.6, 0.9, 0.93]),
        ("standing-on-a-trained-network-3", 0.1),
        ("standing-on-a-trained-network-4", cheapest),
    ],
)
def test_the_solution_is_right(name, answer):
    assert check(name, answer)


@pytest.mark.parametrize(
    ("name", "answer", "hint"),
    [
        ("standing-on-a-trained-network-1", 5120, "a bias"),
        ("standing-on-a-trained-network-1", 1284, "a weight for each"),
        ("standing-on-a-trained-network-1", 7, "Inputs times neurons"),
        ("standing-on-a-trained-network-2", [60, 90, 93], "fractions"),
        ("standing-on-a-trained-network-2", [0.9, 0.6, 0.93], "other way round"),
        ("standing-on-a-trained-network-2", [0.6, 0.9, 0.99], "false alarms are mistakes"),
        ("standing-on-a-trained-network-2", [0.6, 0.9, 0.94], "missed nines are mistakes"),
        ("standing-on-a-trained-network-2", [0.6, 0.9, 0.5], "all mistakes"),
        ("standing-on-a-trained-network-2", [0.1, 0.2, 0.3], "of the 30 alarms"),
        ("standing-on-a-trained-network-3", 0.11, "1 − p"),
        ("standing-on-a-trained-network-3", 0.9, "false alarm that costs"),
        ("standing-on-a-trained-network-3", 0.5, "equal costs"),
        ("standing-on-a-trained-network-3", 0.3, "mean cost"),
        ("standing-on-a-trained-network-4", lambda t, p, m, c: 0.55, "one of the probabilities"),
        (
            "standing-on-a-trained-network-4",
            lambda t, p, m, c: cheapest(t, p, c, m),
            "exchanged the two costs",
        ),
        ("standing-on-a-trained-network-4", lambda t, p, m, c: 0.7, "is cheaper"),
    ],
)
def test_a_mistake_gets_its_own_hint(name, answer, hint):
    verdict = check(name, answer)
    assert not verdict
    assert hint in verdict.message
