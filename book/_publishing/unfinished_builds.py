"""Never take a build that ended badly, or was killed, for a good one.

Sphinx remembers in its environment what it has read. After a warning, an error or a
`kill -9` that memory says "all done" though the site is not right, and the next run
would be green. So a build leaves a mark at its start and removes it only when it ends
without a warning; a build that finds the mark starts from an empty memory. The
chapters' executions are kept, so that costs seconds.

Of two builds at once the second waits for the first.
"""

from __future__ import annotations

import fcntl
import gc
from pathlib import Path
from typing import IO, TYPE_CHECKING

from myst_nb.sphinx_ext import add_global_html_resources
from sphinx.application import ENV_PICKLE_FILENAME
from sphinx.errors import SphinxError
from sphinx.util.matching import get_matching_files

from _publishing.messages import say

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

#: Extensions that may be read in parallel and do not say so.
PARALLEL_SAFE = ("sphinx_multitoc_numbering", "sphinx_jupyterbook_latex")

#: New objects after which Python looks for unused ones that refer to each other. It takes a
#: fifth of a short build's time with Python's own 700, and most of what it looks at is in use.
RARELY = 100_000

_locks: dict[Path, IO[str]] = {}


class BuildFolderError(SphinxError):
    """A folder into which nothing can be written."""

    category = "The site cannot be written"

    def __init__(self, folder: Path, error: OSError) -> None:
        super().__init__(f"{error.filename or folder}: {error.strerror}")


class UnreadablePageError(SphinxError):
    """A page whose file is there and cannot be read."""

    category = "A page cannot be read"


def begin(app: Sphinx, _config: Config) -> None:
    """Forget what a build that ended badly remembers; wait for one that is under way."""
    enter(app)
    for name in PARALLEL_SAFE:
        if name in app.extensions:
            app.extensions[name].parallel_read_safe = True


def enter(app: Sphinx) -> None:
    """Keep other builds out, and mark this one as unfinished."""
    folder = Path(app.outdir).parent
    try:
        _locks[folder] = _lock(folder)
        mark = _mark(app)
        if mark.exists():
            say("the last build did not end well: reading every page anew")
            forget(app)
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.touch()
    except OSError as error:
        raise BuildFolderError(folder, error) from None


def make_folder(app: Sphinx) -> None:
    """Make the site's folder, as Sphinx is about to, or say in one line why it cannot be made."""
    try:
        Path(app.outdir).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BuildFolderError(Path(app.outdir), error) from None


def require_pages(app: Sphinx, config: Config) -> None:
    """End the build if a page cannot be read; Sphinx warns, and makes a site without it."""
    excluded = [*config.exclude_patterns, *config.templates_path]
    for name in get_matching_files(app.srcdir, config.include_patterns, excluded):
        hidden = Path(name).name.startswith(".")  # an editor's lock, not a page
        if hidden or not name.endswith(tuple(config.source_suffix)):
            continue
        try:
            with Path(app.srcdir, name).open("rb") as file:
                file.read(1)
        except OSError as error:
            raise UnreadablePageError(f"{name}: {error.strerror}") from None


def forget(app: Sphinx) -> None:
    """Take away what a build remembers, which may be half of it."""
    (Path(app.doctreedir) / ENV_PICKLE_FILENAME).unlink(missing_ok=True)


def copy_early(app: Sphinx) -> None:
    """Copy MyST-NB's style sheet before the pages are written, not after.

    Its address carries a checksum of the copy, which a first build would lack.
    """
    (Path(app.outdir) / "_static").mkdir(parents=True, exist_ok=True)
    add_global_html_resources(app, None)


def end(app: Sphinx, exception: Exception | None) -> None:
    """Remove the mark of a build that ended well, and let the next build in."""
    if exception is None and not app._warncount:  # noqa: SLF001  (Sphinx's own verdict of -W)
        _mark(app).unlink(missing_ok=True)
    lock = _locks.pop(Path(app.outdir).parent, None)
    if lock:
        lock.close()


def _mark(app: Sphinx) -> Path:
    return Path(app.doctreedir) / "unfinished"


def _lock(folder: Path) -> IO[str]:
    folder.mkdir(parents=True, exist_ok=True)
    file = (folder / ".building.lock").open("w", encoding="utf-8")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        say("another build of this book is under way: waiting for it")
        fcntl.flock(file, fcntl.LOCK_EX)
    return file


def setup(app: Sphinx) -> None:
    """Connect to Sphinx: first of all, and last of all."""
    gc.set_threshold(RARELY, *gc.get_threshold()[1:])
    make_folder(app)
    app.connect("config-inited", begin, priority=1)
    app.connect("config-inited", require_pages, priority=900)  # when all suffixes are known
    app.connect("builder-inited", copy_early)
    app.connect("build-finished", end, priority=999)
