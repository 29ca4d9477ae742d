"""Checkpoints: what is kept after each epoch, so that a stopped run can go on.

Each is a safetensors file with all weights, the state of the optimiser and of the random
generators, and as text the history and the settings. Only the newest stays: it is written
completely or not at all, and the one before is deleted only then.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dlcourse import argument_checks, safe_files
from dlcourse.errors import DataError, InputError


@dataclass(frozen=True)
class Checkpoint:
    """The state of a run after `epoch` epochs: its variables, and its history, by name.

    `settings` is what the run depends on; a run with other settings cannot go on from here.
    """

    epoch: int
    arrays: dict[str, NDArray[np.generic]]
    history: dict[str, list[float]]
    settings: dict[str, Any]


def kept_in(folder: Path) -> dict[int, Path]:
    """Return the files that a folder keeps, by epoch."""
    paths = {path.stem.removeprefix("epoch-"): path for path in folder.glob("epoch-*.safetensors")}
    return {int(number): path for number, path in paths.items() if number.isdecimal()}


def save(folder: Path, checkpoint: Checkpoint) -> Path:
    """Write a checkpoint completely or not at all, then delete the earlier ones.

    If the folder cannot be written to, that raises `DataError`, and the earlier epoch stays.
    """
    from safetensors.numpy import save as to_bytes  # noqa: PLC0415

    about = {
        "history": json.dumps(checkpoint.history),
        "settings": json.dumps(checkpoint.settings),
    }
    data = to_bytes(checkpoint.arrays, metadata=about)
    path = folder / f"epoch-{checkpoint.epoch:04}.safetensors"
    try:
        safe_files.write_whole(path, data)
    except OSError as error:
        raise DataError(f"Cannot keep the epoch in {folder}: {error.strerror or error}.") from error
    for epoch, old in kept_in(folder).items():
        if epoch < checkpoint.epoch:
            old.unlink(missing_ok=True)
    return path


def load_latest(folder: Path, settings: Mapping[str, Any]) -> Checkpoint | None:
    """Return the last complete epoch in a folder; None if there is none.

    One of a run with other settings raises `InputError`, and a damaged file `DataError`.
    """
    wanted = argument_checks.as_read_from_json(dict(settings), "settings")
    from safetensors import SafetensorError, safe_open  # noqa: PLC0415

    epochs = kept_in(folder)
    if not epochs:
        return None
    epoch, path = max(epochs.items())
    try:
        with safe_open(path, framework="numpy") as file:
            about = file.metadata() or {}
            arrays = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
        history, kept = (dict(json.loads(about[name])) for name in ("history", "settings"))
    except (OSError, SafetensorError, KeyError, ValueError, TypeError, RecursionError) as error:
        raise DataError(
            f"{path} is damaged ({type(error).__name__}). Delete it, and the run begins anew."
        ) from None
    for name in sorted(wanted.keys() | kept.keys()):
        if wanted.get(name) != kept.get(name):
            raise InputError(
                f"{folder} holds another run: its {name} is {kept.get(name)}, and this one's is "
                f"{wanted.get(name)}. Choose another folder, or delete that one."
            )
    return Checkpoint(epoch, arrays, history, kept)
