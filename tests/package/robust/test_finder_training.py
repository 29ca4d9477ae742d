"""The finder's training: one that was cut off ends with the same weights as one that was not."""

import json
from types import SimpleNamespace

import numpy as np
import pytest

from dlcourse.errors import InputError
from dlcourse.robust.finder import training as finder_training

N_SLICES = 3


def folder(path):
    """A folder with a little ink and few windows, so that nothing has to be made."""
    path.mkdir()
    rng = np.random.default_rng(0)
    picture, label = np.zeros((1, 28, 28), np.uint8), np.zeros(1, np.uint8)
    np.savez(
        path / "ink.npz", mnist=picture, mnist_labels=label, made=picture, made_labels=label,
        other_signs=picture, photos=picture,
    )  # fmt: skip
    for name in [*(f"{number:03d}" for number in range(N_SLICES)), "validation"]:
        X = rng.integers(-60, 60, (600, 32, 32)).astype(np.int8)
        y = np.column_stack([rng.integers(0, 12, 600), rng.normal(size=(600, 3))])
        np.savez(path / f"windows-{name}.npz", X=X, y=y.astype(np.float32))
    return path


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")  # Keras, saving
def test_a_run_that_was_cut_off_goes_on_as_if_it_had_not_been(tmp_path, monkeypatch):
    whole = finder_training.train(folder(tmp_path / "whole"), n_slices=N_SLICES, seed=3)
    cut_off, calls = folder(tmp_path / "cut off"), []

    def interrupted(line):  # once the second network is saved, before its line is in the log
        calls.append(line)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return json.dumps(line)

    with monkeypatch.context() as patch:
        patch.setattr(finder_training, "json", SimpleNamespace(dumps=interrupted))
        with pytest.raises(KeyboardInterrupt):
            finder_training.train(cut_off, n_slices=N_SLICES, seed=3)
    again = finder_training.train(cut_off, n_slices=N_SLICES, seed=3)
    for one, other in zip(whole.get_weights(), again.get_weights(), strict=True):
        np.testing.assert_array_equal(one, other)
    with pytest.raises(InputError, match=r"made by seed 3, code .* this one is of seed 4"):
        finder_training.train(cut_off, n_slices=N_SLICES, seed=4)
