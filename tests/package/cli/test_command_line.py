"""`python -m dlcourse`: help that teaches, errors in one line, exit status."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import dlcourse
from dlcourse.__main__ import main
from dlcourse.data import install_mnist


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--help"], "bring a data set to this machine"),
        (["data", "--help"], "python -m dlcourse data mnist --from"),
        (["train", "--help"], "length of the steps (default: 0.001)"),
        (["--version"], f"dlcourse {dlcourse.__version__}\n"),
    ],
)
def test_help_and_version(arguments, words, capsys):
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert stop.value.code == 0
    assert words in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [[], ["dance"], ["data", "cifar"], ["read"], ["read", "x.png", "--network", "best"]],
)
def test_what_is_not_understood_ends_with_2(arguments, capsys):
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert stop.value.code == 2
    assert "usage" in capsys.readouterr().err


def assert_one_line(capsys, start):
    error = capsys.readouterr().err
    assert error.startswith(f"dlcourse: {start}")
    assert error.count("\n") == 1


def test_a_folder_without_the_files_is_one_line(tmp_path, capsys):
    assert main(["data", "mnist", "--from", str(tmp_path), "--to", str(tmp_path / "out")]) == 1
    assert_one_line(capsys, "MNIST: expected the file train-images-idx3-ubyte")


def test_data_that_are_there_are_found(capsys):
    assert main(["data", "mnist"]) == 0
    assert str(install_mnist.default_data_dir() / "mnist") in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ("--workers=0", "`n_workers` must be a whole number of at least 1: got 0"),
        ("--epochs=0", "`--epochs` must be a whole number of at least 1: got 0"),
        ("--batch-size=-1", "`--batch-size` must be a whole number of at least 1"),
        ("--learning-rate=nan", "`--learning-rate` must be a number above 0: got NaN"),
        ("--learning-rate=0", "`--learning-rate` must be a number above 0: got 0"),
        ("--dropout=1", "`--dropout` must be a number of at least 0 and below 1: got 1"),
        ("--images=-5", "`--images` must be a whole number of at least 1: got -5"),
        ("--images=55001", "`--images` must be at most 55,000: got 55001"),
        ("--seed=-1", "`--seed` must be a whole number of at least 0: got -1"),
        ("--wait=inf", "`--wait` must be a number of at least 0 and below 1e+06"),
        ("--wait=nan", "`--wait` must be a number of at least 0 and below 1e+06: got NaN"),
        ("--to=file", "`--to` must be a folder: got file, but file is a file"),
        ("--to=file/deeper/run", "`--to` must be a folder: got file/deeper/run, but /"),
        ("--to=" + "x" * 5_000, "[Errno 36] File name too long"),
    ],
)
def test_training_says_at_once_what_cannot_be(options, message, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").touch()
    assert main(["train", "mnist", *options.split()]) == 1
    assert_one_line(capsys, message)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize("name", ["TF_CONFIG", "SLURM_STEP_NUM_TASKS"])
def test_variables_that_cannot_be_understood_are_one_line(name, capsys, monkeypatch):
    monkeypatch.setenv("SLURM_PROCID", "0")
    monkeypatch.setenv(name, "{")
    assert main(["train", "mnist"]) == 1
    assert_one_line(capsys, "")


def run(shell, cwd):
    line = [sys.executable, "-m", "dlcourse"]
    environment = os.environ | {"PYTHONPATH": str(Path(dlcourse.__file__).parents[1])}
    return subprocess.run(
        ["bash", "-c", shell, *line], cwd=cwd, env=environment, capture_output=True, text=True,
        check=False,
    )  # fmt: skip


def test_a_full_disk_is_one_line(tmp_path):
    done = run('"$0" "$@" read missing.png --json > /dev/full', tmp_path)
    assert done.returncode == 1
    missing, full = done.stderr.splitlines()
    assert "missing.png" in missing
    assert full == "dlcourse: [Errno 28] No space left on device"


def test_nobody_need_read_to_the_end(tmp_path):
    done = run('"$0" "$@" read missing.png --json | true', tmp_path)
    assert [line.split()[:3] for line in done.stderr.splitlines()] == [
        ["dlcourse:", "Cannot", "read"]
    ]
