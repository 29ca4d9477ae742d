"""Python for the pages: the files that Pyodide's lock names, whole, or one line and none."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys

import pytest
from file_server import served
from small_book import REPOSITORY

NAMES = ("numpy.whl", "pillow.whl", "matplotlib.whl", "six.whl")


@pytest.fixture
def checkout(tmp_path):
    """A checkout with a small lock of Pyodide's, and a distribution that serves its files."""
    (tmp_path / "tools").symlink_to(REPOSITORY / "tools")
    folder = tmp_path / "served"
    folder.mkdir()
    for name in NAMES:
        (folder / name).write_bytes(name.encode())
    with served(folder) as address:
        yield tmp_path, f"{address}/"


def prepare(folder, address, **extra):
    """Fetch the files into a cache of the test's own; nobody else can be asked."""
    needs = {"matplotlib": ["six"]}
    entries = {
        name.removesuffix(".whl"): {
            "file_name": name,
            "sha256": hashlib.sha256(name.encode()).hexdigest(),
            "depends": needs.get(name.removesuffix(".whl"), []),
        }
        for name in NAMES
    }
    code = (
        "import sys; sys.path.insert(0, 'tools'); import fetch_pyodide_wheels, json, pathlib;"
        "place = pathlib.Path('node_modules'); fetch_pyodide_wheels.NODE_MODULES = place;"
        "(place / 'pyodide').mkdir(parents=True, exist_ok=True);"
        f"lock = {{'packages': {entries!r}}};"
        "(place / 'pyodide/pyodide-lock.json').write_text(json.dumps(lock));"
        "(place / 'pyodide/package.json').write_text('{\"version\": \"1.0\"}');"
        "fetch_pyodide_wheels.PYTHON = 'nobody';"
        "exec('try: fetch_pyodide_wheels.prepare()\\n"
        "except fetch_pyodide_wheels.StepError as e: sys.exit(str(e))')"
    )
    environment = os.environ | {"DLCOURSE_CACHE": str(folder / "cache")}
    environment |= {"DLCOURSE_PYODIDE": address, "RUN_IN_PAGE": "1"} | extra
    return subprocess.run(
        [sys.executable, "-c", code], cwd=folder, env=environment, text=True,
        capture_output=True, check=False,
    )  # fmt: skip


def test_what_the_lock_names_is_kept_with_its_needs(checkout):
    folder, address = checkout
    done = prepare(folder, address)
    assert done.returncode == 0, done.stderr
    kept = folder / "cache" / "pyodide" / "1.0"
    assert {path.name: path.read_bytes() for path in kept.iterdir()} == {
        name: name.encode() for name in NAMES
    }
    assert prepare(folder, "http://127.0.0.1:9/").returncode == 0  # nothing is asked again


@pytest.mark.parametrize("damage", ["altered", "missing"])
def test_what_is_not_as_the_lock_says_is_refused(checkout, damage):
    folder, address = checkout
    if damage == "altered":
        (folder / "served" / "six.whl").write_bytes(b"something else")
    else:
        (folder / "served" / "six.whl").unlink()
    done = prepare(folder, address)
    assert done.returncode == 1
    [line] = done.stderr.strip().splitlines()[-1:]
    assert "Python for the pages cannot be had" in line
    assert ("another SHA-256" if damage == "altered" else "404") in line
    assert "RUN_IN_PAGE=0 builds the site without it" in line
    assert [path.name for path in (folder / "cache" / "pyodide").iterdir()] == [".lock"]


def test_a_site_can_do_without(checkout):
    folder, _ = checkout
    done = prepare(folder, "http://127.0.0.1:9/", RUN_IN_PAGE="0")
    assert (done.returncode, done.stdout) == (0, "")
    assert not (folder / "cache").exists()
