"""The lines of Keras on the sheet run, and are ten at most."""

import re

import keras
import numpy as np
from tiny_book import BOOK


def test_keras_in_ten_lines_runs():
    sheet = (BOOK / "appendix" / "sheet.md").read_text(encoding="utf-8")
    code = re.search(r"```python\n(.*?)```", sheet, re.DOTALL)[1]
    assert 5 < len(code.split("\n\n", 1)[1].splitlines()) + 1 <= 10
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(12, 4)), np.arange(12) % 3
    names = {
        f"{part}_{share}": v
        for share in ("train", "validation", "test", "new")
        for part, v in (("X", X), ("y", y))
    }
    keras.utils.disable_interactive_logging()
    quick = code.replace("epochs=100", "epochs=1")
    assert quick != code
    exec(quick, names)  # noqa: S102
    assert names["network"].count_params() == 4 * 10 + 10 + 10 * 3 + 3
