"""Compare what a test finds with rows of numbers that stand in a file beside it.

After a change on purpose, record anew and read what ``git diff`` says::

    DLCOURSE_RECORD=1 pytest tests/package

Numbers are rounded to three digits. A sum that weighs each number by its place stands for a long
row, so that no change goes unseen.
"""

import json
import os
from pathlib import Path

import numpy as np
import pytest


def compare(name, result, *, tolerance):
    """Fail with the difference unless the file of that name holds these named rows of numbers."""
    path = Path(__file__).with_name("robust") / "recorded" / f"{name}.jsonl"
    if os.environ.get("DLCOURSE_RECORD") == "1":
        rows = {row: np.round(values, 3).tolist() for row, values in result.items()}
        path.write_text("".join(f"{json.dumps(row)}\n" for row in rows.items()))
    kept = dict(map(json.loads, path.read_text().splitlines()))
    test = os.environ["PYTEST_CURRENT_TEST"].partition("::")[0]
    remedy = (
        "is no longer what it was. If that was meant, look at it, then record it anew:\n"
        f"    DLCOURSE_RECORD=1 pytest {test}"
    )
    assert list(result) == list(kept), f"{name} {remedy}"
    for row, values in result.items():
        expected = pytest.approx(kept[row], rel=2e-5, abs=tolerance)
        assert list(values) == expected, f"{name}: {row} {remedy}"


def weighed(values):
    """Add up numbers, each times a weight of its place."""
    flat = np.asarray(values, dtype=float).ravel()
    return np.nansum(flat * np.sin(1.0 + np.arange(flat.size)))


def means_and_sums(pictures, white=1):
    """Return of each picture its mean, and a sum over its pixels."""
    return [number for x in pictures for number in (np.mean(x), weighed(x / white))]
