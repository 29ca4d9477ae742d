"""`python -m dlcourse train mnist`: alone, with workers, by Slurm's variables."""

import json
import os
import subprocess
import sys

import numpy as np
import pytest

from dlcourse.__main__ import main
from dlcourse.networks import weights_file

QUICK = {**os.environ, "DLCOURSE_QUICK": "1", "CUDA_VISIBLE_DEVICES": ""}
LINE = [sys.executable, "-m", "dlcourse", "train", "mnist"]
SMALL = ["--images=300", "--batch-size=100", "--dropout=0", "--wait=60"]


def result(folder):
    told = json.loads((folder / "history.json").read_text())
    return weights_file.load(folder / "plain.safetensors").tensors, told["history"]


@pytest.fixture(scope="module")
def alone(tmp_path_factory):
    """What one process prints and leaves."""
    folder = tmp_path_factory.mktemp("alone")
    line = [*LINE, *SMALL, f"--to={folder}"]
    done = subprocess.run(line, env=QUICK, check=True, text=True, capture_output=True)
    return done.stdout, folder


def test_progress_and_result(alone):
    out, folder = alone
    first, last = out.splitlines()
    assert first.startswith("epoch 1/1  100%  loss ")
    assert "images/s  0:00 left" in first
    assert last.startswith(f"{folder}/plain.safetensors: reads ")
    assert result(folder)[1].keys() == {"loss", "accuracy", "val_loss", "val_accuracy"}


def test_under_slurm_two_tasks_train_what_one_process_trains(alone, tmp_path):
    """The variables that `srun` sets, and nothing else."""
    slurm = {
        "SLURM_JOB_ID": str(os.getpid()), "SLURM_STEP_NUM_TASKS": "2",
        "SLURM_STEP_NODELIST": "localhost", "SLURM_STEP_TASKS_PER_NODE": "2",
    }  # fmt: skip
    line = [*LINE, *SMALL, f"--to={tmp_path}"]
    tasks = [
        subprocess.Popen(
            line, env={**QUICK, **slurm, "SLURM_PROCID": str(i)}, stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE, text=True,
        )
        for i in range(2)
    ]  # fmt: skip
    for task in tasks:
        _, said = task.communicate(timeout=300)
        assert task.returncode == 0, said[-1000:]
    (weights, history), (expected, told) = result(tmp_path), result(alone[1])
    for name, array in expected.items():
        np.testing.assert_allclose(weights[name], array, atol=1e-5)
    np.testing.assert_allclose(history["val_loss"], told["val_loss"], atol=1e-5)


def test_workers_with_different_orders_say_so_in_one_line(tmp_path):
    """Nothing is loaded for that, so it takes no time."""
    config = {"cluster": {"worker": [f"127.0.0.1:{port}" for port in _ports()]}}
    tasks = []
    for i, size in enumerate(("100", "64")):
        task = {"task": {"type": "worker", "index": i}}
        environment = {**QUICK, "TF_CONFIG": json.dumps(config | task)}
        line = [*LINE, f"--batch-size={size}", "--wait=60", f"--to={tmp_path}"]
        tasks.append(subprocess.Popen(line, env=environment, stderr=subprocess.PIPE, text=True))
    for task in tasks:
        _, said = task.communicate(timeout=120)
        assert task.returncode == 1
        assert said.startswith("dlcourse: Worker 1 (127.0.0.1:")
        assert "was started with batch_size 64" in said
        assert said.count("\n") == 1


def _ports():
    from dlcourse.distributed import launcher

    return launcher._free_ports(2)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--workers=0"], "`n_workers` must be a whole number of at least 1: got 0"),
        (["--workers=2", "--port=80"], "`port` must be a whole number of at least 1024: got 80"),
    ],
)
def test_what_cannot_be_is_one_line(options, said, capsys):
    assert main(["train", "mnist", *options]) == 1
    error = capsys.readouterr().err
    assert error.startswith(f"dlcourse: {said}")
    assert error.count("\n") == 1
