"""What is kept after an epoch comes back whole, or what is wrong is named."""

import os
from unittest.mock import Mock

import numpy as np
import pytest

from dlcourse.distributed import checkpoints
from dlcourse.errors import DataError, InputError


def kept(epoch, **settings):
    return checkpoints.Checkpoint(
        epoch, {"w": np.arange(3.0), "n": np.array(7)}, {"loss": [0.5] * epoch}, settings
    )


def test_a_checkpoint_comes_back_and_replaces_the_one_before(tmp_path):
    checkpoints.save(tmp_path, kept(1, seed=3))
    checkpoints.save(tmp_path, kept(2, seed=3))
    assert [path.name for path in tmp_path.iterdir()] == [checkpoints.NAME]
    latest = checkpoints.load_latest(tmp_path, {"seed": 3})
    assert (latest.epoch, latest.history) == (2, {"loss": [0.5, 0.5]})
    np.testing.assert_array_equal(latest.arrays["w"], [0, 1, 2])
    assert latest.arrays["n"].dtype == np.int64
    assert checkpoints.load_latest(tmp_path / "elsewhere", {}) is None


def test_a_full_disk_leaves_the_epoch_before(tmp_path, monkeypatch):
    checkpoints.save(tmp_path, kept(1))
    full = OSError(28, "No space left on device")
    monkeypatch.setattr(os, "fsync", Mock(side_effect=full))
    with pytest.raises(DataError, match=f"Cannot keep the epoch in {tmp_path}: No space"):
        checkpoints.save(tmp_path, kept(2))
    assert [path.name for path in tmp_path.iterdir()] == [checkpoints.NAME]
    assert checkpoints.load_latest(tmp_path, {}).epoch == 1


def test_a_file_in_the_place_of_the_folder(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(DataError, match=r"Cannot keep the epoch in .*file"):
        checkpoints.save(tmp_path / "file", kept(1))


def test_another_run_is_not_continued(tmp_path):
    checkpoints.save(tmp_path, kept(1, batch_size=64))
    with pytest.raises(InputError, match="its batch_size is 64, and this one's is 128"):
        checkpoints.load_latest(tmp_path, {"batch_size": 128})


@pytest.mark.parametrize("length", [0, 5, 100, -1])
def test_a_damaged_checkpoint_is_named(tmp_path, length):
    checkpoints.save(tmp_path, kept(1))
    path = tmp_path / checkpoints.NAME
    path.write_bytes(path.read_bytes()[:length])
    with pytest.raises(DataError, match=f"{checkpoints.NAME} is damaged"):
        checkpoints.load_latest(tmp_path, {})


@pytest.mark.parametrize(
    "change",
    [{"epoch": "[]"}, {"history": "3"}, {"settings": "3"}, {"settings": "[" * 100_000}],
)
def test_a_checkpoint_that_says_nonsense_is_named(tmp_path, change):
    from safetensors.numpy import save_file

    about = {"epoch": "2", "history": "{}", "settings": "{}"} | change
    save_file({"w": np.ones(1)}, tmp_path / checkpoints.NAME, metadata=about)
    with pytest.raises(DataError, match=f"{checkpoints.NAME} is damaged"):
        checkpoints.load_latest(tmp_path, {})
