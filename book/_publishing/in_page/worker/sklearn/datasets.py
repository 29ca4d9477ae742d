"""Moons, irises and a photograph, as scikit-learn gives them, for pages without scikit-learn.

In the page `irises.json` and the photograph lie beside this file: `runtime_files` writes them.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np

_FOLDER = Path(__file__).parent


def make_moons(
    n_samples: int = 100, *, noise: float | None = None, random_state: int | None = None
) -> tuple[Any, Any]:
    """Return points on two half circles that interlock, and the half circle of each."""
    n_outer = n_samples // 2
    n_inner = n_samples - n_outer
    outer, inner = np.linspace(0, np.pi, n_outer), np.linspace(0, np.pi, n_inner)
    x = np.append(np.cos(outer), 1 - np.cos(inner))
    X = np.column_stack([x, np.append(np.sin(outer), 1 - np.sin(inner) - 0.5)])
    y = np.repeat([0, 1], [n_outer, n_inner])
    random = np.random.RandomState(random_state)
    order = np.arange(n_samples)
    random.shuffle(order)
    X, y = X[order], y[order]
    return (X if noise is None else X + random.normal(scale=noise, size=X.shape)), y


class Bunch(dict[str, Any]):
    """A dictionary whose entries are attributes as well."""

    def __getattr__(self, name: str) -> Any:
        """Return an entry."""
        try:
            return self[name]
        except KeyError as error:
            raise AttributeError(name) from error


def load_iris(*, return_X_y: bool = False) -> Any:
    """Return the 150 irises: four lengths each, in centimetres, and the species."""
    table = json.loads((_FOLDER / "irises.json").read_text(encoding="utf-8"))
    for name in ("data", "target", "target_names"):
        table[name] = np.array(table[name])
    return (table["data"], table["target"]) if return_X_y else Bunch(table)


def load_sample_image(name: str) -> Any:
    """Return a photograph as an array of shape (height, width, 3), from 0 to 255."""
    from PIL import Image  # noqa: PLC0415

    return np.asarray(Image.open(_FOLDER / name))
