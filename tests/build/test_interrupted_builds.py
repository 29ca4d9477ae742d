"""Bad days: each ends in a right site or a clear word, and the next run is right."""

import os
import shutil
import signal
from contextlib import suppress

import psutil
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
    return pages(lucky)


@pytest.fixture
def book(tmp_path, lucky):
    """A book that is not built yet; its chapters have been executed elsewhere."""
    made = SmallBook(tmp_path / "checkout")
    shutil.copytree(lucky.root / "cache/made", made.root / "cache/made")
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
    with suppress(psutil.NoSuchProcess):
        return psutil.Process(process).status() != psutil.STATUS_ZOMBIE
    return False


@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGINT])
def test_killed_or_interrupted_while_executing(tmp_path, right, sent):
    """The kernel goes with the build, at once; what was executed before is kept."""
    book = SmallBook(tmp_path)
    mark = tmp_path / "kernel.pid"
    book.chapter("plain", SLOW)
    mark.touch()
    build = book.start()
    kept = book.root / "cache" / "made"  # outputs and seconds of three chapters
    wait_for(lambda: mark.read_text() and len(list(kept.glob("*"))) == 6)
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
