"""`make site` ends a bad day with one clear line, and takes its day from the sources."""

import os
import subprocess

import make_site
import pytest
from mounts import read_only, small_disk
from small_book import SmallSite

GIT = ["git", "-c", "user.name=A", "-c", "user.email=a@b.c", "-c", "commit.gpgsign=false"]


@pytest.fixture
def book(tmp_path):
    """A book in a folder with an awkward name."""
    return SmallSite(tmp_path / "Über uns – 深層 学習")


def test_where_nothing_can_be_written(book):
    """It says so in one line before it begins; with room again the site is right."""
    with small_disk(book.book / "_build", "64k") as resize:
        result = book.build()
        assert result.returncode == 1
        (line,) = result.stderr.splitlines()
        assert line.startswith("make site: the site cannot be written into ")
        assert line.endswith(": No space left on device.")
        resize("50m")
        assert book.build().returncode == 0
        assert "Words." in book.page("plain")


def test_a_read_only_checkout_that_was_never_built(book):
    """It says so in one line, and writes nothing; writable again the site is right."""
    with read_only(book.root) as reason:
        result = book.build()
    assert result.returncode == 1
    (line,) = result.stderr.splitlines()
    assert line == f"make site: the site cannot be written into {book.out}: {reason}."
    assert not (book.book / "_build").exists()
    assert book.build().returncode == 0
    assert "Words." in book.page("plain")


def test_a_disk_that_fills_while_it_builds(book):
    """The last line says how it ended and that the next run goes on."""
    book.chapter("plain", r'print("long long\n" * 40_000)')
    with small_disk(book.book / "_build", "300k") as resize:
        result = book.build()
        assert result.returncode != 0
        line = result.stderr.strip().splitlines()[-1]
        assert "make site: the build failed after" in line
        assert "The next run goes on from here." in line
        assert "No space left on device" in result.stderr
        resize("50m")
        assert book.build().returncode == 0
        assert "long long" in book.page("plain")


def test_a_locale_without_utf8(book):
    """Neither the awkward path nor what the chapter prints needs the locale's help."""
    book.chapter("plain", 'print("Größe ≥ 3 – 深層")')
    bare = {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    result = book.build(**bare)
    assert result.returncode == 0, result.stderr
    assert "Größe ≥ 3 – 深層" in book.page("plain")


@pytest.fixture
def module(tmp_path, monkeypatch):
    """`make_site` for a checkout of its own, that has no commit yet."""
    monkeypatch.setattr(make_site, "ROOT", tmp_path)
    return make_site


def test_an_archive_unpacked_in_another_repository_is_nobodys(module, tmp_path, monkeypatch):
    """Git is not asked there: its commit and its list of files are that repository's."""
    monkeypatch.delenv("GITHUB_SHA", raising=False)
    inner = tmp_path / "unpacked"
    inner.mkdir()
    for command in (["init", "-q"], ["commit", "-q", "--allow-empty", "-m", "theirs"]):
        subprocess.run([*GIT, *command], cwd=tmp_path, check=True)
    assert len(module.environment()["GITHUB_SHA"]) == 40
    monkeypatch.setattr(module, "ROOT", inner)
    assert module.environment()["GITHUB_SHA"] == ""
    with pytest.raises(subprocess.CalledProcessError):
        module.git("ls-files", "-z")


def test_a_build_has_none_of_the_users_settings_for_python(module, monkeypatch):
    """A warning of a library's would end it, `-O` would drop its assertions."""
    monkeypatch.setenv("PYTHONWARNINGS", "error")
    monkeypatch.setenv("PYTHONOPTIMIZE", "2")
    names = {name for name in module.environment() if name.startswith("PYTHON")}
    assert names == {"PYTHONPATH", "PYTHONHASHSEED", "PYTHONUTF8"}


def test_the_day_is_that_of_the_last_commit(module, monkeypatch):
    """Unless the environment names another, or there is no commit."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert module.environment()["SOURCE_DATE_EPOCH"] == "1767225600"
    dated = {**os.environ, "GIT_COMMITTER_DATE": "1600000000 +0000"}
    for command in (["init", "-q"], ["commit", "-q", "--allow-empty", "-m", "first"]):
        subprocess.run([*GIT, *command], cwd=module.ROOT, env=dated, check=True)
    assert module.environment()["SOURCE_DATE_EPOCH"] == "1600000000"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1500000000")
    assert module.environment()["SOURCE_DATE_EPOCH"] == "1500000000"
