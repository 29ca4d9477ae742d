"""Builds the package's wheel into the site: what a notebook's first cell installs.

It is the very package that the pages were built with. hatchling builds it in this
process: no network, no file written beside the sources, the same bytes each time.
"""

import tempfile
from pathlib import Path

from hatchling.builders.wheel import WheelBuilder
from sphinx.application import Sphinx

from _publishing.connect_for_html_only import after_build
from _publishing.write_if_changed import write_folder

FOLDER = "dist"
PROJECT = Path(__file__).resolve().parents[3]


def version() -> str:
    """Return the version of the package."""
    return str(WheelBuilder(str(PROJECT)).metadata.version)


def wheel_name() -> str:
    """Return the file name of the wheel."""
    return f"dlcourse-{version()}-py3-none-any.whl"


def build_wheel(target: Path, project: Path = PROJECT) -> Path:
    """Build the wheel, alone in the folder `target`, and write it if it has changed.

    The project may be read-only.
    """
    with tempfile.TemporaryDirectory() as folder:
        builder = WheelBuilder(str(project))
        built = Path(next(iter(builder.build(directory=folder, versions=["standard"]))))
        write_folder(target, {built.name: built.read_bytes()})
    return target / built.name


def setup(app: Sphinx) -> None:
    """Build the wheel at the end of a build."""
    after_build(app, lambda app: build_wheel(Path(app.outdir) / FOLDER))
