"""`make serve` on a book of two short pages, with the real extension."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from contextlib import suppress

from small_book import REPOSITORY, SHARED, borrow, wait_for
from tiny_book import NOTEBOOK_HEADER

TOC = "format: jb-book\nroot: index\nchapters:\n  - file: chapters/one\n"


class Server:
    """A checkout that is served once it is started; its words go into a file."""

    command = (sys.executable, "tools/serve_and_rebuild.py")

    def __init__(self, root):
        self.root = root
        ignored = shutil.ignore_patterns("_build", "chapters", "instructors", "appendix", "*.yml")
        shutil.copytree(REPOSITORY / "book", root / "book", ignore=ignored)
        shutil.copytree(REPOSITORY / "tools", root / "tools")
        shutil.copy(REPOSITORY / "book" / "_config.yml", root / "book")
        borrow(root, *SHARED, ".venv")
        (root / "book" / "index.md").write_text("# The book\n\nWelcome.\n", encoding="utf-8")
        (root / "book" / "_toc.yml").write_text(TOC, encoding="utf-8")
        self.path = root / "book" / "chapters" / "one.md"
        self.path.parent.mkdir()
        self.path.write_bytes(self.text("The first word."))

    def text(self, line):
        return f"{NOTEBOOK_HEADER}(one)=\n# One\n\n{line}\n".encode()

    def start(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.home = f"http://127.0.0.1:{port}"
        self.address = f"{self.home}/chapters/one.html"
        with (self.root / "said.txt").open("w") as words:
            self.process = subprocess.Popen(
                self.command, cwd=self.root, env={**os.environ, "PORT": str(port)},
                stdout=words, stderr=words, start_new_session=True,
            )  # fmt: skip

    def stop(self):
        """End it, with all that it started."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def said(self):
        return (self.root / "said.txt").read_text(encoding="utf-8", errors="replace")

    def page(self):
        try:
            with urllib.request.urlopen(self.address) as page:  # noqa: S310
                return page.read().decode()
        except OSError:
            return ""

    def news(self):
        """Return what browsers are told: the number of the last good build, or why one failed."""
        with urllib.request.urlopen(f"{self.home}/__news") as news:  # noqa: S310
            return json.load(news)

    def wait_for(self, condition, what="", patience=60):
        """Wait until something is so; if in vain, say what, and what the server said last."""
        wait_for(condition, patience, lambda: f"{what}\n{self.said()[-3000:]}")
