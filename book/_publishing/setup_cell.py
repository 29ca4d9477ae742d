"""The first cell of every notebook.

On Colab it installs the package that the page was built with, and nothing else; it
says what it found. Anywhere else it only looks whether the package is there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _publishing.identity import Identity

TITLE = "Set-up: run this cell first"

#: Only the constants at its head differ between builds.
SOURCE = '''\
#@title {title}
SITE = "{site}"
WHEEL = "{wheel}"
REPOSITORY = "{repository}"

import importlib.util, os, platform, subprocess, sys
from importlib.metadata import PackageNotFoundError, version


def has(name):
    try:
        return importlib.util.find_spec(name) is not None
    except ModuleNotFoundError:
        return False


def install():
    """Install dlcourse alone: what Colab has installed stays as it is."""
    site = os.environ.get("DLCOURSE_SITE", SITE)
    places = [site.rstrip("/") + "/dist/" + WHEEL] if site else []
    places += [REPOSITORY] if REPOSITORY else []
    for place in places:
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps"]
        command += ["--disable-pip-version-check", "--retries", "1", "--timeout", "20"]
        if subprocess.run([*command, place], capture_output=True).returncode == 0:
            importlib.invalidate_caches()
            return True
    return False


def version_of(package):
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def gpu():
    try:
        command = ["nvidia-smi", "--query-gpu=name", "--format=csv,noheader"]
        return subprocess.run(command, capture_output=True, text=True).stdout.strip()
    except OSError:
        return ""


if has("google.colab"):
    if version_of("dlcourse") != "{version}":
        install()
    tensorflow = next(
        (v for v in map(version_of, ["tensorflow", "tensorflow-cpu"]) if v[0].isdigit()),
        "not installed",
    )
    print(f"Python {{platform.python_version()}}, TensorFlow {{tensorflow}}")
    print("GPU:", gpu() or "none. To get one: Runtime > Change runtime type > T4 GPU")
    missing = [name for name in {needs} if not has(name)]
    if missing:
        print("Missing here, and used by some chapters:", ", ".join(missing))
        print("To install: %pip install", " ".join(missing).replace("_", "-"))
if has("dlcourse"):
    import dlcourse

    print("dlcourse", dlcourse.__version__, "is ready.")
elif has("google.colab"):
    print("dlcourse could not be installed: the network or the course's site does not answer.")
    print("Check the connection and run this cell again.")
else:
    print("dlcourse is not installed here. To install it, run in a terminal:")
    print("    pip install", SITE + "dist/" + WHEEL if SITE else REPOSITORY or "dlcourse")
'''

#: Modules that the package uses and that Colab has, but another place may not.
NEEDS = ["tensorflow_datasets", "safetensors", "sklearn", "matplotlib"]


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
        needs=NEEDS,
    )
