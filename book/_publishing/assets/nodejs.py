"""Run Node, and find the packages that npm has installed."""

import shutil
import subprocess
import sys
from pathlib import Path

from sphinx.errors import ExtensionError

MODULES = Path(__file__).resolve().parents[3] / "node_modules"


def package(name: str) -> Path:
    """Return an npm package's folder, or a file in it; end the build if it is not there."""
    path = MODULES / name
    if not path.exists():
        raise ExtensionError(f"{name} is missing: run `make ready`, which installs it with npm.")
    return path


def run_node(*arguments: str | Path, given: str = "") -> str:
    """Run Node on a script, with a text to read, and return what it writes."""
    beside = Path(sys.executable).with_name("node")
    program = str(beside) if beside.exists() else shutil.which("node")
    if program is None:
        raise ExtensionError("Node is missing: run `make ready`.")
    done = subprocess.run(  # noqa: S603  (our own scripts)
        [program, *map(str, arguments)],
        input=given,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise ExtensionError(f"Node failed on {arguments[0]}:\n{done.stderr.strip()}")
    return done.stdout
