"""Write ``run/``, the folder with what runs cells in the page, and say how many bytes a run loads.

It holds Pyodide, its packages, `dlcourse`, and `worker/` with its stand-ins for scikit-learn.
A `Plan` says of one cell whether it runs in the page, and what packages and files it loads first.
"""

import io
import json
import shutil
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sphinx.errors import ExtensionError

from _publishing.assets import nodejs
from _publishing.build_cache import cache_folder
from _publishing.in_page.which_cells_run import LIBRARIES, Plan
from _publishing.write_if_changed import write_folder

FOLDER = "run"
LOCK, ARCHIVE = "pyodide/pyodide-lock.json", "dlcourse.zip"
#: What of Pyodide's package a browser loads.
PYODIDE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
#: What every run loads; the package's own size is added.
BASE = ("numpy",)
WORKER = Path(__file__).parent / "worker"


def write(outdir: Path, package: Path, pages: Mapping[str, list[Plan]]) -> None:
    """Write what pages, each named by its topic, load at a click; take away what none asks for."""
    folder = outdir / FOLDER
    if not pages:
        shutil.rmtree(folder, ignore_errors=True)
        return
    every = set().union(*map(files_of, pages.values()))
    files = python_files() | package_files(package, every)
    for topic, several in pages.items():
        page = {"cells": [asdict(plan) for plan in several], "sizes": sizes(files, several)}
        files[f"pages/{topic}.json"] = json.dumps(page, sort_keys=True).encode()
    write_folder(folder, files)


def files_of(several: Iterable[Plan]) -> set[str]:
    """Return every file that the cells that run need."""
    return {name for plan in several if plan.runs for name in plan.files}


def python_files() -> dict[str, bytes]:
    """Return Pyodide, its packages and a lock that names these and no others."""
    source = nodejs.package("pyodide")
    version = json.loads((source / "package.json").read_text(encoding="utf-8"))["version"]
    wheels = cache_folder() / "pyodide" / version
    lock = json.loads((source / "pyodide-lock.json").read_text(encoding="utf-8"))
    lock["packages"] = needed(lock["packages"], LIBRARIES.values())
    names = [entry["file_name"] for entry in lock["packages"].values()]
    files = {LOCK: json.dumps(lock, sort_keys=True).encode()}
    for path in [*(source / name for name in PYODIDE), *(wheels / name for name in names)]:
        if not path.is_file():
            raise ExtensionError(
                f"{path} is missing: run `make ready`, or build the site without Python in its "
                "pages: RUN_IN_PAGE=0 make site"
            )
        files[f"pyodide/{path.name}"] = path.read_bytes()
    return files


def needed(packages: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """Return the entries of Pyodide's lock for some packages and for what they depend on."""
    result: dict[str, Any] = {}
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in result:
            result[name] = packages[name]
            waiting += packages[name]["depends"]
    return result


def package_files(package: Path, names: Iterable[str]) -> dict[str, bytes]:
    """Return the package's modules and the worker's as one archive, and single files beside it."""
    content = {
        f"{place}/{path.relative_to(source).as_posix()}": path.read_bytes()
        for place, source, pattern in (
            (package.name, package, "**/*.py"),
            ("in_page", WORKER, "*.py"),
            ("sklearn", WORKER / "sklearn", "*.py"),
        )
        for path in source.glob(pattern)
        if path.is_file()  # and no editor's lock, which is a link to nowhere
    }
    content["sklearn/irises.json"] = _irises()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(content):
            archive.writestr(zipfile.ZipInfo(name), content[name], zipfile.ZIP_DEFLATED)
    files = {ARCHIVE: buffer.getvalue()}
    for name in names:
        source = _sample(name) if name.startswith("sklearn/") else package.parent / name
        files[f"files/{name}"] = source.read_bytes()
    return files


def _irises() -> bytes:
    """Return the irises as scikit-learn ships them."""
    from sklearn.datasets import load_iris  # noqa: PLC0415  (slow to import)

    table = load_iris()
    columns = {name: table[name].tolist() for name in ("data", "target", "target_names")}
    columns["feature_names"] = table["feature_names"]
    return json.dumps(columns, separators=(",", ":")).encode()


def _sample(name: str) -> Path:
    """Return the file of a photograph that scikit-learn ships."""
    import sklearn.datasets  # noqa: PLC0415

    return Path(sklearn.datasets.__file__).parent / "images" / Path(name).name


def sizes(files: Mapping[str, bytes], several: Iterable[Plan]) -> dict[str, int]:
    """Return the bytes to load: for a first run, and for all cells of a page that run."""
    lock = json.loads(files[LOCK])["packages"]

    def weigh(names: Iterable[str]) -> int:
        return sum(len(files[name]) for name in names)

    def packages(names: Iterable[str]) -> list[str]:
        return [f"pyodide/{entry['file_name']}" for entry in needed(lock, names).values()]

    start = weigh([ARCHIVE, *(f"pyodide/{name}" for name in PYODIDE)])
    running = [plan for plan in several if plan.runs]
    every = {*BASE, *(name for plan in running for name in plan.packages)}
    rest = weigh(f"files/{name}" for name in files_of(running))
    return {"python": start + weigh(packages(BASE)), "page": start + weigh(packages(every)) + rest}
