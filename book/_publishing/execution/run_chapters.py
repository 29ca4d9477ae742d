"""Run chapters, each in a kernel of its own, as many at once as there are cores."""

import os
from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from typing import Any

from _publishing import build_cache
from _publishing.console import duration, say
from _publishing.execution import output_store
from _publishing.execution.chapter_job import ChapterError, Job
from _publishing.execution.kernel_environment import for_starting_kernels
from _publishing.execution.short_hashes import changed
from _publishing.source import chapter_options
from _publishing.source.chapter_names import short

#: Seconds between two words about chapters that are still running.
HEARTBEAT = 20.0


def execute_all(jobs: Sequence[Job]) -> None:
    """Execute chapters side by side; those that measure time run alone, at the end.

    The longest come first: begun late, they would keep one core busy and let the others wait.
    """
    _require_room()
    os.environ.update(for_starting_kernels())
    jobs = sorted(jobs, key=lambda job: -expected_seconds(job))
    names = ", ".join(short(job.docname) for job in jobs)
    say(f"executing {names}{_forecast(jobs)}")
    together = [job for job in jobs if not job.chapter.measures_time]
    alone = [job for job in jobs if job.chapter.measures_time]
    failures = _execute_group(together, os.cpu_count() or 1)
    failures += _execute_group(alone, 1)
    if failures:
        raise ChapterError("\n\n".join(failures))


def _execute_group(jobs: Sequence[Job], width: int) -> list[str]:
    failures = []
    # No `with`: it would wait for running cells when the build is interrupted.
    pool = ThreadPoolExecutor(width)
    running = {pool.submit(job.run): job for job in jobs}
    try:
        while running:
            done, _ = wait(running, timeout=HEARTBEAT, return_when=FIRST_COMPLETED)
            for future in done:
                job = running.pop(future)
                try:
                    entry = future.result()
                except ChapterError as error:
                    failures.append(str(error))
                    continue
                try:
                    names = changed(job.parts, job.now())
                except (OSError, SyntaxError, ValueError) as error:  # a module saved half typed
                    names = f"the package ({error})"
                if names:
                    failures.append(f"{job.docname}: {names} changed while it ran: build again.")
                    continue
                keep(job, entry)
                say(f"executed {short(job.docname)} in {entry['seconds']:.0f} s")
            if not done:
                say(f"  … {', '.join(str(job) for f, job in running.items() if f.running())}")
    except BaseException:
        for future, job in running.items():
            future.cancel()
            job.stop()
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
        raise _unkept(f"{job.docname}: its outputs", error) from None


def _require_room() -> None:
    """Say before any chapter runs, and not after, that nothing can be kept."""
    try:
        build_cache.keep(b"a trial", b"")
    except OSError as error:
        raise _unkept("outputs", error) from None


def _unkept(what: str, error: OSError) -> ChapterError:
    folder = build_cache.cache_folder()
    reason = f"{what} cannot be kept in {folder}: {error.strerror}"
    return ChapterError(f"{reason}. DLCOURSE_CACHE names another folder.")


def _forecast(jobs: Sequence[Job]) -> str:
    """Say how long it will take, going by the last time; nothing where that is not known."""
    if any(output_store.last_seconds(job.docname) is None for job in jobs):
        return ""
    alone = [expected_seconds(job) for job in jobs if job.chapter.measures_time]
    together = [expected_seconds(job) for job in jobs if not job.chapter.measures_time]
    side_by_side = sum(together) / (os.cpu_count() or 1)
    return f" (about {duration(sum(alone) + max([side_by_side, *together]))})"
