"""Checkpoints: what is kept after each epoch, so that a stopped run can go on.

Each is a safetensors file with all weights, the state of the optimiser and of the random
generators, and as text the history and the settings. It takes the place of the one before once it
is complete.
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

NAME = "last-epoch.safetensors"
#: What a file says in its metadata, as JSON.
TEXTS = ("epoch", "history", "settings")


@dataclass(frozen=True)
class Checkpoint:
    """The state of a run after `epoch` epochs: its variables, and its history, by name.

    `settings` is what the run depends on; a run with other settings cannot go on from here.
    """

    epoch: int
    arrays: dict[str, NDArray[np.generic]]
    history: dict[str, list[float]]
    settings: dict[str, Any]


def save(folder: Path, checkpoint: Checkpoint) -> None:
    """Write a checkpoint completely or not at all, in the place of the one before.

    If the folder cannot be written to, that raises `DataError`, and the earlier epoch stays.
    """
    from safetensors.numpy import save as to_bytes  # noqa: PLC0415

    about = {name: json.dumps(getattr(checkpoint, name)) for name in TEXTS}
    try:
        safe_files.write_whole(folder / NAME, to_bytes(checkpoint.arrays, metadata=about))
    except OSError as error:
        raise DataError(f"Cannot keep the epoch in {folder}: {error.strerror or error}.") from error


def load_latest(folder: Path, settings: Mapping[str, Any]) -> Checkpoint | None:
    """Return the last complete epoch in a folder; None if there is none.

    One of a run with other settings raises `InputError`, and a damaged file `DataError`.
    """
    wanted = argument_checks.as_read_from_json(dict(settings), "settings")
    from safetensors import SafetensorError, safe_open  # noqa: PLC0415

    path = folder / NAME
    if not path.exists():
        return None
    try:
        with safe_open(path, framework="numpy") as file:
            about = file.metadata() or {}
            arrays = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
        epoch, history, kept = (json.loads(about[name]) for name in TEXTS)
        epoch, history, kept = int(epoch), dict(history), dict(kept)
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
