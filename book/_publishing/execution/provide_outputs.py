"""Give each chapter its outputs: stored, published, or executed when they can have changed.

A chapter's key is the fingerprint of all that its outputs depend on. Before Sphinx reads the
pages, every chapter without stored outputs under its key gets some: from the published site if
that has them, else by executing it, as many chapters at once as there are cores. Reading then
takes the outputs from the store. A page is read again when its key has changed, though its text
has not.
"""

from functools import partial
from pathlib import Path

import myst_nb.core.execute as myst_nb_execute
import nbformat
from myst_nb.core.execute.base import NotebookClientBase
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from _publishing.connect_for_html_only import after_build
from _publishing.console import say
from _publishing.execution import fetch_and_publish_outputs, output_store
from _publishing.execution.artifacts_from_outputs import take_out
from _publishing.execution.build_state import (
    Recorded,
    job_of,
    note_dependencies,
    read_job,
    recorded,
    stored_entry,
)
from _publishing.execution.chapter_job import ChapterError, Job, code_cells
from _publishing.execution.fetch_and_publish_outputs import PublishedStore, entries_address
from _publishing.execution.run_chapters import execute_all, keep
from _publishing.execution.short_hashes import changed, key_of
from _publishing.source.chapter_names import short


class StoredOutputs(NotebookClientBase):  # type: ignore[misc]
    """What MyST-NB asks for a chapter's outputs, in place of its jupyter-cache client."""

    def start_client(self) -> None:
        """Put the stored outputs into the notebook, executing it if there are none."""
        job = job_of(self._kwargs["app"], self.notebook, Path(self.path))
        entry = output_store.read(job.docname, job.key)
        if entry is None:  # the chapter, or a file that it names, changed after `execute_stale`
            execute_all([job])
            entry = output_store.read(job.docname, job.key)
        if entry is None:
            raise ChapterError(f"{job.docname}: its outputs vanished from the user's cache")
        cells, page = code_cells(self.notebook), self._kwargs["app"].env.metadata[job.docname]
        for number, (cell, outputs) in enumerate(zip(cells, entry["cells"], strict=True), 1):
            cell.outputs = list(map(nbformat.from_dict, take_out(page, number, outputs)))
            cell.execution_count = number  # `in_page.plan_and_mark_cells` knows a cell by it
        self.notebook.metadata["language_info"] = nbformat.from_dict(entry["language_info"])
        # For our table of execution times; MyST-NB asks for the traceback of a failure.
        self.exec_metadata = {"runtime": entry["seconds"], "traceback": None}


def begin(
    app: Sphinx, env: BuildEnvironment, added: set[str], edited: set[str], removed: set[str]
) -> list[str]:
    """Look at source, lock and data as they are now; name the pages whose key has changed."""
    dependencies = note_dependencies(app)
    myst_nb_execute.NotebookClientCache = partial(StoredOutputs, app=app)
    known = recorded(env)
    stale = []
    for docname in sorted(set(known) - added - edited - removed):
        parts = known[docname].parts
        if names := changed(parts, dependencies.parts(known[docname].chapter)):
            say(f"{short(docname)} depends on what changed: {names}")
            stale.append(docname)
    return stale


def execute_stale(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Execute what is about to be read and has no stored outputs."""
    # What the published site hands over need not be executed here.
    published = PublishedStore(entries_address(app.config.html_baseurl or ""))
    known = recorded(env)
    for docname in (set(known) - env.found_docs) | set(docnames):
        known.pop(docname, None)
    origins: dict[str, list[Job]] = {"execution": [], "the store": [], "the published site": []}
    for job in filter(None, map(partial(read_job, app), docnames)):
        known[job.docname] = Recorded(job.chapter, job.parts)
        if output_store.read(job.docname, job.key):
            origin = "the store"
        elif entry := published.fetch(job.docname, job.key, n_cells=len(job.chapter.cells)):
            keep(job, entry)
            origin = "the published site"
        else:
            origin = "execution"
        origins[origin].append(job)
    if origins["execution"]:
        execute_all(origins["execution"])
    for origin, jobs in origins.items():
        if jobs:
            say(f"outputs from {origin}: {', '.join(short(job.docname) for job in jobs)}")


def publish(app: Sphinx) -> None:
    """Let the site carry the outputs of its chapters."""
    entries = {
        (docname, key_of(page.parts)): entry
        for docname, page in recorded(app.env).items()
        if (entry := stored_entry(app.env, docname))
    }
    fetch_and_publish_outputs.publish(Path(app.outdir) / fetch_and_publish_outputs.FOLDER, entries)


def setup(app: Sphinx) -> None:
    """Connect to Sphinx."""
    app.connect("env-get-outdated", begin)
    app.connect("env-before-read-docs", execute_stale)
    after_build(app, publish)
