"""``python -m dlcourse read``, as a person runs it: another folder, another process."""

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
from dlcourse.data import own_digits

SRC = str(Path(dlcourse.__file__).parents[1])


def read(*arguments, cwd):
    return subprocess.run(
        [sys.executable, "-m", "dlcourse", "read", *map(str, arguments)],
        cwd=cwd,
        env=os.environ | {"PYTHONPATH": SRC, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_json_is_what_the_course_promises(tmp_path):
    files = [own_digits.path(p.name) for p in own_digits.PICTURES]
    done = read(*files, "--json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    answers = json.loads(done.stdout)
    assert [a["file"] for a in answers] == [str(f) for f in files]
    for answer in answers:
        assert set(answer) == {"file", "digit", "confidence", "probabilities"}
        assert len(answer["probabilities"]) == 10
        assert sum(answer["probabilities"]) == pytest.approx(1, abs=1e-4)
        assert 0 <= answer["confidence"] <= 1
    assert [a["digit"] for a in answers] == [p.digit for p in own_digits.PICTURES]


def test_a_pattern_that_the_terminal_leaves_alone_is_expanded(tmp_path):
    """On Windows no terminal expands one; a file of that very name comes first."""
    for name in ("b.png", "a.png"):
        shutil.copy(own_digits.path("plate"), tmp_path / name)
    done = read("*.png", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert [line.split()[0] for line in done.stdout.splitlines()[1:]] == ["a.png", "b.png"]
    (tmp_path / "[ab].png").write_text("not a picture")
    assert "[ab].png is not a picture" in read("[ab].png", cwd=tmp_path).stderr
    assert "*.tiff" in read("*.tiff", cwd=tmp_path).stderr


def test_an_iphones_photo_is_refused_with_a_way_out(tmp_path):
    (tmp_path / "IMG_7.HEIC").write_bytes(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(64))
    done = read("IMG_7.HEIC", cwd=tmp_path)
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert "IMG_7.HEIC is not a picture" in line
    assert "Save the photo as JPEG" in line


def test_a_bad_file_is_named_and_the_others_are_read(tmp_path):
    good = own_digits.path("plate")
    (tmp_path / "empty.png").touch()
    (tmp_path / "text.jpg").write_text("not a picture")
    (tmp_path / "cut.jpg").write_bytes(good.read_bytes()[:3000])
    done = read("empty.png", good, "text.jpg", "cut.jpg", "missing.png", cwd=tmp_path)
    assert done.returncode == 1
    assert [line.split()[1] for line in done.stdout.splitlines()[1:]] == ["7"]
    lines = done.stderr.splitlines()
    assert len(lines) == 4
    for name, line in zip(["empty.png", "text.jpg", "cut.jpg", "missing.png"], lines, strict=True):
        assert line.startswith("dlcourse: ")
        assert name in line


def test_a_table_says_none_and_why(tmp_path):
    Image.fromarray(np.full((50, 50), 240, np.uint8)).save(tmp_path / "blank.png")
    done = read("blank.png", own_digits.path("dog"), cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    blank, dog = done.stdout.splitlines()[1:]
    assert "none" in blank
    assert "blank" in blank
    assert "none" in dog
    assert "not a digit" in dog


def test_the_plain_network_cannot_refuse(tmp_path):
    done = read(own_digits.path("dog"), "--network", "plain", "--json", cwd=tmp_path)
    assert json.loads(done.stdout)[0]["digit"] in range(10)


NAMES = ["Ötzi 7.png", "two\nlines.png", "red\x1b[31m.png", os.fsdecode(b"\xff.png"), "--json.png"]


@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_any_name_of_a_file_is_printed(tmp_path, encoding):
    """In the table without what a terminal would obey, in JSON so that it finds the file again."""
    for name in NAMES:
        shutil.copy(own_digits.path("plate"), tmp_path / name)
    command = [
        sys.executable,
        "-m",
        "dlcourse",
        "read",
        *(["--json"] if encoding == "ascii" else []),
    ]
    environment = os.environ | {"PYTHONPATH": SRC, "PYTHONIOENCODING": encoding}
    done = subprocess.run(
        [*command, "--", *NAMES], cwd=tmp_path, env=environment, capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")
    if encoding == "ascii":
        assert [answer["file"] for answer in json.loads(done.stdout)] == NAMES
    else:
        rows = done.stdout.decode().splitlines()[1:]
        assert [row.split(".png")[0] for row in rows] == [
            "Ötzi 7", r"two\nlines", r"red\x1b[31m", r"\udcff", "--json",
        ]  # fmt: skip


def test_json_holds_a_name_that_is_no_text(tmp_path):
    name = os.fsdecode(b"\xff\xc3\xa4.png")
    shutil.copy(own_digits.path("plate"), tmp_path / name)
    done = read(name, "--json", cwd=tmp_path)
    assert "ä" in done.stdout
    assert [answer["file"] for answer in json.loads(done.stdout)] == [name]


def test_no_picture_is_read(tmp_path):
    done = read("missing.png", "--json", cwd=tmp_path)
    assert done.returncode == 1
    assert json.loads(done.stdout) == []


@pytest.mark.parametrize("arguments", [[], ["x.png", "--network", "best"]])
def test_misuse_is_explained(arguments, tmp_path):
    done = read(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert "usage" in done.stderr


def test_reading_needs_neither_tensorflow_nor_matplotlib(tmp_path):
    code = (
        "import sys; from dlcourse.data import own_digits; from dlcourse.digits import reader;"
        "reader.read(own_digits.path('pen'));"
        "print([m for m in ('tensorflow', 'keras', 'matplotlib') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": SRC},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.strip() == "[]", done.stderr
