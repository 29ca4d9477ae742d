"""Give each chapter its outputs: stored, published, or executed when they can have changed.

Before Sphinx reads the pages, every chapter whose key (see `dependencies`) has no stored outputs
gets some: from the published site if that has them, else by executing it, as many chapters at once
as there are cores. Reading then takes the outputs from the store. A page is read again when its
key has changed, though its text has not.

This stands in for jupyter-cache, whose key knows nothing but a chapter's own cells.
"""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import myst_nb.core.execute as myst_nb_execute
import nbformat
from myst_nb.core.execute.base import NotebookClientBase
from myst_nb.core.read import MystMetadataParsingError, create_nb_reader

from _publishing.build_cache import cache_folder
from _publishing.execution import published_store
from _publishing.execution.dependencies import PYTHON, Chapter, Dependencies
from _publishing.execution.hashing import key_of
from _publishing.execution.job_spec import ChapterError, Job, chapter_of, code_cells
from _publishing.execution.kernel_environment import EPOCH
from _publishing.execution.published_store import PublishedStore
from _publishing.execution.run_chapters import execute_all, keep
from _publishing.execution.store import open_store
from _publishing.messages import say
from _publishing.source.chapters import short
from _publishing.sphinx_event_helpers import after_build

if TYPE_CHECKING:
    from nbformat import NotebookNode
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


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
        self.store = open_store(Path(app.outdir).parent / "executions")
        self.published = PublishedStore(
            published_store.entries_address(app.config.html_baseurl or "")
        )
        #: Where the outputs of the pages that were read came from.
        self.sources: dict[str, list[str]] = {
            "execution": [],
            "the user's store": [],
            "the published site": [],
        }
        self.timeout = int(app.config.nb_execution_timeout)
        data = os.environ.get("TFDS_DATA_DIR") or cache_folder() / "tfds"
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
        return Job(
            docname=path.relative_to(self.source_dir).with_suffix("").as_posix(),
            notebook=notebook,
            chapter=chapter,
            parts=self.dependencies.parts(chapter),
            timeout=self.timeout,
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
            say(f"{short(docname)} depends on what changed: {', '.join(names[:3])}")
            stale.append(docname)
    return stale


class Recorded(NamedTuple):
    """What the environment remembers of a page's code, as it was when the page was last read."""

    chapter: Chapter
    parts: dict[str, str]


def recorded(env: BuildEnvironment) -> dict[str, Recorded]:
    """Return what is remembered of each page that has code."""
    chapters: dict[str, Recorded] = vars(env).setdefault("dlcourse_chapters", {})
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
        known[docname] = Recorded(job.chapter, job.parts)
        entry = book.store.read(docname, job.key)
        if entry is not None:
            book.sources["the user's store"].append(docname)
        elif entry := book.published.fetch(docname, job.key, n_cells=len(job.chapter.cells)):
            keep(book.store, job, entry)
            book.sources["the published site"].append(docname)
        else:
            jobs.append(job)
    if jobs:
        book.sources["execution"] = [job.docname for job in jobs]
        execute_all(jobs, book.store, book.root)
    report(book)


def report(book: Book) -> None:
    """Say where the outputs of the chapters that were read come from."""
    for place, docnames in book.sources.items():
        if docnames:
            names = ", ".join(map(short, docnames))
            say(f"outputs from {place}: {names}")


def publish(app: Sphinx) -> None:
    """Let the site carry the outputs of its chapters."""
    book: Book = app.dlcourse_book  # type: ignore[attr-defined]
    entries = {}
    for docname, known in recorded(app.env).items():
        key = key_of(known.parts)
        if entry := book.store.read(docname, key):
            entries[docname, key] = entry
    published_store.publish(Path(app.outdir) / published_store.FOLDER, entries)


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
    try:
        notebook = reader.read(text)
    except MystMetadataParsingError as error:
        raise ChapterError(f"{docname}: {error}") from None
    return book.job(notebook, path)


def setup(app: Sphinx) -> None:
    """Connect to Sphinx."""
    app.add_config_value("execution_root", "", "", [str])
    app.add_config_value("execution_python", PYTHON, "", [str])
    app.connect("env-get-outdated", begin)
    app.connect("env-before-read-docs", execute_stale)
    app.connect("env-merge-info", merge)
    after_build(app, publish)
