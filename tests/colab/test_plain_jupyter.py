"""Notebooks run in a plain Jupyter, with the oldest and the newest that the package promises.

Each kernel is made once and kept in `.rehearsal/`. A Python that this machine lacks and cannot
fetch skips its tests, and says so.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from .conftest import ROOT, SITE, packages_of, perform, run

UV = Path(sys.executable).with_name("uv")
RUNS = ["ipykernel", "nbclient", "pip"]
#: What trains, of the version that is asked for, without the libraries for graphics cards.
ABOUT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
TRAINING = [
    need.replace("tensorflow>", "tensorflow-cpu>")
    for need in ABOUT["optional-dependencies"]["tensorflow"]
]
pytestmark = pytest.mark.slow


def oldest(need):
    """Pin what is needed to the oldest release that is promised, the last of its fixes."""
    name, _, version = need.partition(">=")
    series = ".".join(version.split(".")[:2])
    return f"{name}=={series}.*" if version else name


NEEDS = [*TRAINING, *ABOUT["dependencies"]]
#: A version of Python, and some packages.
KERNELS = {
    "oldest": ("3.11", [*RUNS, *map(oldest, NEEDS), "keras<3.4"]),  # the Keras of its day
    "newest": ("3.13", [*RUNS, *NEEDS]),
    "without TensorFlow": ("3.12", RUNS),
}


def make_environment(folder, version):
    """Make an environment of this version of Python, fetched if there is none."""
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    places = [*map(str, pyenv.glob(f"{version}.*/bin")), os.environ["PATH"]]
    env = os.environ | {"PATH": os.pathsep.join(places)}
    tries = (
        subprocess.run([UV, "python", way, version], env=env, capture_output=True, check=False)
        for way in ("find", "install")
    )
    if all(done.returncode for done in tries):
        pytest.skip(f"there is no Python {version} on this machine, and none to be had")
    run(UV, "venv", "--quiet", "--python", version, folder, env=env)


@pytest.fixture(scope="session")
def kernel(request):
    """A kernel's interpreter, and the folder of its packages."""
    version, needs = KERNELS[request.param]
    folder = ROOT / ".rehearsal" / request.param.replace(" ", "-")
    stamp = folder / "made-of.json"
    recipe = json.dumps([version, needs])
    if not stamp.exists() or stamp.read_text() != recipe:
        shutil.rmtree(folder, ignore_errors=True)
        make_environment(folder, version)
        run(UV, "pip", "install", "--quiet", "--python", folder / "bin" / "python", *needs)
        stamp.write_text(recipe)
    return folder / "bin" / "python", packages_of(folder)


@pytest.fixture
def play(kernel, tmp_path, address):
    """Return a function that runs a notebook in the kernel."""
    python, packages = kernel

    def played(topic, *options, network=True):
        notebook = json.loads((SITE / "notebooks" / f"{topic}.ipynb").read_text("utf-8"))
        if "--set-up" in options:
            notebook["cells"] = notebook["cells"][:1]
        return perform(tmp_path, packages, notebook, site=address, python=python,
                       options=options, network=network)  # fmt: skip

    return played


@pytest.mark.parametrize("topic", ["kernels", "backpropagation", "irises"])
@pytest.mark.parametrize("kernel", ["oldest", "newest"], indirect=True)
def test_a_notebook_runs_to_its_end_and_leaves_what_is_there(play, topic):
    result = play(topic)
    assert result.code == 0, result.log[-4000:]
    assert result.text().startswith("dlcourse ")
    assert "is ready." in result.text().splitlines()[0]
    assert {name.partition("-")[0] for name in result.installed} == {"dlcourse"}


@pytest.mark.parametrize("kernel", ["without TensorFlow"], indirect=True)
def test_without_tensorflow_the_numpy_chapters_work(play):
    """Of backpropagation two cells cannot run: TensorFlow's tape, and what is compared with it."""
    result = play("backpropagation", "--all")
    assert re.match(
        r"dlcourse \S+ is ready\.\nTensorFlow is missing: .*%pip install", result.text()
    )
    assert result.errors() == [
        "ModuleNotFoundError: No module named 'tensorflow'",
        "NameError: name 'from_tape' is not defined",
    ]
    assert len(re.findall(r"^Right\.", result.text(), re.MULTILINE)) >= 4


@pytest.mark.parametrize("topic", ["machine-learning", "neurons", "networks", "kernels"])
@pytest.mark.parametrize("kernel", ["without TensorFlow"], indirect=True)
def test_without_tensorflow_these_run_to_their_end(play, topic):
    result = play(topic)
    assert result.code == 0, result.log[-4000:]
    assert "TensorFlow is missing" in result.text()


@pytest.mark.parametrize("kernel", ["without TensorFlow"], indirect=True)
def test_without_a_network_it_says_what_to_do(play):
    """The wheel is there, what it needs is not."""
    result = play("neurons", "--set-up", network=False)
    assert result.code == 0, result.log
    assert "dlcourse could not be installed:" in result.text()
    assert result.text().rstrip().endswith("or check the network, then run this cell again.")
    assert not result.installed
