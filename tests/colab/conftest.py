"""A stand-in for Colab on this machine: its packages, not ours; its module; no repository.

The packages of `requirements.lock` stand in one environment that is kept between runs,
in `.rehearsal/` under the digest of that list. Each notebook then gets an environment of
its own on top, in which only what its set-up cell installs is new.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from file_server import served

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SITE = Path(os.environ.get("DLCOURSE_SITE_FOLDER", ROOT / "book" / "_build" / "html"))
LOCK = HERE / "requirements.lock"
NOTEBOOKS = sorted((SITE / "notebooks").rglob("*.ipynb"))
#: The notebooks that `make test` runs: one in NumPy alone, one that trains. The rest is slow.
ALWAYS = {"neurons", "irises"}
#: What of this machine the rehearsal may see.
KEPT = ("PATH", "LANG", "LC_ALL", "TZ", "SSL_CERT_FILE", "LD_LIBRARY_PATH")


def run(*command, **options):
    """Run a command; what it says is shown when it fails."""
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, check=False, **options
    )
    assert done.returncode == 0, f"{command}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    return done


def packages_of(environment):
    """Return the folder of an environment's packages."""
    return next((environment / "lib").glob("python3.*")) / "site-packages"


def pytest_generate_tests(metafunc):
    """Run what asks for a `path` with each published notebook."""
    if "path" in metafunc.fixturenames:
        marks = {path: [] if path.stem in ALWAYS else [pytest.mark.slow] for path in NOTEBOOKS}
        paths = [pytest.param(path, id=path.stem, marks=marks[path]) for path in NOTEBOOKS]
        metafunc.parametrize("path", paths)


@pytest.fixture(scope="session")
def published():
    """Return the paths of all published notebooks."""
    assert NOTEBOOKS, f"there is no notebook in {SITE}: run `make site` first"
    return NOTEBOOKS


@pytest.fixture(scope="session")
def packages():
    """Return the folder with what Colab has installed; make it if there is none."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    digest = hashlib.sha256(LOCK.read_bytes() + version.encode()).hexdigest()[:16]
    environment = ROOT / ".rehearsal" / digest
    finished = environment / "finished"
    if not finished.exists():
        shutil.rmtree(environment, ignore_errors=True)
        run(sys.executable, "-m", "virtualenv", environment)
        uv = [Path(sys.executable).with_name("uv"), "pip", "install", "--quiet"]
        python = ["--python", environment / "bin" / "python"]
        run(*uv, *python, "--no-deps", "--require-hashes", "-r", LOCK)
        colab = packages_of(environment) / "google" / "colab"
        colab.mkdir(parents=True)
        (colab / "__init__.py").write_text('"""Stands in for Colab\'s module."""\n')
        finished.touch()
    return packages_of(environment)


@pytest.fixture(scope="session")
def address():
    """Serve the site on this machine, and return its address."""
    with served(SITE) as address:
        yield f"{address}/"


@dataclass(frozen=True)
class Rehearsed:
    """A notebook that was run, or as far as it came."""

    notebook: dict
    code: int
    log: str
    installed: frozenset

    def outputs(self):
        """Return the outputs of all its cells."""
        return [output for cell in self.notebook["cells"] for output in cell.get("outputs", [])]

    def text(self):
        """Return all that its cells printed and showed as text."""
        shown = (o.get("text") or o.get("data", {}).get("text/plain", "") for o in self.outputs())
        return "\n".join("".join(lines) for lines in shown)

    def errors(self):
        """Return the names and messages of the errors in which cells ended."""
        failed = [o for o in self.outputs() if o["output_type"] == "error"]
        return [f"{output['ename']}: {output['evalue']}" for output in failed]

    def stderr(self):
        """Return what its cells wrote to the error stream."""
        return "\n".join("".join(o["text"]) for o in self.outputs() if o.get("name") == "stderr")


def perform(folder, packages, notebook, *, site, network=True, python=sys.executable, options=()):
    """Run a notebook in an environment that is fresh for it, on top of some packages."""
    virtualenv = [sys.executable, "-m", "virtualenv", "--without-pip", "-p", python]
    run(*virtualenv, folder / "env")
    site_packages = packages_of(folder / "env")
    (site_packages / "colab.pth").write_text(f"{packages}\n")
    before = {path.name for path in site_packages.iterdir()}
    work, home = folder / "content", folder / "home"
    work.mkdir()
    home.mkdir()
    source = folder / "notebook.ipynb"
    source.write_text(json.dumps(notebook), encoding="utf-8")
    environment = {name: os.environ[name] for name in KEPT if name in os.environ}
    environment |= {
        "HOME": str(home),
        "PYTHONNOUSERSITE": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONWARNINGS": "default::DeprecationWarning,default::FutureWarning",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "TFDS_DATA_DIR": os.environ["TFDS_DATA_DIR"],
        "DLCOURSE_QUICK": "1",
        "DLCOURSE_SITE": site,
    }
    if not network:
        environment |= dict.fromkeys(["http_proxy", "https_proxy"], "http://127.0.0.1:9")
    done = subprocess.run(
        [folder / "env" / "bin" / "python", HERE / "run_notebook.py", source, *options],
        cwd=work, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    new = {path.name for path in site_packages.iterdir()} - before - {"__pycache__"}
    ran = json.loads(source.read_text("utf-8"))
    return Rehearsed(ran, done.returncode, done.stdout + done.stderr, frozenset(new))


@pytest.fixture(scope="session")
def rehearse(packages, tmp_path_factory):
    """Return a function that runs a notebook where Colab's packages are."""
    tmp_path_factory.getbasetemp()  # before two threads ask for it, and one removes the other's

    def one(notebook, **options):
        return perform(tmp_path_factory.mktemp("colab"), packages, notebook, **options)

    return one


@pytest.fixture(scope="session")
def rehearsed(request, rehearse, address):
    """Run every published notebook that a test asks for, two at a time."""
    specs = [getattr(item, "callspec", None) for item in request.session.items]
    asked = {spec.params["path"] for spec in specs if spec and "path" in spec.params}
    notebooks = {path: json.loads(path.read_text("utf-8")) for path in sorted(asked)}
    with ThreadPoolExecutor(2) as pool:
        results = pool.map(partial(rehearse, site=address), notebooks.values())
        return dict(zip(notebooks, results, strict=True))
