"""Compare what a test finds with lines that stand in a file beside it.

After a change on purpose, record anew and read what ``git diff`` says::

    DLCOURSE_RECORD=1 pytest tests/package

Numbers are rounded to three digits. A sum that weighs each number by its place stands for a long
row, so that no change goes unseen.
"""

import difflib
import math
import os
import re
from pathlib import Path

import numpy as np
import pytest

_NUMBER = re.compile(r"(?<![\w#.])-?\d+(?:\.\d+)?(?:e[+-]?\d+)?(?!\w)")


def compare(name, result, *, tolerance):
    """Fail with the difference unless these are the lines of the file of that name."""
    path = Path(__file__).with_name("robust") / "recorded" / f"{name}.txt"
    if os.environ.get("DLCOURSE_RECORD") == "1":
        path.write_text("\n".join(result) + "\n", encoding="utf-8")
    kept = path.read_text(encoding="utf-8").splitlines()
    if len(result) == len(kept):
        pairs = zip(kept, result, strict=True)
        result = [old if same(old, new, tolerance) else new for old, new in pairs]
    changes = "\n".join(difflib.unified_diff(kept, result, "recorded", "found", "", "", 0, ""))
    if changes:
        test = os.environ["PYTEST_CURRENT_TEST"].partition("::")[0]
        pytest.fail(
            f"{name} is no longer what it was:\n{changes}\n\n"
            f"If that was meant, look at it, then record it anew:\n"
            f"    DLCOURSE_RECORD=1 pytest {test}",
            pytrace=False,
        )


def same(one, other, tolerance):
    """Whether two lines say the same, but for the last digit of a number."""
    if _NUMBER.sub("", one) != _NUMBER.sub("", other):
        return False
    pairs = zip(_NUMBER.findall(one), _NUMBER.findall(other), strict=True)
    return all(math.isclose(float(a), float(b), rel_tol=2e-5, abs_tol=tolerance) for a, b in pairs)


def number(value):
    """Write a number with three digits after the point at most."""
    return f"{round(float(value), 3) + 0.0:g}"


def weighed(values):
    """Add up numbers, each times a weight of its place."""
    flat = np.asarray(values, dtype=float).ravel()
    return np.nansum(flat * np.sin(1.0 + np.arange(flat.size)))
