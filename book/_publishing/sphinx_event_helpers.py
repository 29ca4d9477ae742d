"""Connect to Sphinx's events: after a build, before each page, and values kept for each page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    Context = dict[str, Any]


def after_build(app: Sphinx, write: Callable[[Sphinx], None], priority: int = 500) -> None:
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


def per_page(env: BuildEnvironment, name: str) -> dict[str, Any]:
    """Return what each page has left in the environment under a name."""
    values: dict[str, Any] = vars(env).setdefault(name, {})
    return values


def keep_per_page(app: Sphinx, name: str) -> None:
    """Forget a page's value when the page is removed or read again; gather those of processes."""

    def purge(_app: Sphinx, env: BuildEnvironment, docname: str) -> None:
        per_page(env, name).pop(docname, None)

    def merge(
        _app: Sphinx, env: BuildEnvironment, docnames: Iterable[str], other: BuildEnvironment
    ) -> None:
        theirs = per_page(other, name)
        per_page(env, name).update({page: theirs[page] for page in docnames if page in theirs})

    app.connect("env-purge-doc", purge)
    app.connect("env-merge-info", merge)
