"""The first cell of every notebook.

On Colab it installs the package that the page was built with, and nothing else; it
says what it found. Anywhere else it only looks whether the package is there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _publishing.page.identity import Identity

TITLE = "Set-up: run this cell first"

#: Only the constants at its head differ between builds. ``DLCOURSE_SITE`` in the
#: environment names another site, for instance one that is served on this machine.
SOURCE = """\
#@title {title}
SITE = "{site}"
WHEEL = "{wheel}"
REPOSITORY = "{repository}"
NEEDS = "{needs}".split()

import os, platform, subprocess, sys
from importlib import invalidate_caches
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec


def has(module):
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False


def installed(package):
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def run(*command):
    try:
        done = subprocess.run(command, capture_output=True, text=True)
    except OSError as error:
        return None, str(error)
    return done.stdout.strip() if done.returncode == 0 else None, done.stderr.strip()


on_colab = has("google.colab")
site = os.environ.get("DLCOURSE_SITE", SITE).rstrip("/")
places = ([f"{{site}}/dist/{{WHEEL}}"] if site else []) + ([REPOSITORY] if REPOSITORY else [])
reasons = []

if on_colab:
    if installed("dlcourse") != "{version}":
        for place in places:  # dlcourse alone: what Colab has installed stays as it is
            pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install"]
            done, why = run(*pip, "--quiet", "--no-deps", "--retries=1", "--timeout=20", place)
            if done is not None:
                invalidate_caches()
                break
            reasons += why.splitlines()[-1:]
    tensorflow = installed("tensorflow") or installed("tensorflow-cpu") or "not installed"
    gpu, _ = run("nvidia-smi", "--query-gpu=name", "--format=csv,noheader")
    print("Python", platform.python_version())
    print("TensorFlow", tensorflow)
    print("GPU:", gpu or "none. To get one: Runtime > Change runtime type > T4 GPU")
    if tensorflow[0].isdigit() and [int(n) for n in tensorflow.split(".")[:2]] < {tensorflow}:
        print("That is too old. Run %pip install -U tensorflow, then Runtime > Restart session.")
    missing = [p for p in NEEDS if not installed(p)]
    if missing:
        print("Some chapters also need: %pip install", *missing)

if has("dlcourse"):
    import dlcourse

    print("dlcourse", dlcourse.__version__, "is ready.")
elif on_colab:
    print("dlcourse could not be installed:", *reasons, sep="\\n  ")
    print("Check the network, then run this cell again.")
else:
    print("dlcourse is not installed here. In a terminal: pip install", *places[:1] or ["dlcourse"])
"""

#: The oldest TensorFlow with the Keras that the chapters are written for.
TENSORFLOW = [2, 16]

#: What chapters use besides TensorFlow. Colab has all of it; another place may not.
NEEDS = ["tensorflow-datasets", "safetensors", "scikit-learn", "matplotlib"]


def setup_cell(who: Identity, version: str) -> str:
    """Return the code of the first cell.

    Parameters
    ----------
    who
        Who publishes: where the wheel is, and the repository to fall back on.
    version
        Version of the package.
    """
    at = f"@{who.commit}" if who.commit else ""
    return SOURCE.format(
        title=TITLE,
        site=who.site_url,
        wheel=f"dlcourse-{version}-py3-none-any.whl",
        repository=f"git+{who.repository_url}{at}" if who.repository_url else "",
        version=version,
        needs=" ".join(NEEDS),
        tensorflow=TENSORFLOW,
    ).rstrip("\n")
