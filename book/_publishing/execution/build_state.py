"""What one build knows: what outputs depend on, where they are fetched, each page's code as read.

`provide_outputs` makes the `Book` when a build begins, and keeps it as `app.dlcourse_book`.
Sphinx's environment remembers, from one build to the next, the code of each page (`recorded`) and
what was found out from code (`Book.dependencies`).
"""

import os
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from myst_nb.core.read import MystMetadataParsingError, create_nb_reader
from nbformat import NotebookNode
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from _publishing.build_cache import cache_folder
from _publishing.execution import output_store
from _publishing.execution.chapter_job import ChapterError, Job, chapter_of
from _publishing.execution.fetch_and_publish_outputs import PublishedStore, entries_address
from _publishing.execution.output_dependencies import Chapter, Dependencies
from _publishing.execution.short_hashes import key_of


class Book:
    """The state of one build: where things are, and what depends on what."""

    def __init__(self, app: Sphinx) -> None:
        self.env = app.env
        self.source_dir = Path(app.srcdir)
        self.root = self.source_dir.parent
        # What the published site hands over, so that it need not be executed here.
        self.published = PublishedStore(entries_address(app.config.html_baseurl or ""))
        self._timeout = int(app.config.nb_execution_timeout)
        self._look = partial(
            Dependencies,
            source=self.root / "src",
            lock=self.root / "requirements.lock",
            data=Path(os.environ.get("TFDS_DATA_DIR") or cache_folder() / "tfds"),
        )
        self.dependencies = self._look()
        # What a build learnt from chapters' code (`known`) serves the next one (`earlier`), while
        # neither package nor lock has changed (`state`).
        state, known = vars(app.env).get("dlcourse_known", ("", {}))
        if state == self.dependencies.state:
            self.dependencies.earlier = known
        vars(app.env)["dlcourse_known"] = (self.dependencies.state, self.dependencies.known)

    def job(self, notebook: NotebookNode, path: Path) -> Job:
        """Make a job of a notebook."""
        chapter = chapter_of(notebook, path)
        return Job(
            docname=path.relative_to(self.source_dir).with_suffix("").as_posix(),
            notebook=notebook,
            chapter=chapter,
            parts=self.dependencies.parts(chapter),
            timeout=self._timeout,
            # Looked up afresh when it has run: if a part has changed meanwhile, nothing is kept.
            now=lambda: self._look().parts(chapter),
        )

    def read_job(self, docname: str) -> Job | None:
        """Return the job of a page; None if it is not a notebook or is not to be executed."""
        path = Path(self.env.doc2path(docname))
        settings: Any = self.env.mystnb_config  # type: ignore[attr-defined]
        markdown: Any = self.env.myst_config  # type: ignore[attr-defined]
        try:
            text = path.read_text(encoding="utf-8")
            reader = create_nb_reader(str(path), markdown, settings, text)
            if reader is None or settings.execution_mode != "cache":
                return None
            return self.job(reader.read(text), path)
        except (OSError, UnicodeDecodeError) as error:
            raise ChapterError(f"{docname}: {path} cannot be read: {error}") from None
        except MystMetadataParsingError as error:
            raise ChapterError(f"{docname}: {error}") from None


class Recorded(NamedTuple):
    """What the environment remembers of a page's code, as it was when the page was last read."""

    #: what decides about outputs in the page's own file: its cells, kernel and folder
    chapter: Chapter
    #: every part that its outputs depend on, with its fingerprint
    parts: dict[str, str]
    #: where its code cells stand among all cells
    places: list[int]


def recorded(env: BuildEnvironment) -> dict[str, Recorded]:
    """Return what is remembered of each page that has code."""
    chapters: dict[str, Recorded] = vars(env).setdefault("dlcourse_chapters", {})
    return chapters


def stored_entry(env: BuildEnvironment, docname: str) -> dict[str, Any] | None:
    """Return what is stored of a page as it was last read: None if nothing is."""
    page = recorded(env).get(docname)
    return output_store.read(docname, key_of(page.parts)) if page else None


def stored_outputs(app: Sphinx, docname: str) -> list[list[dict[str, Any]]]:
    """Return the outputs of each of a page's code cells; an empty list if none are stored."""
    entry = stored_entry(app.env, docname)
    return entry["cells"] if entry else []
