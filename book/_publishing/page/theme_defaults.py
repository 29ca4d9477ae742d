"""Settings of the theme that are the whole book's."""

from sphinx.application import Sphinx
from sphinx.config import Config


def configure(_app: Sphinx, config: Config) -> None:
    """Settle what the theme leaves open, and leave out what the book has no use for."""
    config.html_context.setdefault("default_mode", "auto")
    options = config.html_theme_options
    options.setdefault("primary_sidebar_end", [])
    options.setdefault("footer_content_items", ["copyright.html", "extra-footer.html"])
    options.setdefault("pygments_light_style", "a11y-high-contrast-light")
    options.setdefault("pygments_dark_style", "a11y-high-contrast-dark")


def setup(app: Sphinx) -> None:
    """Come after what others set."""
    app.connect("config-inited", configure, priority=900)
