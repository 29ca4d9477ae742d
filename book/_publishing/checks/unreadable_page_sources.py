"""End a build if the source of a page cannot be read; Sphinx only warns, and leaves it out."""

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import SphinxError
from sphinx.util.matching import get_matching_files


class UnreadablePageError(SphinxError):
    """A page whose file is there and cannot be read."""

    category = "A page cannot be read"


def require_pages(app: Sphinx, config: Config) -> None:
    """End the build, and name the page that cannot be read."""
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


def setup(app: Sphinx) -> None:
    """Look when all suffixes of pages are known."""
    app.connect("config-inited", require_pages, priority=900)
