"""Python for the pages: the files that Pyodide's lock names, whole, or one line and none."""

import hashlib
import json

import fetch_pyodide_wheels
import pytest
from file_server import served

NAMES = ("numpy.whl", "pillow.whl", "matplotlib.whl", "six.whl")
#: What Pyodide's lock says of them; nothing but matplotlib needs another.
LOCK = {
    name.removesuffix(".whl"): {
        "file_name": name,
        "sha256": hashlib.sha256(name.encode()).hexdigest(),
        "depends": ["six"] if name == "matplotlib.whl" else [],
    }
    for name in NAMES
}


@pytest.fixture
def fetch(tmp_path, monkeypatch):
    """Fetch them into a cache of the test's own, from a folder `served`; nobody else is asked."""
    pyodide = tmp_path / "node_modules" / "pyodide"
    for folder in (pyodide, tmp_path / "served"):
        folder.mkdir(parents=True)
    (pyodide / "pyodide-lock.json").write_text(json.dumps({"packages": LOCK}))
    (pyodide / "package.json").write_text('{"version": "1.0"}')
    for name in NAMES:
        (tmp_path / "served" / name).write_bytes(name.encode())
    monkeypatch.setattr(fetch_pyodide_wheels, "NODE_MODULES", pyodide.parent)
    monkeypatch.setattr(fetch_pyodide_wheels, "PYTHON", "nobody")
    monkeypatch.setenv("DLCOURSE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("RUN_IN_PAGE", "1")
    with served(tmp_path / "served") as address:
        monkeypatch.setenv("DLCOURSE_PYODIDE", f"{address}/")
        yield fetch_pyodide_wheels


def test_what_the_lock_names_is_kept_with_its_needs(fetch, tmp_path, monkeypatch):
    with monkeypatch.context() as without:
        without.setenv("RUN_IN_PAGE", "0")
        fetch.prepare()
    assert not (tmp_path / "cache").exists()
    fetch.prepare()
    kept = tmp_path / "cache" / "pyodide" / "1.0"
    (kept / NAMES[0]).unlink()  # or the lock names one more
    fetch.prepare()
    assert {path.name: path.read_bytes() for path in kept.iterdir()} == {
        name: name.encode() for name in NAMES
    }
    monkeypatch.setenv("DLCOURSE_PYODIDE", "http://127.0.0.1:9/")
    fetch.prepare()  # nothing is asked again


@pytest.mark.parametrize(("content", "reason"), [(b"else", "another SHA-256"), (None, "404")])
def test_what_is_not_as_the_lock_says_is_refused(fetch, tmp_path, content, reason):
    wheel = tmp_path / "served" / "six.whl"
    wheel.unlink()
    if content:
        wheel.write_bytes(content)
    message = rf"Python for the pages cannot be had .*{reason}.*RUN_IN_PAGE=0 builds the site"
    with pytest.raises(fetch.StepError, match=message):
        fetch.prepare()
    assert list((tmp_path / "cache" / "pyodide").iterdir()) == []
