"""The files of reveal.js, which shows the decks."""

import shutil
from pathlib import Path

from sphinx.application import Sphinx

from _publishing.assets import nodejs
from _publishing.connect_for_html_only import after_build


def copy_reveal(app: Sphinx) -> None:
    """Copy reveal.js, its speaker view and its zoom into the site."""
    source = nodejs.package("reveal.js")
    target = Path(app.outdir) / "_static" / "reveal"
    target.mkdir(parents=True, exist_ok=True)
    plugins = ("plugin/notes/notes.js", "plugin/zoom/zoom.js")
    files = ("dist/reveal.js", "dist/reveal.css", *plugins, "LICENSE")
    for name in files:
        shutil.copyfile(source / name, target / Path(name).name)


def setup(app: Sphinx) -> None:
    """Copy the files when all pages are written."""
    after_build(app, copy_reveal)
