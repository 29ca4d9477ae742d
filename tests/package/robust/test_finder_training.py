"""The finder's windows stay as they were, and its training learns them slice by slice."""

import json

import numpy as np
import pytest
from recorded import compare, weighed

from dlcourse.digits import finder
from dlcourse.networks import inference
from dlcourse.robust import not_digits, synthetic_digits
from dlcourse.robust.finder import backgrounds, source_pictures, windows
from dlcourse.robust.finder import training as finder_training
from dlcourse.robust.finder.model import OUTPUTS


def test_windows_are_cut_out_of_scenes_as_recorded():
    """A sum over the pixels of each of 150, and one over all that is to be answered."""
    rng = np.random.default_rng(3)
    digits, labels = synthetic_digits.printed_digits(40, rng=rng)
    signs = not_digits.not_digits(40, rng=rng)
    photos = np.stack([backgrounds.make_photo(rng) for _ in range(12)])
    ink = source_pictures.Ink(digits, labels, digits, labels, signs, photos)
    X, y = windows.make_windows(ink, 150, rng)
    sums = {"windows": [weighed(x / windows.LEVELS) for x in X], "answers": [weighed(y)]}
    compare("finder_windows", sums, tolerance=0.2)


def made_windows(n_slices, seed):
    """Windows to choose by, and slices, as bright as their class says: quick to make and learn."""
    for i in range(1 + n_slices):
        label = np.random.default_rng([seed, i]).choice(
            [1, 7, finder.NOTHING, finder.OTHER_SIGN], 1_200
        )
        X = np.broadcast_to(5 * label[:, np.newaxis, np.newaxis], (1_200, 32, 32))
        yield X.astype(np.int8), np.column_stack([label, np.zeros((1_200, 3))]).astype(np.float32)


@pytest.mark.slow
def test_a_slice_after_the_other_is_learned_and_counted(monkeypatch):
    monkeypatch.setattr(finder_training, "made_windows", made_windows)
    monkeypatch.setattr(finder_training, "N_KEPT", 2)
    lines = []
    network = finder_training.train(n_slices=3, seed=3, report=lines.append)
    losses = [json.loads(line)["loss"] for line in lines]
    assert losses[2] < losses[0]
    assert network.classes == OUTPUTS
    assert network.about["windows"] == str((1 + 2 + 2) * finder_training.N_WINDOWS)
    answers = inference.forward(network, np.zeros((1, 32, 32, 1), np.float32))
    assert answers.shape == (1, 1, 1, 15)
