"""Execute the chapters, each exactly when its outputs can have changed.

Before Sphinx reads the pages, every chapter whose key (see `dependencies`) has no
stored outputs is executed, as many at once as there are cores. Reading then takes
the outputs from the store. A page is read again when its key has changed, though
its text has not. Entries stay in the store for a while, so going back is instant.

This stands in for jupyter-cache, whose key knows nothing but a chapter's own cells.
"""

from __future__ import annotations

import copy
import json
import os
import re
import subprocess
import tempfile
import time
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import myst_nb.core.execute as myst_nb_execute
import nbformat
from myst_nb.core.execute.base import NotebookClientBase
from myst_nb.core.read import create_nb_reader
from sphinx.errors import SphinxError
from sphinx.util import logging

from _publishing.dependencies import PYTHON, Chapter, Dependencies
from _publishing.fingerprints import fingerprint, key_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nbformat import NotebookNode
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)

#: Tags that change what executing a cell does; others only change how it is shown.
EXECUTION_TAGS = ("raises-exception", "skip-execution")
#: How many executions of one chapter the store keeps.
KEPT = 12
#: Seconds between two words about chapters that are still running.
HEARTBEAT = 20.0
#: A fixed day: what writes the time into its output shall write the same each time.
EPOCH = "1767225600"
#: What TensorFlow's C++ part writes to the error stream while it is imported.
START_UP_NOTICE = re.compile(
    r"WARNING: All log messages before absl::InitializeLog\(\) is called are written to STDERR"
    r"|[IW]\d{4} [\d:.]+ +\d+ (?:cudart_stub|port|cpu_feature_guard|cuda_platform|cuda_executor)"
    r"\.cc:\d+\]"
    r"|To enable the following instructions: "
)


class ChapterError(SphinxError):
    """A chapter that does not execute as it should."""

    category = "A chapter does not execute"


# --- what is executed ------------------------------------------------------------


@dataclass(frozen=True)
class Job:
    """A chapter as a notebook, with the key under which its outputs are stored."""

    docname: str
    notebook: NotebookNode
    chapter: Chapter
    parts: dict[str, str]
    timeout: int
    alone: bool

    @property
    def key(self) -> str:
        """The one fingerprint of all that the outputs depend on."""
        return key_of(self.parts)


def code_cells(notebook: NotebookNode) -> list[NotebookNode]:
    """Give the code cells of a notebook."""
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def chapter_of(notebook: NotebookNode, path: Path) -> Chapter:
    """Take from a notebook what decides about its outputs."""
    cells = code_cells(notebook)
    return Chapter(
        folder=path.parent,
        kernel=notebook.metadata.get("kernelspec", {}).get("name", "python3"),
        cells=tuple(cell.source for cell in cells),
        tags=tuple(
            tuple(tag for tag in EXECUTION_TAGS if tag in cell.metadata.get("tags", []))
            for cell in cells
        ),
    )


# --- the store -------------------------------------------------------------------


def entry_name(docname: str) -> str:
    """Name the folder that keeps a page's outputs."""
    return docname.replace("/", "--")


class Store:
    """Outputs by chapter and key: one file each, written whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, docname: str, key: str) -> Path:
        """Give the file of an entry."""
        return self.folder / entry_name(docname) / f"{key}.json"

    def read(self, docname: str, key: str) -> dict[str, Any] | None:
        """Give an entry; a damaged one is set aside, and the chapter runs again."""
        path = self.path(docname, key)
        try:
            checksum, _, text = path.read_text(encoding="utf-8").partition("\n")
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            self._set_aside(path, error)
            return None
        if checksum != fingerprint(text):
            self._set_aside(path, "its checksum is wrong")
            return None
        entry: dict[str, Any] = json.loads(text)
        return entry

    def _set_aside(self, path: Path, why: object) -> None:
        logger.info("%s is damaged (%s): set aside, the chapter runs again", path, why)
        path.replace(path.with_suffix(".damaged"))

    def write(self, docname: str, key: str, entry: dict[str, Any]) -> None:
        """Store an entry, and forget the oldest ones of the same chapter."""
        path = self.path(docname, key)
        path.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(entry, sort_keys=True, ensure_ascii=False)
        write_whole(path, f"{fingerprint(text)}\n{text}")
        entries = sorted(path.parent.glob("*.json"), key=lambda p: p.stat().st_mtime, reverse=True)
        for old in entries[KEPT:]:
            old.unlink(missing_ok=True)

    def touch(self, docname: str, key: str) -> None:
        """Note that an entry was used."""
        try:
            os.utime(self.path(docname, key))
        except OSError:  # a read-only store serves as well
            logger.debug("cannot touch the entry of %s", docname)


def write_whole(path: Path, text: str) -> None:
    """Write a file so that a reader, or a run after a crash, sees all of it or none."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".part-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


# --- executing -------------------------------------------------------------------


def kernel_environment(root: Path, *, measures_time: bool = False) -> dict[str, str]:
    """Give the environment of a chapter's kernel: the same on every machine and day.

    A chapter that measures time measures what readers have: the same order of sums each day
    costs speed, and rules out a compiler.
    """
    data = os.environ.get("TFDS_DATA_DIR") or str(root / "data" / "tfds")
    steady = {} if measures_time else {"TF_DETERMINISTIC_OPS": "1", "TF_ENABLE_ONEDNN_OPTS": "0"}
    return {
        **os.environ,
        "CUDA_VISIBLE_DEVICES": "",
        "DLCOURSE_BOOK": "1",
        "IPYTHONDIR": str(Path(tempfile.gettempdir()) / f"dlcourse-ipython-{os.getuid()}"),
        "PYTHONHASHSEED": "0",
        "PYTHONPATH": str(root / "src"),
        "PYTHONUTF8": "1",
        "SOURCE_DATE_EPOCH": EPOCH,
        "TFDS_DATA_DIR": data,
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "TZ": "UTC",
        **steady,
    }


class Execution:
    """One chapter being executed."""

    def __init__(self, job: Job, root: Path) -> None:
        from nbclient import NotebookClient  # noqa: PLC0415  (seldom needed, slow to import)

        self.job = job
        self.root = root
        self.notebook = copy.deepcopy(job.notebook)
        self.done = 0
        self.client = NotebookClient(
            self.notebook,
            timeout=job.timeout,
            kernel_name=job.chapter.kernel,
            resources={"metadata": {"path": str(job.chapter.folder)}},
            coalesce_streams=True,
            record_timing=False,
            extra_arguments=["--log-level=ERROR"],
            on_cell_executed=self._count,
        )

    def _count(self, **_: Any) -> None:
        self.done += 1

    def run(self) -> dict[str, Any]:
        """Run all cells and give what is stored; a cell that fails raises `ChapterError`."""
        from nbclient.exceptions import (  # noqa: PLC0415
            CellExecutionError,
            CellTimeoutError,
            DeadKernelError,
        )

        start = time.monotonic()
        try:
            # What a library writes past Python, straight to the terminal, is of no use there.
            quiet = {"stderr": subprocess.DEVNULL}
            environment = kernel_environment(self.root, measures_time=self.job.alone)
            self.client.execute(env=environment, **quiet)
        except CellExecutionError as error:
            raise ChapterError(self._failure(f"{error.ename}: {error.evalue}", error)) from None
        except CellTimeoutError:
            limit = f"took longer than {self.job.timeout} s"
            raise ChapterError(self._failure(limit)) from None
        except DeadKernelError:
            raise ChapterError(self._failure("killed its kernel (out of memory?)")) from None
        cells = code_cells(self.notebook)
        return {
            "seconds": round(time.monotonic() - start, 2),
            "language_info": self.notebook.metadata.get("language_info", {}),
            "cells": [
                [steady(output) for output in cell.outputs if not is_start_up_notice(output)]
                for cell in cells
            ],
        }

    def _failure(self, what: str, error: Exception | None = None) -> str:
        """Say in one line where it went wrong, then show the traceback."""
        cells = code_cells(self.notebook)
        failed = [
            i for i, c in enumerate(cells) if any(o.output_type == "error" for o in c.outputs)
        ]
        index = failed[-1] if failed else min(self.done, len(cells) - 1)
        trace = re.sub(r"\x1b\[[0-9;]*m", "", str(error)).strip() if error else ""
        place = describe(self.job, index)
        return f"{place}: {what}" + (f"\n{trace}" if trace else "")

    def stop(self) -> None:
        """Kill the kernel, at once."""
        provisioner = getattr(self.client.km, "provisioner", None)
        process = getattr(provisioner, "process", None)
        if process is not None:
            process.kill()


def describe(job: Job, index: int) -> str:
    """Name a code cell: chapter, number, line in the file, first line of code."""
    cells = code_cells(job.notebook)
    where = [i for i, cell in enumerate(job.notebook.cells) if cell.cell_type == "code"]
    starts = job.notebook.metadata.get("source_map") or []
    line = f", line {starts[where[index]] + 1}" if starts else ""
    first = next((text for text in cells[index].source.splitlines() if text.strip()), "")
    return f"{job.docname}, code cell {index + 1}{line} (`{first.strip()[:60]}`)"


def is_start_up_notice(output: NotebookNode) -> bool:
    """Whether an output is only what TensorFlow says to itself when it is imported.

    Its C++ part writes these lines before it heeds ``TF_CPP_MIN_LOG_LEVEL``. Anything else
    on the error stream is kept, and fails the build.
    """
    if output.output_type != "stream" or output.name != "stderr":
        return False
    lines = [line for line in output.text.splitlines() if line.strip()]
    return bool(lines) and all(START_UP_NOTICE.match(line) for line in lines)


def steady(output: NotebookNode) -> NotebookNode:
    """Take from an output what differs from run to run: addresses of objects in memory."""
    output.pop("execution_count", None)
    if output.output_type == "stream":
        output.text = without_addresses(output.text)
    for mime, value in output.get("data", {}).items():
        if mime.startswith("text/") and isinstance(value, str):
            output.data[mime] = without_addresses(value)
    return output


def without_addresses(text: str) -> str:
    """Remove ``at 0x7f…`` from the way Python shows an object.

    Examples
    --------
    >>> without_addresses("<function f at 0x7fdd8c0b>")
    '<function f>'
    """
    return re.sub(r" at 0x[0-9a-f]{6,16}\b", "", text)


def check_declared_errors(job: Job, entry: dict[str, Any]) -> Iterator[str]:
    """Find cells whose tag lets an error pass that the cell does not name.

    `raises-exception` would hide any error. So the cell says which one it means to
    show, `:raises: ValueError`, and that one must come.
    """
    for index, cell in enumerate(code_cells(job.notebook)):
        named = cell.metadata.get("raises")
        if ("raises-exception" in cell.metadata.get("tags", [])) != bool(named):
            yield (
                f"{describe(job, index)}: the tag `raises-exception` and the option "
                "`:raises: NameOfTheError` belong together; one of them is missing"
            )
        raised = [o["ename"] for o in entry["cells"][index] if o["output_type"] == "error"]
        if named and raised != [named]:
            yield f"{describe(job, index)}: should raise {named}, raised {raised or 'nothing'}"


def execute_all(jobs: Sequence[Job], store: Store, root: Path) -> None:
    """Execute chapters side by side; those that measure time run alone, at the end."""
    failures: list[str] = []
    together = [job for job in jobs if not job.alone]
    for group, width in ((together, os.cpu_count() or 1), ([j for j in jobs if j.alone], 1)):
        failures += _execute_group(group, width, store, root)
    if failures:
        raise ChapterError("\n\n".join(failures))


def _execute_group(jobs: Sequence[Job], width: int, store: Store, root: Path) -> list[str]:
    failures: list[str] = []
    executions = [Execution(job, root) for job in jobs]
    # No `with`: it would wait for running cells when the build is interrupted.
    pool = ThreadPoolExecutor(max_workers=max(1, min(width, len(jobs))))
    running: dict[Future[dict[str, Any]], Execution] = {pool.submit(e.run): e for e in executions}
    try:
        while running:
            done, _ = wait(running, timeout=HEARTBEAT, return_when=FIRST_COMPLETED)
            for future in done:
                execution = running.pop(future)
                job = execution.job
                try:
                    entry = future.result()
                except ChapterError as error:
                    failures.append(str(error))
                    continue
                undeclared = list(check_declared_errors(job, entry))
                failures += undeclared
                if not undeclared:
                    _keep(store, job, entry)
                    logger.info("executed %s in %.1f s", job.docname, entry["seconds"])
            if not done:
                busy = [_progress(e) for f, e in running.items() if f.running()]
                logger.info("  … %s", ", ".join(busy))
    except BaseException:
        for future, execution in running.items():
            future.cancel()
            execution.stop()
        raise
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
    return failures


def _keep(store: Store, job: Job, entry: dict[str, Any]) -> None:
    try:
        store.write(job.docname, job.key, entry)
    except OSError as error:
        text = f"{job.docname}: its outputs cannot be kept in {store.folder}: {error.strerror}"
        raise ChapterError(text) from None


def _progress(execution: Execution) -> str:
    total = len(code_cells(execution.notebook))
    return f"{execution.job.docname}: {execution.done} of {total} cells"


# --- the pages take their outputs from the store -----------------------------------


class StoredOutputs(NotebookClientBase):  # type: ignore[misc]
    """What MyST-NB asks for a chapter's outputs, in place of its jupyter-cache client."""

    def __init__(self, *args: Any, book: Book, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.book = book

    def start_client(self) -> None:
        """Put the stored outputs into the notebook, executing it if there are none."""
        job = self.book.job(self.notebook, Path(self.path))
        entry = self.book.store.read(job.docname, job.key)
        if entry is None:
            execute_all([job], self.book.store, self.book.root)
            entry = self.book.store.read(job.docname, job.key)
        if entry is None:
            raise ChapterError(f"{job.docname}: its outputs vanished from {self.book.store.folder}")
        for number, (cell, outputs) in enumerate(
            zip(code_cells(self.notebook), entry["cells"], strict=True), 1
        ):
            cell.outputs = [nbformat.from_dict(output) for output in outputs]
            cell.execution_count = number
        self.notebook.metadata["language_info"] = nbformat.from_dict(entry["language_info"])
        self.exec_metadata = {
            "mtime": float(EPOCH),
            "runtime": entry["seconds"],
            "method": "cache",
            "succeeded": True,
            "error": None,
            "traceback": None,
        }


class Book:
    """The state of one build: where things are, and what depends on what."""

    def __init__(self, app: Sphinx) -> None:
        self.source_dir = Path(app.srcdir)
        self.root = Path(app.config.execution_root or self.source_dir.parent)
        self.store = Store(Path(app.outdir).parent / "execution")
        self.timeout = int(app.config.nb_execution_timeout)
        data = os.environ.get("TFDS_DATA_DIR") or self.root / "data" / "tfds"
        self.dependencies = Dependencies(
            source=self.root / "src",
            lock=self.root / "requirements.lock",
            data=Path(data),
            python=app.config.execution_python,
        )
        self._remember(app.env)

    def _remember(self, env: BuildEnvironment) -> None:
        """Take over what is known of chapters, if neither package nor lock has changed."""
        state, known = vars(env).get("dlcourse_known", ("", {}))
        if state == self.dependencies.state:
            self.dependencies.earlier.update(known)
        vars(env)["dlcourse_known"] = (self.dependencies.state, self.dependencies.known)

    def job(self, notebook: NotebookNode, path: Path) -> Job:
        """Make a job of a notebook."""
        chapter = chapter_of(notebook, path)
        facts = notebook.metadata.get("dlcourse") or {}
        return Job(
            docname=path.relative_to(self.source_dir).with_suffix("").as_posix(),
            notebook=notebook,
            chapter=chapter,
            parts=self.dependencies.parts(chapter),
            timeout=self.timeout,
            alone=bool(facts.get("measures_time")),
        )


def begin(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Look at source, lock and data as they are now; name the pages whose key has changed."""
    book = Book(app)
    app.dlcourse_book = book  # type: ignore[attr-defined]
    myst_nb_execute.NotebookClientCache = partial(StoredOutputs, book=book)
    known = recorded(env)
    stale = []
    for docname in sorted(set(known) - added - changed - removed):
        chapter, parts = known[docname]
        now = book.dependencies.parts(chapter)
        if now != parts:
            names = sorted(k for k in now.keys() | parts.keys() if now.get(k) != parts.get(k))
            logger.info("%s depends on what changed: %s", docname, ", ".join(names[:3]))
            stale.append(docname)
    return stale


def recorded(env: BuildEnvironment) -> dict[str, tuple[Chapter, dict[str, str]]]:
    """Give each page's cells and parts, as they were when it was last read."""
    if not hasattr(env, "dlcourse_chapters"):
        env.dlcourse_chapters = {}  # type: ignore[attr-defined]
    chapters: dict[str, tuple[Chapter, dict[str, str]]] = env.dlcourse_chapters  # type: ignore[attr-defined]
    return chapters


def execute_stale(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Execute what is about to be read and has no stored outputs."""
    book: Book = app.dlcourse_book  # type: ignore[attr-defined]
    known = recorded(env)
    for docname in set(known) - set(env.found_docs):
        del known[docname]
    jobs = []
    for docname in docnames:
        known.pop(docname, None)
        job = job_for(env, book, docname)
        if job is None:
            continue
        known[docname] = (job.chapter, job.parts)
        if book.store.read(docname, job.key) is None:
            jobs.append(job)
        else:
            book.store.touch(docname, job.key)
    if jobs:
        logger.info("executing %s", ", ".join(job.docname for job in jobs))
        execute_all(jobs, book.store, book.root)


def merge(
    _app: Sphinx, env: BuildEnvironment, _docnames: set[str], other: BuildEnvironment
) -> None:
    """Take over what another process has found out of the code that it met."""
    vars(env)["dlcourse_known"][1].update(vars(other)["dlcourse_known"][1])


def job_for(env: BuildEnvironment, book: Book, docname: str) -> Job | None:
    """Read a page as a notebook; None if it is none or is not to be executed."""
    path = Path(env.doc2path(docname))
    settings: Any = env.mystnb_config  # type: ignore[attr-defined]
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ChapterError(f"{docname}: {path} cannot be read: {error}") from None
    reader = create_nb_reader(str(path), env.myst_config, settings, text)  # type: ignore[attr-defined]
    if reader is None or settings.execution_mode != "cache":
        return None
    return book.job(reader.read(text), path)


def setup(app: Sphinx) -> None:
    """Connect to Sphinx."""
    app.add_config_value("execution_root", "", "", [str])
    app.add_config_value("execution_python", PYTHON, "", [str])
    app.connect("env-get-outdated", begin)
    app.connect("env-before-read-docs", execute_stale)
    app.connect("env-merge-info", merge)
