"""A day with `make serve`: a hundred saves as people and editors make them.

Each save is good, broken, half written, taken back, or takes the page away, and may leave beside
it what editors leave. After each, the page is right or the terminal says what is wrong. Each
failure names the day's seed; ``DLCOURSE_SEED=… pytest …`` repeats that day.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from small_book import HEAD, REPOSITORY, SmallSite

pytestmark = pytest.mark.slow
N_SAVES = int(os.environ.get("DLCOURSE_SAVES") or 100)
#: Seconds within which a save must show its effect, on the busiest machine.
PATIENCE = 120
#: Bytes by which the server may grow in a day.
GROWTH = 20_000_000
EDITORS_FILES = (".plain.md.swp", "#plain.md#", "4913", ".DS_Store", "plain.md.bak", "plain.md~")
#: What can be wrong in a page, with a name by which the terminal must call it.
MISTAKES = ("{{ref}}`{}`", "[a link](#{})", "![]({}.png)", "```{{{}}}\n```", "{{doc}}`{}`")
TOC = "format: jb-book\nroot: index\nchapters:\n  - file: chapters/plain\n"


class Author:
    """Somebody who edits one page, and knows what each save should come to."""

    def __init__(self, folder: Path, rng: random.Random) -> None:
        self.path = folder / "plain.md"
        self.rng = rng
        self.n = 0
        self.good()

    def word(self) -> str:
        """Return a word that no earlier save has had."""
        self.n += 1
        return f"word{self.n}end"

    def write(self, data: bytes) -> None:
        """Save as one of three editors does."""
        way = self.rng.choice(["in place", "renamed", "backup"])
        if way == "in place":
            self.path.write_bytes(data)
            return
        if way == "backup" and self.path.exists():  # the old file moves aside first
            self.path.replace(self.path.with_name("plain.md~"))
        part = self.path.with_name(".plain.md.tmp")
        part.write_bytes(data)
        part.replace(self.path)

    def litter(self) -> None:
        """Leave what editors and systems leave."""
        name = self.rng.choice(EDITORS_FILES)
        self.path.with_name(name).write_bytes(self.rng.randbytes(50))
        lock = self.path.with_name(".#plain.md")
        lock.unlink(missing_ok=True)
        if self.rng.random() < 0.5:
            lock.symlink_to("user@host.1:2")

    def good(self) -> tuple[bool, str]:
        """Save a line that is right."""
        self.kept = self.word()
        self.text = f"{HEAD}\n# Plain\n\nÜber {self.kept}.\n".encode()
        self.write(self.text)
        return True, self.kept

    def broken(self) -> tuple[bool, str]:
        """Save a mistake."""
        word = self.word()
        self.write(self.text + f"\n{self.rng.choice(MISTAKES).format(word)}\n".encode())
        return False, word

    def half_written(self) -> tuple[bool, str]:
        """Save a page that ends within a letter and, a moment later, the whole of it."""
        self.good()
        self.path.write_bytes(self.text[: self.text.index("Ü".encode()) + 1])
        time.sleep(self.rng.random())
        self.path.write_bytes(self.text)
        return True, self.kept

    def taken_back(self) -> tuple[bool, str]:
        """Put the last good text back with an old date, as a copy does."""
        self.write(self.text)
        os.utime(self.path, (1_600_000_000 + self.n, 1_600_000_000 + self.n))
        return True, self.kept

    def deleted(self) -> tuple[bool, str]:
        """Delete the page, which the table of contents names."""
        self.path.unlink(missing_ok=True)
        return False, "chapters/plain"

    def renamed(self) -> tuple[bool, str]:
        """Give the page another name."""
        if self.path.exists():
            self.path.replace(self.path.with_name("other.md"))
        return False, "chapters/plain"

    def save(self) -> tuple[str, bool, str]:
        """Do one of these; return what, whether it is right, and what must be seen."""
        ways = [self.good, self.broken, self.half_written, self.taken_back]
        if self.path.exists():
            ways += [self.good, self.broken, self.deleted, self.renamed]
        way = self.rng.choice(ways)
        return (way.__name__, *way())


class Server:
    """`make serve` on a small book."""

    def __init__(self, root: Path) -> None:
        self.site = SmallSite(root)
        shutil.copy(REPOSITORY / "tools" / "serve_and_rebuild.py", root / "tools")
        self.site.edit("book/conf.py", '["myst_nb"]', '["myst_nb", "sphinx_external_toc"]')
        with (root / "book" / "conf.py").open("a", encoding="utf-8") as conf:
            conf.write("external_toc_exclude_missing = True\n")
        self.site.write("book/_toc.yml", TOC)
        self.site.write("book/index.md", "# Book\n")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}/chapters/plain.html"
        self.log = root / "log.txt"
        self.port = str(port)

    def start(self) -> None:
        """Start it, its words going into a file."""
        with self.log.open("w") as words:
            self.process = subprocess.Popen(
                [sys.executable, self.site.root / "tools" / "serve_and_rebuild.py"],
                env=self.site.environment(PORT=self.port),
                stdout=words,
                stderr=words,
                start_new_session=True,
            )

    def words(self) -> str:
        """Return what it has printed so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def page(self) -> set[str]:
        """Return the words of the author's that the page shows."""
        try:
            with urllib.request.urlopen(self.address) as page:  # noqa: S310
                return set(re.findall(r"word\d+end", page.read().decode()))
        except OSError:
            return set()

    def holds(self) -> tuple[int, int]:
        """Return how many bytes of memory and how many open files the process holds."""
        process = Path(f"/proc/{self.process.pid}")
        pages = int((process / "statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE"), len(list((process / "fd").iterdir()))


def wait_until(condition, server: Server, what: str) -> None:
    """Wait; if in vain, say what was waited for and what the server printed last."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, f"{what}\n{server.page()}\n{server.words()[-3000:]}"
        time.sleep(0.05)


@pytest.fixture
def server(tmp_path):
    """A server that is not started yet; it is ended after the test, with all it started."""
    made = Server(tmp_path)
    yield made
    os.killpg(made.process.pid, signal.SIGKILL)
    made.process.wait()


def test_a_hundred_saves(server):
    seed = int(os.environ.get("DLCOURSE_SEED") or random.SystemRandom().randrange(10**6))
    sys.stderr.write(f"\nDLCOURSE_SEED={seed}\n")
    author = Author(server.site.book / "chapters", random.Random(seed))  # noqa: S311
    server.start()
    wait_until(lambda: "first build: shown" in server.words(), server, "the first build")
    memory, files = server.holds()
    for number in range(N_SAVES):
        author.path.with_name("other.md").unlink(missing_ok=True)
        before = len(server.words())
        if author.rng.random() < 0.4:
            author.litter()
        name, right, seen = author.save()
        what = f"seed {seed}, save {number}: {name}, expected {seen}"
        if right:
            wait_until(lambda word=seen: server.page() == {word}, server, what)
        else:
            wait_until(lambda a=before, w=seen: w in server.words()[a:], server, what)
            wait_until(lambda a=before: "FAILED" in server.words()[a:], server, what)
    assert server.process.poll() is None
    memory_then, files_then = server.holds()
    sys.stderr.write(f"{N_SAVES} saves: grew by {(memory_then - memory) / 1e6:.1f} MB\n")
    assert memory_then - memory < GROWTH
    assert files_then <= files + 5
