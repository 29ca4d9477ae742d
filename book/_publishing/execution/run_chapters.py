"""Run chapters, each in a kernel of its own, as many at once as there are cores.

`root` is the repository, whose package the chapters import.
"""

import copy
import os
import re
import subprocess
import time
from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import NoSuchKernel
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

from _publishing.build_cache import cache_folder
from _publishing.console import duration, say
from _publishing.execution import output_store
from _publishing.execution.chapter_job import ChapterError, Job, code_cells
from _publishing.execution.clean_outputs import without_varying_parts
from _publishing.execution.kernel_environment import environment, for_starting_kernels
from _publishing.execution.short_hashes import changed
from _publishing.source import chapter_options
from _publishing.source.chapter_names import short

#: Seconds between two words about chapters that are still running.
HEARTBEAT = 20.0


class Execution:
    """One chapter being executed."""

    def __init__(self, job: Job, root: Path) -> None:
        self.job = job
        self.root = root
        self.notebook = copy.deepcopy(job.notebook)
        self.done = 0
        self.client = NotebookClient(
            self.notebook,
            timeout=job.timeout,
            startup_timeout=max(300, job.timeout),  # a busy machine starts Python slowly
            kernel_name=job.chapter.kernel,
            resources={"metadata": {"path": str(job.chapter.folder)}},
            coalesce_streams=True,
            record_timing=False,
            # What a library writes past Python, straight to the terminal, is no output.
            extra_arguments=["--log-level=ERROR", "--IPKernelApp.capture_fd_output=False"],
            on_cell_start=self._count,
        )

    def _count(self, cell_index: int, **_: Any) -> None:
        self.done = sum(cell.cell_type == "code" for cell in self.notebook.cells[:cell_index])

    def __str__(self) -> str:
        """Say how far it is."""
        n_cells = len(self.job.chapter.cells)
        return f"{short(self.job.docname)}: {self.done} of {n_cells} cells"

    def run(self) -> dict[str, Any]:
        """Run all cells and return what is stored; a cell that fails raises `ChapterError`."""
        start = time.monotonic()
        try:
            settings = environment(self.root, measures_time=self.job.chapter.measures_time)
            nowhere = subprocess.DEVNULL
            self.client.execute(env=settings, stdout=nowhere, stderr=nowhere)
        except CellExecutionError as error:
            trace = re.sub(r"\x1b\[[0-9;]*m", "", str(error)).strip()
            raise self._failure(f"{error.ename}: {error.evalue}\n{trace}") from None
        except CellTimeoutError:
            raise self._failure(f"took longer than {self.job.timeout} s") from None
        except DeadKernelError:
            raise self._failure("killed its kernel (out of memory?)") from None
        except NoSuchKernel as error:
            name = f"{self.job.docname}: this machine has no kernel {error.name!r}"
            raise ChapterError(f"{name}: its front matter should name python3.") from None
        return {
            "seconds": round(time.monotonic() - start, 2),
            "language_info": self.notebook.metadata.get("language_info", {}),
            "cells": [
                [without_varying_parts(output) for output in cell.outputs]
                for cell in code_cells(self.notebook)
            ],
        }

    def _failure(self, what: str) -> ChapterError:
        """Say where it went wrong: in the cell that was begun last."""
        return ChapterError(f"{describe(self.job, self.done)}: {what}")

    def stop(self) -> None:
        """Kill the kernel, at once."""
        provisioner = getattr(self.client.km, "provisioner", None)
        if process := getattr(provisioner, "process", None):
            process.kill()


def execute_all(jobs: Sequence[Job], root: Path) -> None:
    """Execute chapters side by side; those that measure time run alone, at the end.

    The longest come first: begun late, they would keep one core busy and let the others wait.
    """
    os.environ.update(for_starting_kernels())
    jobs = sorted(jobs, key=lambda job: -expected_seconds(job))
    names = ", ".join(short(job.docname) for job in jobs)
    say(f"executing {names}{_forecast(jobs)}")
    together = [job for job in jobs if not job.chapter.measures_time]
    alone = [job for job in jobs if job.chapter.measures_time]
    failures = _execute_group(together, os.cpu_count() or 1, root)
    failures += _execute_group(alone, 1, root)
    if failures:
        raise ChapterError("\n\n".join(failures))


def _execute_group(jobs: Sequence[Job], width: int, root: Path) -> list[str]:
    failures = []
    executions = [Execution(job, root) for job in jobs]
    # No `with`: it would wait for running cells when the build is interrupted.
    pool = ThreadPoolExecutor(width)
    running = {pool.submit(execution.run): execution for execution in executions}
    try:
        while running:
            done, _ = wait(running, timeout=HEARTBEAT, return_when=FIRST_COMPLETED)
            for future in done:
                job = running.pop(future).job
                try:
                    entry = future.result()
                except ChapterError as error:
                    failures.append(str(error))
                    continue
                if names := changed(job.parts, job.now()):
                    failures.append(f"{job.docname}: {names} changed while it ran: build again.")
                    continue
                keep(job, entry)
                say(f"executed {short(job.docname)} in {entry['seconds']:.0f} s")
            if not done:
                say(f"  … {', '.join(str(e) for f, e in running.items() if f.running())}")
    except BaseException:
        for future, execution in running.items():
            future.cancel()
            execution.stop()
        raise
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
    return failures


def expected_seconds(job: Job) -> float:
    """Return how long a chapter took when it ran last, or a guess where it never did."""
    if (last := output_store.last_seconds(job.docname)) is not None:
        return last
    options = chapter_options.options(job.notebook.metadata.get("dlcourse"))
    return 100.0 if options.get("trains_on_images") else 10.0


def keep(job: Job, entry: dict[str, Any]) -> None:
    """Store a chapter's outputs; a full disk is a failure of the build in one line."""
    try:
        output_store.write(job.docname, job.key, entry)
    except OSError as error:
        text = f"{job.docname}: its outputs cannot be kept in {cache_folder()}: {error.strerror}"
        raise ChapterError(text) from None


def _forecast(jobs: Sequence[Job]) -> str:
    """Say how long it will take, going by the last time; nothing where that is not known."""
    if any(output_store.last_seconds(job.docname) is None for job in jobs):
        return ""
    alone = [expected_seconds(job) for job in jobs if job.chapter.measures_time]
    together = [expected_seconds(job) for job in jobs if not job.chapter.measures_time]
    side_by_side = sum(together) / (os.cpu_count() or 1)
    return f" (about {duration(sum(alone) + max([side_by_side, *together]))})"


def describe(job: Job, index: int) -> str:
    """Name a code cell: chapter, number, line in the file, first line of code."""
    cells = code_cells(job.notebook)
    where = [i for i, cell in enumerate(job.notebook.cells) if cell.cell_type == "code"]
    starts = job.notebook.metadata.get("source_map") or []
    line = f", line {starts[where[index]] + 1}" if starts else ""
    first = next((text for text in cells[index].source.splitlines() if text.strip()), "")
    return f"{job.docname}, code cell {index + 1}{line} (`{first.strip()[:60]}`)"
