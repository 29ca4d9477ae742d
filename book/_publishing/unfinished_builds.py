"""Mark each build as unfinished until it ends well.

Sphinx remembers in its environment what it has read. After a warning, an error or a
`kill -9` that memory says "all done" though the site is not right, and the next run
would be green. So a build leaves a mark at its start and removes it only when it ends
without a warning; a build that finds the mark starts from an empty memory. The
chapters' executions are kept, so that costs seconds.

Of two builds at once the second waits for the first (`build_lock`).
"""

from pathlib import Path

from sphinx.application import ENV_PICKLE_FILENAME, Sphinx
from sphinx.config import Config

from _publishing import build_lock
from _publishing.console import say


def begin(app: Sphinx, _config: Config) -> None:
    """Wait for a build that is under way, then mark this one as unfinished."""
    build_lock.take(Path(app.outdir).parent)
    mark = _mark(app)
    if mark.exists():
        say("the last build did not end well: reading every page anew")
        (Path(app.doctreedir) / ENV_PICKLE_FILENAME).unlink(missing_ok=True)
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.touch()


def end(app: Sphinx, exception: Exception | None) -> None:
    """Remove the mark of a build that ended well, and let the next build in."""
    if exception is None and not app._warncount:  # noqa: SLF001  (Sphinx's own verdict of -W)
        _mark(app).unlink(missing_ok=True)
    build_lock.let_go(Path(app.outdir).parent)


def _mark(app: Sphinx) -> Path:
    return Path(app.doctreedir) / "unfinished"


def setup(app: Sphinx) -> None:
    """Connect to Sphinx: first of all, and last of all."""
    app.connect("config-inited", begin, priority=1)
    app.connect("build-finished", end, priority=999)
