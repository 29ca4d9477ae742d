"""Bad days: each ends in a right site or a clear word, and the next run is right."""

import os
import shutil
import signal
from pathlib import Path

import pytest
from small_book import CHAPTERS, SmallBook, wait_for

ALL = set(CHAPTERS)


@pytest.fixture(scope="module")
def lucky(tmp_path_factory):
    """A book that nothing happened to."""
    made = SmallBook(tmp_path_factory.mktemp("right"))
    assert made.ran() == ALL
    return made


@pytest.fixture(scope="module")
def right(lucky):
    """Its pages."""
    return pages(lucky)


@pytest.fixture
def book(tmp_path, lucky):
    """A book that is not built yet; its chapters have been executed elsewhere."""
    made = SmallBook(tmp_path / "checkout")
    executions = Path("cache") / "made"
    shutil.copytree(lucky.root / executions, made.root / executions)
    return made


def pages(book):
    """Return the pages of a book."""
    return {name: book.page(name) for name in CHAPTERS}


#: A cell that takes long, and says in which process, while a file two folders above is there.
SLOW = (
    'mark = os.path.join(os.pardir, os.pardir, "kernel" + ".pid")\n'
    "if os.path.exists(mark):\n"
    '    with open(mark, "w") as f:\n        f.write(str(os.getpid()))\n'
    "    import time\n    time.sleep(120)\n1 + 1"
)


def alive(process):
    """Whether a process runs (one that ended and was not collected does not)."""
    try:
        status = Path(f"/proc/{process}/stat").read_text(encoding="utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return False
    return status.rsplit(")", 1)[1].split()[0] != "Z"


@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGINT])
def test_killed_or_interrupted_while_executing(tmp_path, right, sent):
    """The kernel goes with the build, at once; what was executed before is kept."""
    book = SmallBook(tmp_path)
    mark = tmp_path / "kernel.pid"
    book.chapter("plain", SLOW)
    mark.touch()
    build = book.start()
    kept = book.root / "cache" / "made"  # outputs and seconds of three chapters, and a trial
    wait_for(lambda: mark.read_text() and len(list(kept.glob("*"))) == 7)
    build.send_signal(sent)
    build.communicate(timeout=20)
    assert build.returncode != 0
    wait_for(lambda: not alive(int(mark.read_text())))
    mark.unlink()
    book.chapter("plain", CHAPTERS["plain"])
    assert book.ran() == {"plain"}
    assert pages(book) == right


def test_killed_while_writing(book, right):
    """Pages that were not written, or half written, are written by the next run."""
    book.edit(
        "book/conf.py",
        "    unfinished_builds.setup(app)",
        "    import os, time\n"
        '    slow = lambda *_: time.sleep(float(os.environ.get("SLOW", 0)))\n'
        '    app.connect("html-page-context", slow)\n'
        "    unfinished_builds.setup(app)",
    )
    build = book.start(SLOW="1")
    wait_for(lambda: list(book.out.glob("chapters/*.html")))
    os.killpg(build.pid, signal.SIGKILL)  # with the processes that write for it
    build.communicate()
    written = list(book.out.glob("chapters/*.html"))
    assert len(written) < len(ALL)
    half = written[0].read_bytes()
    written[0].write_bytes(half[: len(half) // 2])
    assert book.ran() == set()
    assert pages(book) == right


def test_two_builds_at_once(tmp_path, right):
    """The second waits for the first, and finds nothing left to execute."""
    book = SmallBook(tmp_path)
    builds = [book.start(), book.start()]
    outputs = [build.communicate(timeout=120) for build in builds]
    assert [build.returncode for build in builds] == [0, 0], outputs
    assert sum("another build of this book is under way" in out for out, _ in outputs) == 1
    assert sorted(book.ran_file.read_text().split()) == sorted(ALL)
    assert pages(book) == right


def test_a_cache_that_cannot_be_written_is_named_before_anything_runs(tmp_path):
    book = SmallBook(tmp_path / "checkout")
    (book.root / "cache" / "made").write_text("No folder.")
    result = book.build()
    assert result.returncode != 0
    assert f"outputs cannot be kept in {book.root / 'cache'}: " in result.stderr
    assert "DLCOURSE_CACHE names another folder" in result.stderr
    assert not book.ran_file.exists()


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("nowhere", "No such file or directory"),
        ("/proc/self/mem", "Input/output error"),  # opened, but not read
    ],
)
def test_a_chapter_that_cannot_be_read(book, right, target, reason):
    """One clear line names it, and no site is made without it."""
    assert book.ran() == set()
    path = book.book / "chapters" / "plain.md"
    text = path.read_bytes()
    path.unlink()
    path.symlink_to(target)
    result = book.build()
    assert result.returncode != 0
    assert "A page cannot be read" in result.stderr
    assert f"chapters/plain.md: {reason}" in result.stderr
    assert len(result.stderr.strip().splitlines()) <= 2
    assert pages(book) == right
    path.unlink()
    path.write_bytes(text)
    assert book.ran() == set()
    assert pages(book) == right
