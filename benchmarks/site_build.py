"""Building the site: ``make site`` against plain ``jupyter-book build``, on the same whole book.

Both with ``DLCOURSE_QUICK``, so that training does not drown what differs. The plain build leaves
it to myst-nb and jupyter-cache what to execute.
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
CHAPTER = "chapters/neurons.md"
#: ``make site``, but that what TensorFlow says when it trains for a moment only is no warning.
MAKE_SITE = """\
import sys
sys.path.insert(0, sys.argv.pop())
import make_site
command = make_site.command
make_site.command = lambda *options: command("-D", "nb_output_stderr=show", *options)
sys.exit(make_site.main())
"""
EXECUTION = "execution/provide_outputs"
#: What the plain book goes without, in the file of the extension that has it.
OURS = (
    ("__init__", '    "unfinished_builds",\n    "faster_builds",\n'),
    (EXECUTION, '    app.connect("env-before-read-docs", execute_stale)\n'),
    (EXECUTION, "    myst_nb_execute.NotebookClientCache = partial(StoredOutputs, book=book)\n"),
)


def make_book(root: Path, *, plain: bool) -> Path:
    """Copy the book, with or without our execution."""
    book = root / "book"
    for path in ROOT.iterdir():
        if path.name in {"book", "tools"}:  # both ask where they stand
            shutil.copytree(path, root / path.name, ignore=shutil.ignore_patterns("_build"))
        elif not path.name.startswith("."):
            (root / path.name).symlink_to(path.resolve())
    if plain:
        for name, line in OURS:
            module = book / "_publishing" / f"{name}.py"
            text = module.read_text(encoding="utf-8")
            if line not in text:
                raise RuntimeError(f"{module.name} no longer has the line {line.strip()!r}")
            module.write_text(text.replace(line, ""), encoding="utf-8")
    return book


def seconds(book: Path, *, plain: bool) -> float:
    """Build and give the time it took."""
    ours = [sys.executable, "-c", MAKE_SITE, str(book.parent / "tools")]
    theirs = [str(Path(sys.executable).with_name("jupyter-book")), "build", "-q", str(book)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "DLCOURSE_QUICK": "1"}
    command = theirs if plain else ours
    start = perf_counter()
    result = subprocess.run(
        command, env=environment, check=False, capture_output=True, text=True, errors="replace"
    )
    took = perf_counter() - start
    if result.returncode:
        raise RuntimeError(f"the build failed:\n{result.stdout[-500:]}{result.stderr[-2000:]}")
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
                    with (book / CHAPTER).open("a", encoding="utf-8") as file:
                        file.write("\nAnother line of prose.\n")
                times[plain] = seconds(book, plain=plain)
            rows.append(Row(name, times[False], times[True], "plain jupyter-book build"))
    return rows
