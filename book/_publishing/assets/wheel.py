"""Builds the package's wheel into the site: what a notebook's first cell installs.

It is the very package that the pages were built with. hatchling builds it in this
process: no network, no file written beside the sources, the same bytes each time.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from hatchling.builders.wheel import WheelBuilder

from _publishing.connect_for_html_only import after_build

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx

FOLDER = "dist"
PROJECT = Path(__file__).resolve().parents[3]
#: What the wheel's metadata is made of, besides the package itself.
METADATA_FILES = ("pyproject.toml", "README.md", "LICENSE")


def version(project: Path = PROJECT) -> str:
    """Return the version of the package."""
    return str(WheelBuilder(str(project)).metadata.version)


def wheel_name(project: Path = PROJECT) -> str:
    """Return the file name of the wheel."""
    return f"dlcourse-{version(project)}-py3-none-any.whl"


def sources(project: Path) -> Iterable[Path]:
    """Yield what the wheel is made of."""
    for path in sorted((project / "src" / "dlcourse").rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path
    yield from (project / name for name in METADATA_FILES if (project / name).is_file())


def fingerprint(project: Path) -> str:
    """Return a digest of what the wheel is made of, the day that its files carry included."""
    digest = hashlib.sha256(os.environ.get("SOURCE_DATE_EPOCH", "").encode())
    for path in sources(project):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(project)}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def build_wheel(target: Path, mark: Path, project: Path = PROJECT) -> Path:
    """Build the wheel, unless it is there and its sources are those that `mark` remembers.

    The project may be read-only.
    """
    path = target / wheel_name(project)
    now = fingerprint(project)
    if path.is_file() and mark.is_file() and mark.read_text("utf-8") == now:
        return path
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target) as folder:
        builder = WheelBuilder(str(project))
        built = next(iter(builder.build(directory=folder, versions=["standard"])))
        for old in target.glob("dlcourse-*.whl"):
            old.unlink()
        Path(built).replace(path)
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.write_text(now, encoding="utf-8")
    return path


def finish(app: Sphinx) -> None:
    """Build the wheel at the end of a build."""
    build_wheel(Path(app.outdir) / FOLDER, Path(app.doctreedir) / "wheel.sha256")


def setup(app: Sphinx) -> None:
    """Connect to Sphinx."""
    after_build(app, finish)
