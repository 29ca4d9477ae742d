"""A day with `make serve`: a hundred saves as people and editors make them.

Each save is good, broken, half written, taken back, or takes the page away, and may leave beside
it what editors leave. After each, the page is right or the terminal says what is wrong. Each
failure names the day's seed; ``DLCOURSE_SEED=… pytest …`` repeats that day.
"""

import os
import random
import re
import sys
import time

import psutil
import pytest

pytestmark = pytest.mark.slow
N_SAVES = 100
#: Seconds within which a save must show its effect, on the busiest machine.
PATIENCE = 120
#: Bytes by which the server may grow in a day.
GROWTH = 20_000_000
EDITORS_FILES = (".one.md.swp", "#one.md#", "4913", ".DS_Store", "one.md.bak", "one.md~")
#: What can be wrong in a page, with a name by which the terminal must call it.
MISTAKES = ("{{ref}}`{}`", "[a link](#{})", "![]({}.png)", "```{{{}}}\n```", "{{doc}}`{}`")


class Author:
    """Somebody who edits one page; each way to save returns whether it is right, and what is seen.

    A page that is right shows the last word that was kept; of one that is not the terminal speaks.
    """

    def __init__(self, server, rng):
        self.page, self.path, self.rng = server.text, server.path, rng
        self.n = 0
        self.good()

    def word(self):
        self.n += 1
        return f"word{self.n}end"

    def write(self, data):
        """Save as one of three editors does."""
        way = self.rng.choice(["in place", "renamed", "backup"])
        if way == "in place":
            self.path.write_bytes(data)
            return
        if way == "backup" and self.path.exists():  # the old file moves aside first
            self.path.replace(self.path.with_name("one.md~"))
        part = self.path.with_name(".one.md.tmp")
        part.write_bytes(data)
        part.replace(self.path)

    def litter(self):
        """Leave what editors and systems leave."""
        name = self.rng.choice(EDITORS_FILES)
        self.path.with_name(name).write_bytes(self.rng.randbytes(50))
        lock = self.path.with_name(".#one.md")
        lock.unlink(missing_ok=True)
        if self.rng.random() < 0.5:
            lock.symlink_to("user@host.1:2")

    def good(self):
        self.kept = self.word()
        self.text = self.page(f"Über {self.kept}.")
        self.write(self.text)
        return True, self.kept

    def broken(self):
        word = self.word()
        self.write(self.text + f"\n{self.rng.choice(MISTAKES).format(word)}\n".encode())
        return False, word

    def half_written(self):
        """Save a page that ends within a letter and, a moment later, the whole of it."""
        self.good()
        self.path.write_bytes(self.text[: self.text.index("Ü".encode()) + 1])
        time.sleep(self.rng.random())
        self.path.write_bytes(self.text)
        return True, self.kept

    def taken_back(self):
        """Put the last good text back with an old date, as a copy does."""
        self.write(self.text)
        os.utime(self.path, (1_600_000_000 + self.n, 1_600_000_000 + self.n))
        return True, self.kept

    def gone(self):
        """Delete or rename the page, which the table of contents names."""
        other = self.path.with_name("other.md")
        self.path.replace(other)
        if self.rng.random() < 0.5:
            other.unlink()
        return False, "chapters/one"

    def save(self):
        """Do one of these; return what, whether it is right, and what must be seen."""
        ways = [self.good, self.broken, self.half_written, self.taken_back]
        way = self.rng.choice([*ways, self.gone] if self.path.exists() else ways)
        return (way.__name__, *way())


def test_a_hundred_saves(server):
    seed = int(os.environ.get("DLCOURSE_SEED") or random.SystemRandom().randrange(10**6))
    sys.stderr.write(f"\nDLCOURSE_SEED={seed}\n")
    server.wait_for(lambda: "first build: shown" in server.said(), "the first build", PATIENCE)
    process = psutil.Process(server.process.pid)
    memory, files = process.memory_info().rss, process.num_fds()
    author = Author(server, random.Random(seed))  # noqa: S311
    for number in range(N_SAVES):
        author.path.with_name("other.md").unlink(missing_ok=True)
        before = len(server.said())
        if author.rng.random() < 0.4:
            author.litter()
        name, right, seen = author.save()

        def shown(right=right, seen=seen, before=before):
            output = server.said()[before:]
            if right:
                return set(re.findall(r"word\d+end", server.page())) == {seen}
            return seen in output and "FAILED" in output

        server.wait_for(shown, f"seed {seed}, save {number}: {name}, expected {seen}", PATIENCE)
    assert server.process.poll() is None
    grown = process.memory_info().rss - memory
    sys.stderr.write(f"{N_SAVES} saves: grew by {grown / 1e6:.1f} MB\n")
    assert grown < GROWTH
    assert process.num_fds() <= files + 5
