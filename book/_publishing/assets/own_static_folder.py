"""Let the site have the files of ``_publishing/static``, without loading them on every page."""

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config

STATIC = Path(__file__).parents[1] / "static"


def serve_static(_app: Sphinx, config: Config) -> None:
    """Add the folder to those that Sphinx copies."""
    config.html_static_path = [*config.html_static_path, str(STATIC)]


def setup(app: Sphinx) -> None:
    """Connect to Sphinx."""
    app.connect("config-inited", serve_static)
