"""``python -m dlcourse read``: what it prints of which file, and how it ends."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import dlcourse
from dlcourse.__main__ import main
from dlcourse.data import own_digits

SRC = str(Path(dlcourse.__file__).parents[1])


@pytest.fixture
def read(tmp_path, monkeypatch, capsys):
    """Read pictures in a folder of the test's own: give status, output, errors."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments):
        status = main(["read", *map(str, arguments)])
        return status, *capsys.readouterr()

    return run


def test_json_is_what_the_course_promises(read):
    pictures = own_digits.PICTURES[-3:]
    files = [own_digits.path(picture.name) for picture in pictures]
    status, output, errors = read(*files, "--json")
    assert (status, errors) == (0, "")
    answers = json.loads(output)
    assert [a["file"] for a in answers] == [str(f) for f in files]
    for answer in answers:
        assert set(answer) == {"file", "digit", "confidence", "probabilities"}
        assert len(answer["probabilities"]) == 10
        assert sum(answer["probabilities"]) == pytest.approx(1, abs=1e-4)
        assert 0 <= answer["confidence"] <= 1
    assert [a["digit"] for a in answers] == [picture.digit for picture in pictures]


def test_a_pattern_that_the_terminal_leaves_alone_is_expanded(read, tmp_path):
    """On Windows no terminal expands one; a file of that very name comes first."""
    for name in ("b.png", "a.png"):
        shutil.copy(own_digits.path("plate"), tmp_path / name)
    status, output, errors = read("*.png")
    assert (status, errors) == (0, "")
    assert [line.split()[0] for line in output.splitlines()[1:]] == ["a.png", "b.png"]
    (tmp_path / "[ab].png").write_text("not a picture")
    assert "[ab].png is not a picture" in read("[ab].png")[2]
    assert "*.tiff" in read("*.tiff")[2]


def test_an_iphones_photo_is_refused_with_a_way_out(read, tmp_path):
    (tmp_path / "IMG_7.HEIC").write_bytes(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(64))
    status, _, errors = read("IMG_7.HEIC")
    assert status == 1
    (line,) = errors.splitlines()
    assert "IMG_7.HEIC is not a picture" in line
    assert "Save the photo as JPEG" in line


def test_a_bad_file_is_named_and_the_others_are_read(read, tmp_path):
    good = own_digits.path("plate")
    (tmp_path / "empty.png").touch()
    (tmp_path / "text.jpg").write_text("not a picture")
    (tmp_path / "cut.jpg").write_bytes(good.read_bytes()[:3000])
    long = "x" * 300
    status, output, errors = read("empty.png", good, "text.jpg", "cut.jpg", "missing.png", long)
    assert status == 1
    assert [line.split()[1] for line in output.splitlines()[1:]] == ["7"]
    names = ["empty.png", "text.jpg", "cut.jpg", "missing.png", long]
    for name, line in zip(names, errors.splitlines(), strict=True):
        assert line.startswith("dlcourse: ")
        assert name in line


def test_a_table_says_none_and_why(read, tmp_path):
    Image.fromarray(np.full((50, 50), 240, np.uint8)).save(tmp_path / "blank.png")
    status, output, errors = read("blank.png", own_digits.path("dog"))
    assert (status, errors) == (0, "")
    blank, dog = output.splitlines()[1:]
    assert "none" in blank
    assert "blank" in blank
    assert "none" in dog
    assert "not a digit" in dog


def test_the_plain_network_cannot_refuse(read):
    _, output, _ = read(own_digits.path("dog"), "--network", "plain", "--json")
    assert json.loads(output)[0]["digit"] in range(10)


def test_no_picture_is_read(read):
    status, output, _ = read("missing.png", "--json")
    assert status == 1
    assert json.loads(output) == []


NAMES = ["Ötzi 7.png", "two\nlines.png", "red\x1b[31m.png", os.fsdecode(b"\xff.png"), "--json.png"]


@pytest.mark.parametrize(
    ("encoding", "options"), [("utf-8", []), ("utf-8", ["--json"]), ("ascii", ["--json"])]
)
def test_any_name_of_a_file_is_printed(tmp_path, encoding, options):
    """In the table without what a terminal would obey, in JSON so that it finds the file again."""
    for name in NAMES:
        shutil.copy(own_digits.path("plate"), tmp_path / name)
    command = [sys.executable, "-m", "dlcourse", "read", *options, "--", *NAMES]
    environment = os.environ | {"PYTHONPATH": SRC, "PYTHONIOENCODING": encoding}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    if options:
        assert [answer["file"] for answer in json.loads(done.stdout)] == NAMES
        assert ("Ö" in done.stdout.decode()) == (encoding == "utf-8")
    else:
        rows = done.stdout.decode().splitlines()[1:]
        assert [row.split(".png")[0] for row in rows] == [
            "Ötzi 7", r"two\nlines", r"red\x1b[31m", r"\udcff", "--json",
        ]  # fmt: skip
