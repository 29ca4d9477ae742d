"""What one build knows: what outputs depend on, and the code of each page as it was read.

`provide_outputs` notes the dependencies when a build begins; pages' jobs are made with them.
Sphinx's environment remembers, from one build to the next, the code of each page (`recorded`) and
what was found out from code (`Dependencies.known`).
"""

from pathlib import Path
from typing import Any, NamedTuple

from myst_nb.core.read import MystMetadataParsingError, create_nb_reader
from nbformat import NotebookNode
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from _publishing.execution import output_store
from _publishing.execution.chapter_job import ChapterError, Job, chapter_of
from _publishing.execution.kernel_environment import data_folder
from _publishing.execution.output_dependencies import Chapter, Dependencies
from _publishing.execution.short_hashes import key_of


def look_at_dependencies(app: Sphinx) -> Dependencies:
    """Look at source, lock and data as they are now."""
    root = Path(app.srcdir).parent
    return Dependencies(source=root / "src", lock=root / "requirements.lock", data=data_folder())


def note_dependencies(app: Sphinx) -> Dependencies:
    """Look at them as a build begins; what an earlier one learnt from code holds while they do."""
    now = look_at_dependencies(app)
    state, known = vars(app.env).get("dlcourse_known", ("", {}))
    if state == now.state:
        now.known = known
    vars(app.env)["dlcourse_known"] = now.state, now.known
    vars(app)["dlcourse_dependencies"] = now
    return now


def dependencies_of(app: Sphinx) -> Dependencies:
    """Return what was noted when this build began."""
    noted: Dependencies = vars(app)["dlcourse_dependencies"]
    return noted


def job_of(app: Sphinx, notebook: NotebookNode, path: Path) -> Job:
    """Make a job of a page's notebook."""
    dependencies = dependencies_of(app)
    chapter = chapter_of(notebook, path)
    return Job(
        docname=str(app.env.path2doc(path)),
        notebook=notebook,
        chapter=chapter,
        parts=dependencies.parts(chapter),
        now=lambda: look_at_dependencies(app).parts(chapter),
        timeout=int(app.config.nb_execution_timeout),
        source=dependencies.package.root.parent,
    )


def read_source(env: BuildEnvironment, docname: str) -> NotebookNode | None:
    """Return a page's source as a notebook; None if it is not one."""
    path = env.doc2path(docname)
    text = Path(path).read_text(encoding="utf-8-sig")  # as Sphinx reads it
    settings: Any = env
    reader = create_nb_reader(path, settings.myst_config, settings.mystnb_config, text)
    return reader.read(text) if reader else None


def read_job(app: Sphinx, docname: str) -> Job | None:
    """Return the job of a page; None if it is not a notebook, or is not to be executed."""
    path = Path(app.env.doc2path(docname))
    settings: Any = app.env.mystnb_config  # type: ignore[attr-defined]
    try:
        notebook = read_source(app.env, docname)
        if notebook is None:
            return None
        if settings.execution_mode != "cache":
            return None
        mode = notebook.metadata.get(settings.metadata_key, {})
        if isinstance(mode, dict):
            mode = mode.get("execution_mode", "cache")
        if mode not in ("cache", "off"):
            raise ChapterError(
                f'{docname}: `execution_mode`, below `{settings.metadata_key}`, must be "off", in '
                f"quotes, or left out: got {mode!r}."
            )
        return job_of(app, notebook, path) if mode == "cache" else None
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


def recorded(env: BuildEnvironment) -> dict[str, Recorded]:
    """Return what is remembered of each page that has code."""
    chapters: dict[str, Recorded] = vars(env).setdefault("dlcourse_chapters", {})
    return chapters


def stored_entry(env: BuildEnvironment, docname: str) -> dict[str, Any] | None:
    """Return what is stored of a page as it was last read: None if nothing is."""
    page = recorded(env).get(docname)
    return output_store.read(docname, key_of(page.parts)) if page else None
