"""Values that each page leaves in the environment, in step with the pages that are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


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
