"""`python -m dlcourse`: help that teaches, errors in one line, exit status."""

import re

import pytest

from dlcourse import __version__, mnist_files
from dlcourse.__main__ import build_parser, main


def test_help_lists_the_commands(capsys):
    with pytest.raises(SystemExit) as stop:
        main(["--help"])
    assert stop.value.code == 0
    assert "bring a data set to this machine" in capsys.readouterr().out


def test_the_help_of_a_command_has_an_example(capsys):
    with pytest.raises(SystemExit):
        main(["data", "--help"])
    assert "python -m dlcourse data mnist --from" in capsys.readouterr().out


def test_version(capsys):
    with pytest.raises(SystemExit):
        main(["--version"])
    assert capsys.readouterr().out == f"dlcourse {__version__}\n"


@pytest.mark.parametrize("arguments", [[], ["dance"], ["data", "cifar"]])
def test_what_is_not_understood_ends_with_2(arguments):
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert stop.value.code == 2


def test_a_folder_without_the_files_is_one_line(tmp_path, capsys):
    assert main(["data", "mnist", "--from", str(tmp_path), "--to", str(tmp_path / "out")]) == 1
    error = capsys.readouterr().err
    assert error.startswith("dlcourse: MNIST: expected the file train-images-idx3-ubyte")
    assert error.count("\n") == 1


def test_data_that_are_there_are_found(capsys):
    assert main(["data", "mnist"]) == 0
    assert str(mnist_files.default_data_dir() / "mnist") in capsys.readouterr().out


def test_defaults_of_training_are_those_that_the_help_tells(capsys):
    with pytest.raises(SystemExit):
        main(["train", "--help"])
    said = " ".join(capsys.readouterr().out.split())
    told = re.findall(r"--([a-z-]+) [A-Z]+ [^()]+ \(default: ([\d.]+)\)", said)
    defaults = vars(build_parser().parse_args(["train", "mnist"]))
    assert {name: defaults[name.replace("-", "_")] for name, _ in told} == {
        name: float(value) for name, value in told
    }
    assert len(told) == 7
