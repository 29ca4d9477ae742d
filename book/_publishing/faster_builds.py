"""Settings of Python and of extensions that make builds faster."""

import gc

from sphinx.application import Sphinx
from sphinx.config import Config

#: Extensions that may be read in parallel and do not say so.
PARALLEL_SAFE = ("sphinx_multitoc_numbering", "sphinx_jupyterbook_latex")
#: How many new objects Python makes before it looks for unused ones that refer to each other.
#: At its own 700 that search takes a fifth of a short build's time, and frees little.
NEW_OBJECTS = 100_000


def read_in_parallel(app: Sphinx, _config: Config) -> None:
    """Let Sphinx read pages side by side though some extensions do not say that they can."""
    for name in PARALLEL_SAFE:
        if name in app.extensions:
            app.extensions[name].parallel_read_safe = True


def setup(app: Sphinx) -> None:
    """Settle all this before a page is read."""
    gc.set_threshold(NEW_OBJECTS, *gc.get_threshold()[1:])
    app.connect("config-inited", read_in_parallel)
