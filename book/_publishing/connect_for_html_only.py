"""Two short forms of `app.connect`, for the HTML site only.

Other events are connected in each module's `setup`.
"""

from collections.abc import Callable
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

Context = dict[str, Any]


def after_build(app: Sphinx, write: Callable[[Sphinx], object], priority: int = 500) -> None:
    """Call ``write(app)`` when all pages of the site are written, and nothing failed."""

    def finished(app: Sphinx, exception: Exception | None) -> None:
        if exception is None and app.builder.name == "html":
            write(app)

    app.connect("build-finished", finished, priority)


def on_page(
    app: Sphinx,
    change: Callable[[Sphinx, str, Context, nodes.document | None], None],
    priority: int = 500,
) -> None:
    """Call ``change(app, pagename, context, doctree)`` before a page of the site is written."""

    def rendered(
        app: Sphinx, pagename: str, _template: str, context: Context, doctree: nodes.document | None
    ) -> None:
        if app.builder.name == "html":
            change(app, pagename, context, doctree)

    app.connect("html-page-context", rendered, priority)
