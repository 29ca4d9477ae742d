"""How far the reader's probabilities can be trusted, as measured and recorded."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from dlcourse.evaluation import Calibration

RECORD = Path(__file__).with_suffix(".json")


def recorded() -> Calibration:
    """Return how often the reader is right against how sure it is of its eleven answers.

    Measured on the pictures by which its limits were chosen, those with one thing in them;
    recorded by ``python -m benchmarks.reading choose``.
    """
    record = json.loads(RECORD.read_text(encoding="utf-8"))
    error = record.pop("expected_error")
    return Calibration(
        expected_error=error, **{key: np.array(value, float) for key, value in record.items()}
    )
