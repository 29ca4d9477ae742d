"""A small book of our own, built as the site is, to try the figures on."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HEAD = """---
jupytext:
  text_representation: {extension: .md, format_name: myst}
kernelspec: {display_name: Python 3, language: python, name: python3}
---

"""


class Book:
    """Chapters in a folder, and the site made of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.source = folder / "book"
        self.site = folder / "site"
        (self.source / "chapters").mkdir(parents=True)
        for name in ("_config.yml", "conf.py", "references.bib"):
            shutil.copy(ROOT / "book" / name, self.source)
        for name in ("_publishing", "widgets", "_static"):
            if (ROOT / "book" / name).exists():
                (self.source / name).symlink_to(ROOT / "book" / name)
        (self.source / "index.md").write_text("# Welcome\n\nA book.\n")
        self.chapters: list[str] = []

    def chapter(self, name: str, text: str) -> None:
        """Write a chapter, or write it anew."""
        (self.source / "chapters" / f"{name}.md").write_text(HEAD + text)
        if name not in self.chapters:
            self.chapters.append(name)
        files = "".join(f"  - file: chapters/{chapter}\n" for chapter in self.chapters)
        (self.source / "_toc.yml").write_text(
            f"format: jb-book\nroot: index\noptions:\n  numbered: 1\nchapters:\n{files}"
        )

    def build(self, *, fails: bool = False) -> str:
        """Build the site; give what the build said, and check that it passed (or failed)."""
        command = [sys.executable, "-m", "sphinx", "-b", "html", "-n", "-W", "--keep-going"]
        command += [str(self.source), str(self.site), "-d", str(self.folder / "doctrees")]
        environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
        run = subprocess.run(
            command, env=environment, capture_output=True, text=True, check=False, timeout=300
        )
        assert (run.returncode != 0) is fails, run.stdout + run.stderr
        return run.stdout + run.stderr

    def page(self, name: str) -> str:
        """The HTML of a chapter."""
        return (self.site / "chapters" / f"{name}.html").read_text()


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return Book(tmp_path)
