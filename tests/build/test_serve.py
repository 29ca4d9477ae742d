"""`make serve` shows what is saved, also what is saved while the first build runs."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress

import pytest
from small_book import HEAD, REPOSITORY

SHARED = (
    "src", "requirements.lock", "pyproject.toml", "package.json", "package-lock.json",
    "node_modules", "README.md", "LICENSE", "CHANGELOG.md", "CITATION.cff", ".venv",
)  # fmt: skip
PAGE = f"{HEAD}\n(one)=\n# One\n\nThe first word.\n"
#: Seconds within which a saved line must be shown; a quiet machine takes two.
PATIENCE = 60


@pytest.fixture
def checkout(tmp_path):
    """A checkout whose book has two short pages."""
    ignored = shutil.ignore_patterns("_build", "chapters", "instructors", "appendix", "*.yml")
    shutil.copytree(REPOSITORY / "book", tmp_path / "book", ignore=ignored)
    shutil.copytree(REPOSITORY / "tools", tmp_path / "tools")
    shutil.copy(REPOSITORY / "book" / "_config.yml", tmp_path / "book")
    for name in SHARED:
        if (REPOSITORY / name).exists():
            (tmp_path / name).symlink_to((REPOSITORY / name).resolve())
    (tmp_path / "book" / "chapters").mkdir()
    (tmp_path / "book" / "chapters" / "one.md").write_text(PAGE, encoding="utf-8")
    (tmp_path / "book" / "index.md").write_text("# The book\n\nWelcome.\n", encoding="utf-8")
    toc = "format: jb-book\nroot: index\nchapters:\n  - file: chapters/one\n"
    (tmp_path / "book" / "_toc.yml").write_text(toc, encoding="utf-8")
    return tmp_path


@pytest.fixture
def served(checkout):
    """The address at which the checkout's book is served."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "PORT": str(port)}
    with (checkout / "said.txt").open("w") as words:
        process = subprocess.Popen(
            [sys.executable, "tools/serve_and_rebuild.py"],
            cwd=checkout, env=environment, stdout=words, stderr=words, start_new_session=True,
        )  # fmt: skip
    yield f"http://127.0.0.1:{port}"
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def said(checkout):
    """What the server has said so far."""
    return (checkout / "said.txt").read_text(encoding="utf-8")


def wait_for(condition, checkout):
    """Wait until something is so; say what the server said if it never is."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, said(checkout)
        time.sleep(0.02)


def shows(address, word):
    """Whether the page has a word."""
    try:
        with urllib.request.urlopen(f"{address}/chapters/one.html") as page:  # noqa: S310
            return word.encode() in page.read()
    except OSError:
        return False


def save(checkout, text):
    """Save the page with another line."""
    (checkout / "book" / "chapters" / "one.md").write_text(f"{PAGE}\n{text}\n", encoding="utf-8")


def test_what_is_saved_while_the_first_build_runs_is_shown(checkout, served):
    """It is saved when Sphinx has read the page already, so only another build can show it.

    Then what an editor leaves about disturbs nothing: Emacs puts a link to nowhere beside the file
    that it edits.
    """
    read = checkout / "book" / "_build" / ".doctrees" / "chapters" / "one.doctree"
    wait_for(read.exists, checkout)
    save(checkout, "A xylophone.")
    wait_for(lambda: shows(served, "xylophone"), checkout)
    wait_for(lambda: "one.md: shown" in said(checkout), checkout)
    assert "first build: shown" in said(checkout)
    save(checkout, "A glockenspiel.")
    wait_for(lambda: shows(served, "glockenspiel"), checkout)
    assert not shows(served, "xylophone")
    (checkout / "book" / "chapters" / ".#one.md").symlink_to("user@host.1:2")
    save(checkout, "A marimba.")
    wait_for(lambda: shows(served, "marimba"), checkout)
    assert "FAILED" not in said(checkout)


def test_a_mistake_is_told_and_its_repair_is_shown(checkout, served):
    """Twice: what a failed build leaves behind must not fail the next."""
    wait_for(lambda: "first build: shown" in said(checkout), checkout)
    for number in (1, 2):
        save(checkout, "{ref}`nowhere`")
        wait_for(lambda n=number: said(checkout).count("one.md: FAILED") == n, checkout)
        assert "nowhere" in said(checkout)
        save(checkout, f"Repair number {number}.")
        wait_for(lambda n=number: shows(served, f"Repair number {n}"), checkout)


@pytest.mark.parametrize("port", ["abc", "0", "70000"])
def test_a_port_that_is_none_is_named(checkout, port):
    done = subprocess.run(
        [sys.executable, "tools/serve_and_rebuild.py"],
        cwd=checkout, env={**os.environ, "PORT": port}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr == f"make serve: PORT must be a number from 1 to 65535: got {port!r}.\n"
