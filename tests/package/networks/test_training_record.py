"""What became of a training."""

import json

import numpy as np

from dlcourse.networks.training_record import Trial, as_record, has_recovered


def test_recovered_is_below_a_sixth_of_guessing():
    below, above = np.log(10) / 6 - 0.01, np.log(10) / 6 + 0.01
    for n_classes, losses, expected in [
        (10, (0.1, below), True),
        (10, (below, above), False),
        (10, (0.1, float("nan")), False),
        (2, (below,), False),
    ]:
        trial = Trial(2.3, (0.1,), (1.0,), losses, (0.9,))
        assert has_recovered(trial, n_classes=n_classes) == expected


def test_a_record_is_json_and_keeps_three_places():
    trial = Trial(2.30259, (1.23456, float("inf")), (0.5, 0.1), (float("nan"), 1.0), (0, 0.12345))
    assert json.loads(json.dumps(as_record(trial), allow_nan=False)) == {
        "first": 2.303,
        "loss": [1.235, None],
        "validation": [None, 1.0],
        "accuracy": 0.123,
    }
