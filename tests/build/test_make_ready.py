"""Getting ready: what is missing is named in one line, and what is there is not done again."""

import ast
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from unittest.mock import Mock

import make_ready
import pytest
from small_book import REPOSITORY, borrow

SCRIPTS = ("make_ready.py", "run_step.py", "shared_paths.py")
NEEDED = (
    *(f"tools/{script}" for script in SCRIPTS), "tools/fetch_pyodide_wheels.py",
    "requirements.lock", "package.json", "package-lock.json", ".npmrc",
)  # fmt: skip
#: An address at which nobody answers, so that a registry is out of reach at once.
NOBODY = "http://127.0.0.1:9"
OFFLINE = {
    "PIP_INDEX_URL": NOBODY, "PIP_EXTRA_INDEX_URL": "", "PIP_FIND_LINKS": "",
    "PIP_CONFIG_FILE": os.devnull, "PIP_NO_CACHE_DIR": "1", "PIP_RETRIES": "0",
    "UV_DEFAULT_INDEX": NOBODY, "UV_NO_CACHE": "1",
    "npm_config_registry": NOBODY, "npm_config_fetch_retries": "0",
}  # fmt: skip
#: A locale that lacks a letter of the checkout's folder: no word of the script's trips over it.
BARE = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


@pytest.fixture
def checkout(tmp_path):
    """A checkout that holds nothing but what getting ready needs."""
    place = tmp_path / "Über uns"
    for name in NEEDED:
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(REPOSITORY / name, place / name)
    (place / "src").symlink_to(REPOSITORY / "src")
    return place


def run_it(checkout, **extra):
    """Run the script; return the result, and the last line of its error stream."""
    hidden = ("TFDS_DATA_DIR", "PYTHONPATH")
    result = subprocess.run(
        [sys.executable, "tools/make_ready.py"],
        cwd=checkout,
        env={
            **{name: value for name, value in os.environ.items() if name not in hidden},
            **BARE, **OFFLINE, **extra, "npm_config_cache": str(checkout / "npm-cache"),
        },
        encoding="utf-8", capture_output=True, check=False,
    )  # fmt: skip
    return result, result.stderr.strip().splitlines()[-1]


@pytest.mark.parametrize("script", SCRIPTS)
def test_an_old_python_can_read_the_script(script):
    """It can say that it is too old only if it understands the script."""
    source = (REPOSITORY / "tools" / script).read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 6))
    assert "from __future__ import annotations" not in source


SETTING = "import sysconfig; sysconfig.get_config_var = {%s}.get"


@pytest.mark.parametrize(
    ("elsewhere", "words"),
    [
        ("sys.version_info = (3, 8, 1, 'final', 0)", "Python 3.11 to 3.13 is needed"),
        ("sys.version_info = (3, 14, 0, 'final', 0)", "make PYTHON=/path/to/python3.12"),
        ("platform.system = lambda: 'Windows'", "install WSL"),
        ("sys.modules['fcntl'] = None", "install WSL"),
        ("platform.machine = lambda: 'armv7l'", "on Linux, armv7l"),
        ("platform.python_implementation = lambda: 'PyPy'", "This is PyPy"),
        (SETTING % "'Py_GIL_DISABLED': 1", "global lock"),
        (SETTING % "'HOST_GNU_TYPE': 'x-linux-musl'", "for musl"),
        ("platform.system, platform.machine = lambda: 'Darwin', lambda: 'x86_64'", "Darwin, x86"),
    ],
)
def test_a_machine_that_cannot_work_is_told_so(elsewhere, words):
    """One line, before anything is downloaded, with what to do."""
    code = (
        f"import platform, sys; {elsewhere};"
        "sys.path.insert(0, 'tools'); import make_ready; sys.exit(make_ready.main())"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=REPOSITORY, text=True, capture_output=True, check=False
    )
    assert result.returncode == 1
    assert len(result.stderr.splitlines()) == 1
    assert words in result.stderr


def test_nothing_to_do_does_nothing():
    """Nor says anything."""
    for _ in range(2):
        result = subprocess.run(
            [sys.executable, "tools/make_ready.py"], cwd=REPOSITORY, check=True, capture_output=True
        )
    assert result.stdout == b""


def mark_python_done(checkout):
    """Write the stamp that says that Python's part is done."""
    code = (
        "import sys; sys.path.insert(0, 'tools'); import make_ready as b;"
        "(b.VENV / 'dlcourse-stamp').write_text(b.fingerprint())"
    )
    subprocess.run([sys.executable, "-c", code], cwd=checkout, check=True)


@pytest.mark.parametrize("step", ["installing Python packages", "npm ci"])
def test_no_network(checkout, step):
    """The step is named, and that running again goes on."""
    if step == "npm ci":
        (checkout / ".venv").mkdir()
        borrow(checkout, ".venv/bin")
        mark_python_done(checkout)
    result, last_line = run_it(checkout)
    assert result.returncode == 1
    assert f"{step} failed; what went wrong stands above." in last_line
    assert "continues from here" in last_line
    assert (checkout / ".venv" / "dlcourse-stamp").exists() == (step == "npm ci")


def test_a_broken_environment_is_made_anew(checkout):
    """What a killed run left behind is not mistaken for an environment."""
    python = checkout / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text("#!/bin/sh\nexit 1\n")
    python.chmod(0o755)
    result, _ = run_it(checkout)
    assert "making a virtual environment" in result.stdout
    subprocess.run([python, "-c", ""], check=True)


def test_an_install_that_is_cut_short_is_done_again(tmp_path, monkeypatch):
    """Also for a lock that was installed before: some of its packages may have been replaced."""
    for name, value in {"VENV": tmp_path, "PYTHON": tmp_path, "venv_works": lambda: True}.items():
        monkeypatch.setattr(make_ready, name, value)
    monkeypatch.setattr(make_ready, "install", Mock(side_effect=KeyboardInterrupt))
    (tmp_path / "dlcourse-stamp").write_text("another lock's")
    with pytest.raises(KeyboardInterrupt):
        make_ready.prepare_python()
    assert not (tmp_path / "dlcourse-stamp").exists()


def test_a_missing_file_of_mnist_is_named(checkout):
    """The line that says which comes last but one, before the one that says what to do."""
    (checkout / ".venv").mkdir()
    borrow(checkout, ".venv/bin", ".venv/lib", ".venv/pyvenv.cfg")  # else Python sees no package
    mark_python_done(checkout)
    listed = json.loads((checkout / "package-lock.json").read_text())["packages"]
    for path in (p for p in listed if p):
        (checkout / path).mkdir(parents=True, exist_ok=True)
        (checkout / path / "package.json").touch()
    (checkout / "node_modules" / ".package-lock.json").write_text(json.dumps({"packages": listed}))
    result, last_line = run_it(checkout, DLCOURSE_CACHE=str(checkout / "cache"))
    assert result.returncode == 1
    assert "expected the file train-images-idx3-ubyte" in result.stderr.splitlines()[-2]
    assert "preparing MNIST failed" in last_line


def test_a_damaged_shard_of_mnist_is_noticed(tmp_path, monkeypatch):
    """One that is cut short, or gone; a whole data set is left alone."""
    shutil.copytree(Path(os.environ["TFDS_DATA_DIR"], "mnist"), tmp_path / "mnist")
    shard = next(tmp_path.glob("mnist/*/mnist-test*"))
    monkeypatch.setenv("TFDS_DATA_DIR", str(tmp_path))
    monkeypatch.setattr(make_ready, "run", Mock())
    for damage, n_runs in ((shard.touch, 0), (lambda: os.truncate(shard, 9), 1), (shard.unlink, 2)):
        damage()
        make_ready.prepare_mnist()
        assert make_ready.run.call_count == n_runs


def test_two_at_once_wait_for_each_other(checkout):
    """The second says so, and does nothing until the first is done."""
    borrow(checkout, ".venv", "node_modules")
    import fcntl

    with (checkout / ".ready.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        second = subprocess.Popen(
            [sys.executable, "tools/make_ready.py"], cwd=checkout, text=True, stdout=subprocess.PIPE
        )
        assert second.stdout
        assert "waiting for it" in second.stdout.readline()
        assert second.poll() is None
        second.kill()
        second.communicate()
