"""What `benchmarks.reader_scores` measured and recorded: how far the reader can be trusted.

There are two halves of pictures: by one the reader's thresholds are chosen (calibration.json has
the results); the other only scores it, and each reader may be scored once (scores.json).
"""

import json
from pathlib import Path
from typing import Any

import numpy as np

from dlcourse.evaluation import Calibration

RECORD = Path(__file__).with_name("calibration.json")
SCORES = RECORD.with_name("scores.json")


def calibration() -> Calibration:
    """Return how often the reader is right, against how sure it is.

    Of its eleven answers (ten digits, and none of these), on the pictures by which its
    thresholds were chosen, where one thing was found in them;
    recorded by ``python -m benchmarks.reader_scores choose``.
    """
    record = json.loads(RECORD.read_text(encoding="utf-8"))
    error = record.pop("expected_error")
    del record["sets"]
    counts = np.array(record.pop("counts"), int)
    shares = {key: np.array(value, float) for key, value in record.items()}
    return Calibration(expected_error=error, counts=counts, **shares)


def scorings() -> list[dict[str, Any]]:
    """Return a record of each time that a reader was scored, the first one first."""
    return list(json.loads(SCORES.read_text(encoding="utf-8")))


def chosen_and_scored() -> dict[str, tuple[float, float]]:
    """Return how much of each set the reader answers rightly, from 0 to 1.

    By set of pictures: the share on those its thresholds were chosen by, and on those that score
    it.

    >>> "MNIST" in chosen_and_scored()
    True
    """
    chosen = json.loads(RECORD.read_text(encoding="utf-8"))["sets"]
    # The thresholds are for the robust network: take the last scoring in which it read.
    # `networks` has the name and the SHA-256 of each that read.
    scored = [one for one in scorings() if "robust" in one["networks"]][-1]["scores"]
    return {
        name: (chosen[name]["right"] / chosen[name]["n"], scored[name]["right"] / scored[name]["n"])
        for name in scored
        if name in chosen
    }
