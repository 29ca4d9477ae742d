"""Building the site: ours against plain ``jupyter-book build``, on the same light book.

The book is the welcome page and one chapter. The plain build does without the modules
that decide what to execute, so it uses jupyter-cache.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from benchmarks import Row

ROOT = Path(__file__).resolve().parent.parent
CHAPTER = "chapters/neurons"
OURS = ('    "lifecycle",\n', '    "execution",\n')


def make_book(root: Path, *, plain: bool) -> Path:
    """Copy the book with one chapter, with or without our execution."""
    book = root / "book"
    shutil.copytree(ROOT / "book", book, ignore=shutil.ignore_patterns("_build"))
    for path in ROOT.iterdir():
        if path.name != "book" and not path.name.startswith("."):
            (root / path.name).symlink_to(path.resolve())
    toc = f"format: jb-book\nroot: index\nchapters:\n  - file: {CHAPTER}\n"
    (book / "_toc.yml").write_text(toc, encoding="utf-8")
    if plain:
        extension = book / "_publishing" / "__init__.py"
        text = extension.read_text(encoding="utf-8")
        for module in OURS:
            text = text.replace(module, "")
        extension.write_text(text, encoding="utf-8")
    return book


def seconds(book: Path, *, plain: bool) -> float:
    """Build and give the time it took."""
    out = str(book / "_build" / "html")
    doctrees = str(book / "_build" / ".doctrees")
    ours = [
        sys.executable,
        "-m",
        "sphinx",
        "-q",
        "-b",
        "html",
        "-j",
        "auto",
        "-d",
        doctrees,
        str(book),
        out,
    ]
    theirs = [str(Path(sys.executable).with_name("jupyter-book")), "build", "-q", str(book)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "DLCOURSE_BOOK": "1"}
    start = perf_counter()
    command = theirs if plain else ours
    result = subprocess.run(command, env=environment, check=False, capture_output=True, text=True)
    took = perf_counter() - start
    if result.returncode:
        raise RuntimeError(f"the build failed:\n{result.stderr[-2000:]}")
    return took


def run() -> list[Row]:
    """Build cold, again with nothing changed, and after a line of prose."""
    rows = []
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        books = {False: make_book(Path(one), plain=False), True: make_book(Path(other), plain=True)}
        for name in ("site: cold", "site: nothing changed", "site: a line of prose"):
            times = {}
            for plain, book in books.items():
                if "prose" in name:
                    with (book / f"{CHAPTER}.md").open("a", encoding="utf-8") as file:
                        file.write("\nAnother line of prose.\n")
                times[plain] = seconds(book, plain=plain)
            rows.append(Row(name, times[False], times[True], "plain jupyter-book build"))
    return rows
