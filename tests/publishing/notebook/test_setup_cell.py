"""The first cell of a notebook, where there is no Colab (for Colab see tests/colab)."""

import os
import re
import subprocess
import sys
import sysconfig
import tomllib
from pathlib import Path

import pytest
from _publishing.assets import wheel
from _publishing.hosting import Hosting
from _publishing.notebook.setup_cell import TENSORFLOW, setup_cell

import dlcourse

WHO = Hosting("https://github.com/someone/fork", "main", "https://someone.github.io/fork/", "abc")
NOBODY = Hosting("", "main", "", "")


#: Python in which a library is not there.
WITHOUT = """import importlib.util as u; f = u.find_spec
u.find_spec = lambda n: None if n == {0!r} else f(n)
"""
#: Python in which a library has another version.
WITH_VERSION = """import importlib.metadata as m; v = m.version
m.version = lambda n: {1!r} if n == {0!r} else v(n)
"""
OURS = os.fspath(wheel.PROJECT / "src")


def output_of(source, tmp_path, *, python=sys.executable, **environment):
    kept = {k: v for k, v in os.environ.items() if k in {"PATH", "LANG"}}
    done = subprocess.run(
        [python, "-c", source],
        cwd=tmp_path, env=kept | environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_it_carries_the_address_of_who_publishes():
    source = setup_cell(WHO, "1.2.3")
    assert 'SITE = "https://someone.github.io/fork/"' in source
    assert 'WHEEL = "dlcourse-1.2.3-py3-none-any.whl"' in source
    assert 'REPOSITORY = "git+https://github.com/someone/fork@abc"' in source
    assert "--no-deps" in source
    assert "http" not in setup_cell(NOBODY, "1.2.3")


def test_it_is_short_enough_to_read():
    lines = setup_cell(WHO, "1.2.3").splitlines()
    assert len(lines) < 80
    assert max(map(len, lines)) <= 100


@pytest.mark.parametrize(
    ("version", "words"), [(wheel.version(), "is ready"), ("99.0", "was here, and stays")]
)
def test_elsewhere_it_finds_the_package_and_changes_nothing(tmp_path, version, words):
    text = output_of(setup_cell(WHO, version), tmp_path, PYTHONPATH=OURS)
    assert text == f"dlcourse {dlcourse.__version__} {words}.\n"


def test_elsewhere_it_installs_the_package_into_the_kernel_and_nothing_else(tmp_path):
    """Into a Python of a reader's own, with this one's packages but for ours."""
    folder = tmp_path / "kernel"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    site, shared = Path(sysconfig.get_paths()["purelib"]), tmp_path / "shared"
    shared.mkdir()
    for path in site.iterdir():
        if "dlcourse" not in path.name and not path.name.startswith("_virtualenv"):
            (shared / path.name).symlink_to(path)
    [place] = folder.glob("lib/python*/site-packages")
    (place / "shared.pth").write_text(f"{shared}\n")
    wheel.build_wheel(tmp_path / "site" / "dist")
    who = Hosting("", "main", (tmp_path / "site").as_uri() + "/", "")
    before = {path.name for path in place.iterdir()}
    source = setup_cell(who, wheel.version())
    python = folder / "bin" / "python"
    text = output_of(source, tmp_path, python=python)
    assert text == f"dlcourse {dlcourse.__version__} is ready.\n"
    added = {path.name for path in place.iterdir()} - before
    assert added == {"dlcourse", f"dlcourse-{dlcourse.__version__}.dist-info"}
    assert output_of(source, tmp_path, python=python) == text


def test_without_tensorflow_it_says_what_works(tmp_path):
    source = WITHOUT.format("tensorflow") + setup_cell(WHO, wheel.version())
    ready, missing = output_of(source, tmp_path, PYTHONPATH=OURS).splitlines()[:2]
    assert ready.endswith("is ready.")
    assert "TensorFlow is missing" in missing


def test_without_an_address_it_says_so(tmp_path):
    missing = WITHOUT.format("dlcourse") + WITH_VERSION.format("dlcourse", "0")
    text = output_of(missing + setup_cell(NOBODY, "1.2.3"), tmp_path)
    assert "names no address to install from" in text


def test_on_colab_it_says_why_an_older_package_stays(tmp_path):
    (tmp_path / "google" / "colab").mkdir(parents=True)
    source = setup_cell(NOBODY, "99.0")
    text = output_of(source, tmp_path, PYTHONPATH=os.pathsep.join([str(tmp_path), OURS]))
    why = "99.0 could not be installed:\n  this notebook names no address to install from\n"
    assert text.endswith(f"was here, and stays.\n{why}")


def test_on_kaggle_which_has_colabs_library_it_does_as_elsewhere(tmp_path):
    (tmp_path / "google" / "colab").mkdir(parents=True)
    paths = os.pathsep.join([str(tmp_path), OURS])
    source = setup_cell(WHO, wheel.version())
    text = output_of(source, tmp_path, PYTHONPATH=paths, KAGGLE_KERNEL_RUN_TYPE="Interactive")
    assert text == f"dlcourse {dlcourse.__version__} is ready.\n"


def test_where_pip_may_not_install_it_says_so(tmp_path):
    """Pip ends with a hint, on a Python of the system's."""
    said_by_pip = "error: externally-managed-environment\n\nnote: long.\nhint: See PEP 668."
    (tmp_path / "pip.py").write_text(f"raise SystemExit({said_by_pip!r})")
    text = output_of(WITHOUT.format("dlcourse") + setup_cell(WHO, "1.2.3"), tmp_path)
    assert "could not be installed:\n  error: externally-managed-environment\n" in text


@pytest.mark.parametrize(
    ("version", "is_old"), [("2.15.1", True), ("2.16.0rc1", False), ("2.21.0", False)]
)
def test_on_colab_it_says_when_tensorflow_is_too_old(tmp_path, version, is_old):
    (tmp_path / "google" / "colab").mkdir(parents=True)
    source = WITH_VERSION.format("tensorflow", version) + setup_cell(NOBODY, wheel.version())
    text = output_of(source, tmp_path, PYTHONPATH=os.pathsep.join([str(tmp_path), OURS]))
    assert f"TensorFlow {version}\n" in text
    assert ("That is too old." in text) == is_old
    assert text.endswith("is ready.\n")


def test_the_oldest_tensorflow_is_what_the_package_asks_for():
    needs = tomllib.loads((wheel.PROJECT / "pyproject.toml").read_text("utf-8"))
    extra = needs["project"]["optional-dependencies"]["tensorflow"]
    assert f"tensorflow>={'.'.join(map(str, TENSORFLOW))}" in extra


def test_on_colab_it_says_why_nothing_could_be_installed(tmp_path):
    (tmp_path / "google" / "colab").mkdir(parents=True)
    nowhere = Hosting("", "main", (tmp_path / "site").as_uri() + "/", "")
    source = WITHOUT.format("dlcourse") + setup_cell(nowhere, "1.2.3")
    text = output_of(source, tmp_path, PYTHONPATH=str(tmp_path))
    assert re.search(r"could not be installed:\n  ERROR: .*1\.2\.3", text)
    assert text.endswith("Mend that, or check the network, then run this cell again.\n")
