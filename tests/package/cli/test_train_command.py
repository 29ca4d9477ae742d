"""`python -m dlcourse train mnist`: alone, with workers, with orders that differ."""

import json
import os
import subprocess
import sys
from unittest.mock import Mock

from dlcourse import distributed
from dlcourse.__main__ import main
from dlcourse.distributed import launcher
from dlcourse.networks import weights_file

QUICK = {**os.environ, "DLCOURSE_QUICK": "1", "CUDA_VISIBLE_DEVICES": ""}
LINE = [sys.executable, "-m", "dlcourse", "train", "mnist"]
SMALL = ["--images=300", "--batch-size=100", "--dropout=0", "--wait=60"]


def test_progress_and_result_whatever_the_user_has_set_for_keras(tmp_path):
    settings = {"backend": "jax", "floatx": "float64", "image_data_format": "channels_first"}
    (tmp_path / "keras.json").write_text(json.dumps(settings))
    line = [*LINE, *SMALL, f"--to={tmp_path}"]
    home = {"KERAS_HOME": str(tmp_path)}
    done = subprocess.run(line, env=QUICK | home, check=True, text=True, capture_output=True)
    first, last = done.stdout.splitlines()
    assert first.startswith("epoch 1/1  100%  loss ")
    assert "images/s  0:00 left" in first
    assert last.startswith(f"{tmp_path}/plain.safetensors: reads ")
    assert weights_file.load(tmp_path / "plain.safetensors").tensors
    history = json.loads((tmp_path / "history.json").read_text())["history"]
    assert history.keys() == {"loss", "accuracy", "val_loss", "val_accuracy"}
    in_full = {**QUICK, "DLCOURSE_QUICK": "0"}
    done = subprocess.run(line, env=in_full, check=False, text=True, capture_output=True)
    assert "quick" in done.stderr, "a full run does not go on from a rehearsal"


def test_workers_are_given_the_words_that_main_was(monkeypatch, tmp_path):
    """In a notebook `sys.argv` is the kernel's."""
    monkeypatch.setattr(distributed, "launch", launch := Mock())
    words = ["train", "mnist", "--workers=2", f"--to={tmp_path}"]
    assert main(words) == 0
    launch.assert_called_once_with([sys.executable, "-m", "dlcourse", *words], 2)


def test_workers_with_different_orders_say_so_in_one_line(tmp_path):
    """Nothing is loaded for that, so it takes no time."""
    config = {"cluster": {"worker": [f"127.0.0.1:{port}" for port in launcher._free_ports(2)]}}
    tasks = []
    for i, size in enumerate(("100", "64")):
        task = {"task": {"type": "worker", "index": i}}
        environment = {**QUICK, "TF_CONFIG": json.dumps(config | task)}
        line = [*LINE, f"--batch-size={size}", "--wait=60", f"--to={tmp_path}"]
        tasks.append(subprocess.Popen(line, env=environment, stderr=subprocess.PIPE, text=True))
    for task in tasks:
        _, error = task.communicate(timeout=120)
        assert task.returncode == 1
        assert error.startswith("dlcourse: Worker 1 (127.0.0.1:")
        assert "was started with batch_size 64" in error
        assert error.count("\n") == 1
