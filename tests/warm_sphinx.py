"""Sphinx in a new process that has its libraries imported already.

A small book takes a second or two to build, and as long again to import Sphinx, MyST-NB and the
theme. A server that has imported them is forked for each build; what is ours, package and
extension, is imported by the build itself, from where its environment says.
"""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

LIBRARIES = [
    "sphinx.cmd.build",
    "sphinx.builders.html",
    "jupyter_book.config",
    "myst_nb.sphinx_ext",
    "sphinx_book_theme",
    "sphinx_design",
    "matplotlib.figure",
    "fontTools.subset",
    "bs4",
]

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(LIBRARIES)


def build(
    arguments: list[str | Path], *, environment: dict[str, str], timeout: float = 300
) -> subprocess.CompletedProcess[str]:
    """Run ``python -m sphinx`` with these arguments."""
    words = [str(argument) for argument in arguments]
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder, name) for name in ("stdout", "stderr")]
        process = _CONTEXT.Process(target=_run, args=(words, environment, files))
        process.start()
        process.join(timeout)
        if process.is_alive():
            process.kill()
            process.join()
            raise subprocess.TimeoutExpired(words, timeout)
        texts = [file.read_text(encoding="utf-8", errors="replace") for file in files]
    return subprocess.CompletedProcess(words, process.exitcode, *texts)


def _run(words: list[str], environment: dict[str, str], files: list[Path]) -> None:
    """Become a build: its streams, its environment, its import path."""
    for stream, file in enumerate(files, start=1):
        os.dup2(os.open(file, os.O_WRONLY | os.O_CREAT), stream)
    os.environ.clear()
    os.environ.update(environment)
    libraries = tuple(sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib"))
    ours = environment.get("PYTHONPATH", "").split(os.pathsep)
    sys.path[:] = [*filter(None, ours), *(p for p in sys.path if p.startswith(libraries))]
    from sphinx.cmd.build import main

    sys.exit(main(words))
