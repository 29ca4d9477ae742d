"""Warn of references that Sphinx does not check, with their place.

Links typed as raw HTML to a page the book lacks, and solutions of no exercise.
"""

import posixpath
import re

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.logging import getLogger

LOGGER = getLogger(__name__)
#: Pages that no file of the book holds.
MADE_LATER = {"search", "genindex", "pack/index"}


def check_html_links(app: Sphinx, doctree: nodes.document) -> None:
    """Warn of links in plain HTML to pages that the book does not have."""
    docname = app.env.docname
    for node in doctree.findall(nodes.raw):
        for address in re.findall(r"""<a\b[^>]*?\bhref=["']([^"'#?:]+)\.html\b""", node.astext()):
            page = posixpath.normpath(posixpath.join(posixpath.dirname(docname), address))
            if page not in app.env.found_docs | MADE_LATER:
                LOGGER.warning("the book has no page %r", address, location=node)


def check_solutions(_app: Sphinx, env: BuildEnvironment) -> None:
    """Warn of solutions without an exercise: sphinx-exercise names no line, and another page."""
    registry = getattr(env, "sphinx_exercise_registry", {})
    for entry in registry.values():
        target = entry["node"].get("target_label")
        if target is not None and target not in registry:
            LOGGER.warning("no exercise has the label %r", target, location=entry["node"])


def setup(app: Sphinx) -> None:
    """Check each page that was read, and at the end the whole book."""
    app.connect("doctree-read", check_html_links)
    app.connect("env-check-consistency", check_solutions)
